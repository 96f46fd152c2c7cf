import { sha256Hex } from '../crypto/hash.ts';
import { signText, verifyText, type PrivateKey } from '../crypto/pgp.ts';
import { recoverMessage } from '../crypto/walletSignature.ts';
import { addressOf, parseDid, type Did } from './did.ts';
import { malformed, numberOf, objectOf, stringOf } from './fields.ts';
import { parseProof } from './verificationProof.ts';

/**
 * What a node asks an account to sign before it shows what is the account's alone. An addition of this library to the
 * wire: other nodes never ask, and other clients never answer.
 */
export interface Challenge {
  readonly did: Did;
  /** Host and port that the caller knows the node by, so that no other node can have it signed for itself. */
  readonly host: string;
  /** Never asked twice. */
  readonly nonce: string;
  /** Milliseconds since the epoch. */
  readonly expires: number;
}

/** Longest a challenge may be open. */
export const CHALLENGE_MS = 60_000;

const NONCE = /^[0-9a-f.]{16,300}$/;
const MAX_HOST = 300;

/** @throws {PushChatError} `PayloadMalformed`, `InvalidAddress` */
export function parseChallenge(value: unknown): Challenge {
  const fields = objectOf(value, 'challenge');
  const nonce = stringOf(fields, 'nonce');
  if (!NONCE.test(nonce)) throw malformed('nonce');
  return {
    did: parseDid(stringOf(fields, 'did')),
    host: stringOf(fields, 'host', MAX_HOST),
    nonce,
    expires: numberOf(fields, 'expires'),
  };
}

/** Begins with a purpose that no other signed text of the protocol has, so that neither can pass for the other. */
const challengeText = ({ did, host, nonce, expires }: Challenge): string =>
  JSON.stringify({ purpose: 'push-chat:read', did, host, nonce, expires });

/** The same in words, for a wallet to show. */
export const walletChallengeText = ({ did, host, nonce, expires }: Challenge): string =>
  [
    'Let this device read your chats.',
    '',
    `Node: ${host}`,
    `Account: ${did}`,
    `Until: ${new Date(expires).toISOString()}`,
    `Nonce: ${nonce}`,
  ].join('\n');

/** Answers with the account's own key. */
export const signChallenge = async (challenge: Challenge, key: PrivateKey, date?: Date): Promise<string> =>
  `pgp:${await signText(sha256Hex(challengeText(challenge)), key, date)}`;

/** Answers with the account's wallet, while its key is still wrapped. @param signature over `walletChallengeText` */
export const walletAnswer = (signature: string): string => `eip191:${signature}`;

/**
 * Whether the account itself answered.
 * @param publicKey armored; empty when it has none
 */
export async function verifyAnswer(
  challenge: Challenge,
  answer: string,
  { publicKey, now }: { readonly publicKey: string; readonly now: Date },
): Promise<boolean> {
  const proof = parseProof(answer);
  if (now.getTime() > challenge.expires) return false;
  if (proof?.scheme === 'eip191') {
    const signer = recoverMessage(walletChallengeText(challenge), proof.signature);
    return signer !== undefined && signer === addressOf(challenge.did)?.toLowerCase();
  }
  if (proof?.scheme !== 'pgp' || publicKey === '') return false;
  return (await verifyText(sha256Hex(challengeText(challenge)), proof.signature, publicKey, now)).ok;
}

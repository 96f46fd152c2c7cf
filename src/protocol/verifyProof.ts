import { sha256Hex } from '../crypto/hash.ts';
import { verifyText } from '../crypto/pgp.ts';
import type { ErrorCode } from '../errors.ts';
import { acceptanceText, isHash, legacyMessageText, messageText, profileText, rejectionText } from './canonical.ts';
import type { MessageBody, ProfileUpdate, RequestAcceptance, RequestRejection } from './payload.ts';
import { parseProof } from './verificationProof.ts';

/** `pgp` on a message is the legacy form, which covers `messageContent` but not `messageObj`. */
export type ProofScheme = 'pgp' | 'pgpv2' | 'pgpv3';

export type ProofResult =
  | {
      readonly ok: true;
      readonly scheme: ProofScheme;
      /** Names the signed act, to find replays. */
      readonly digest: string;
      /** In milliseconds since the epoch, as its signer says. */
      readonly signedAt: number;
    }
  | { readonly ok: false; readonly code: ErrorCode };

/** What a message's proof shows, and the wire's fields that it covers. */
export type MessageProofResult =
  (Extract<ProofResult, { ok: true }> & { readonly covers: readonly string[] }) | Extract<ProofResult, { ok: false }>;

const failed = (code: ErrorCode): Extract<ProofResult, { ok: false }> => ({ ok: false, code });

/** The wire signs `fromDID` in the place of `toDID`, so `toDID` is bound by `toCAIP10` alone (protocol 3.5). */
const BODY = ['fromDID', 'fromCAIP10', 'toCAIP10', 'messageObj', 'messageType', 'encType', 'encryptedSecret'] as const;
const COVERED = {
  pgpv2: BODY,
  pgpv3: [...BODY, 'sessionKey'],
  legacyFirst: ['fromDID', 'toDID', 'messageContent', 'messageType'],
  legacy: ['messageContent'],
} as const;

const covering = (result: ProofResult, covers: readonly string[]): MessageProofResult =>
  result.ok ? { ...result, covers } : result;

/**
 * Verifies a message's proof against the sender's key, `PlainText` included (protocol 3.5, 3.6).
 * @param publicKey armored
 * @param now signatures may be up to a day younger
 */
export async function verifyMessageProof(
  message: MessageBody & { readonly link?: string | null },
  publicKey: string,
  now: Date,
): Promise<MessageProofResult> {
  const proofText = message.verificationProof ?? '';
  const proof = parseProof(proofText);
  if (proof?.scheme === 'pgpv2' || proof?.scheme === 'pgpv3') {
    // Only pgpv3 covers the session key, which names the secret of a group message.
    if (proof.scheme === 'pgpv2' && message.encType === 'pgpv1:group') return failed('ProofDowngrade');
    // Without the field that sets the two apart, one signature would be a proof of either.
    if (proof.scheme === 'pgpv3' && message.sessionKey === undefined) return failed('ProofInvalid');
    const text = sha256Hex(messageText(message, proof.scheme));
    return covering(await check(proof.scheme, text, proof.signature, publicKey, now), COVERED[proof.scheme]);
  }
  if (proofText !== '' && proof?.scheme !== 'pgp') return failed('ProofMalformed');
  if (message.signature === '') return failed('ProofMissing');
  if ((message.link ?? null) === null) {
    const whole = await check('pgp', sha256Hex(legacyMessageText(message)), message.signature, publicKey, now);
    if (whole.ok) return covering(whole, COVERED.legacyFirst);
  }
  // Every other proof signs a hash: as a message, the signature of an answer or a profile would say its hash.
  if (isHash(message.messageContent)) return failed('ProofInvalid');
  return covering(await check('pgp', message.messageContent, message.signature, publicKey, now), COVERED.legacy);
}

/** Verifies an acceptance against the accepting account's key (protocol 4.4). */
export const verifyAcceptance = (body: RequestAcceptance, publicKey: string, now: Date): Promise<ProofResult> =>
  verifySigned(body.verificationProof, { pgp: acceptanceText(body) }, publicKey, now);

/** Verifies a rejection against the rejecting account's key (protocol 4.5). */
export const verifyRejection = (body: RequestRejection, publicKey: string, now: Date): Promise<ProofResult> =>
  verifySigned(body.verificationProof, { pgp: rejectionText(body) }, publicKey, now);

/** Verifies a profile update against its owner's key, in the current and the older form (protocol 2.7). */
export function verifyProfileUpdate(body: ProfileUpdate, publicKey: string, now: Date): Promise<ProofResult> {
  const text = profileText(body);
  // Each form proves its own fields: the older one knows no block list, the current one always has it.
  const texts = body.blockedUsersList === undefined ? { pgp: text } : { pgpv2: text };
  return verifySigned(body.verificationProof, texts, publicKey, now);
}

async function verifySigned(
  proofText: string,
  texts: Partial<Record<ProofScheme, string>>,
  publicKey: string,
  now: Date,
): Promise<ProofResult> {
  if (proofText === '') return failed('ProofMissing');
  const proof = parseProof(proofText);
  if (proof?.scheme !== 'pgp' && proof?.scheme !== 'pgpv2') return failed('ProofMalformed');
  const text = texts[proof.scheme];
  if (text === undefined) return failed('ProofInvalid');
  return check(proof.scheme, sha256Hex(text), proof.signature, publicKey, now);
}

async function check(
  scheme: ProofScheme,
  text: string,
  signature: string,
  publicKey: string,
  now: Date,
): Promise<ProofResult> {
  const result = await verifyText(text, signature, publicKey, now);
  return result.ok ? { ...result, scheme } : result;
}

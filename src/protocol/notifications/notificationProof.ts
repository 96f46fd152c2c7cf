import { sha256Hex } from '../../crypto/hash.ts';
import { verifyText, type SignatureCheck } from '../../crypto/pgp.ts';
import { DATA_TYPES } from '../../crypto/dataTypes.ts';
import { recoverStruct, type Struct } from '../../crypto/walletSignature.ts';
import { PushChatError } from '../../errors.ts';
import { addressOf, type Did } from '../did.ts';
import { parseProof } from '../verificationProof.ts';
import { communicatorsOn } from './communicators.ts';

/** Who signed: a wallet (`eip712v2`), a chat key (`pgpv4`), or a chat key for somebody it chats with (`pgpv2`). */
export type NotificationScheme = 'eip712v2' | 'pgpv4' | 'pgpv2';

/** A notification's proof apart: `scheme:signature[:meta:chatId][::uid::uid]` (protocol 7). */
export interface NotificationProof {
  readonly scheme: NotificationScheme;
  readonly signature: string;
  /** The chat that a `pgpv2` proof refers to. */
  readonly chatId?: string;
}

const SCHEMES: ReadonlySet<string> = new Set<NotificationScheme>(['eip712v2', 'pgpv4', 'pgpv2']);

/**
 * Splits a proof. Kinds that only a chain or a subgraph could confirm are none.
 * @throws {PushChatError} `ProofMissing`, `ProofMalformed`
 */
export function parseNotificationProof(text: string): NotificationProof {
  if (text === '') throw new PushChatError('ProofMissing', 'This carries no proof of who signed it.');
  const [signed = ''] = text.split('::uid::');
  const { scheme = '', signature: rest = '' } = parseProof(signed) ?? {};
  const [signature = '', chatId] = rest.split(':meta:');
  if (!SCHEMES.has(scheme) || (scheme === 'pgpv2') !== (chatId !== undefined)) {
    throw new PushChatError('ProofMalformed', 'The proof must be of the kind eip712v2, pgpv4 or pgpv2 with a chat.');
  }
  return { scheme: scheme as NotificationScheme, signature, ...(chatId !== undefined && { chatId }) };
}

/** What both flavours sign of a text: the wallet as an EIP-712 struct, the chat key as the hash of it (protocol 7). */
export const dataStruct = (data: string): Struct => ({ types: DATA_TYPES, value: { data } });

type NotificationCheck =
  { readonly ok: true; readonly digest: string } | Extract<SignatureCheck, { readonly ok: false }>;

/** Verifies that a chat key signed a text. */
export const verifyByKey = (
  data: string,
  { signature }: NotificationProof,
  publicKey: string,
  now: Date,
): Promise<NotificationCheck> => verifyText(sha256Hex(JSON.stringify({ data })), signature, publicKey, now);

/**
 * Verifies that an account's own wallet signed a struct for one of Push's contracts. Nothing in such a signature says
 * when or how often: the same struct is the same act.
 * @param chain EIP-155 id of the chain that the signature is bound to
 */
export function verifyByWallet(
  struct: Struct,
  signature: string,
  { did, chain }: { readonly did: Did; readonly chain: number | undefined },
): NotificationCheck {
  const address = addressOf(did)?.toLowerCase();
  const isSigned = communicatorsOn(chain).some((verifyingContract) => {
    const domain = { name: 'EPNS COMM V1', chainId: chain ?? 0, verifyingContract };
    return recoverStruct(domain, struct, signature) === address;
  });
  if (!isSigned) return { ok: false, code: 'ProofInvalid' };
  return { ok: true, digest: sha256Hex(JSON.stringify(['EPNS COMM V1', did, chain, struct.value])) };
}

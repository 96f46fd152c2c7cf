import { sha256Hex } from '../../crypto/hash.ts';
import { signText, verifyText, type PrivateKey } from '../../crypto/pgp.ts';
import { PushChatError } from '../../errors.ts';
import { parseDid, type Did } from '../did.ts';
import { parseProof } from '../verificationProof.ts';
import type { ProofResult } from '../verifyProof.ts';

/** A group's proof apart: `scheme:signature:signer` (protocol 5.1), or without signer when the body names it (5.2). */
export interface GroupProof {
  readonly scheme: string;
  readonly signature: string;
  readonly signer: Did | undefined;
}

/**
 * Splits a proof. Armor holds no colon of its own here; an account has some.
 * @throws {PushChatError} `ProofMissing`, `ProofMalformed`, `InvalidAddress`
 */
export function parseGroupProof(text: string): GroupProof {
  if (text === '') throw new PushChatError('ProofMissing', 'The change of this group carries no proof.');
  const outer = parseProof(text);
  if (!outer) throw new PushChatError('ProofMalformed', 'The proof is not of the form `scheme:signature:account`.');
  const inner = parseProof(outer.signature);
  if (!inner) return { ...outer, signer: undefined };
  return { scheme: outer.scheme, signature: inner.scheme, signer: parseDid(inner.signature) };
}

/** Who a proof says has signed it. */
export function signerOf(text: string): Did {
  const { signer } = parseGroupProof(text);
  if (!signer) throw new PushChatError('ProofMalformed', 'The proof names no account.');
  return signer;
}

/**
 * Verifies a group's proof of a text.
 * @param proof of the one scheme that this text is signed under
 * @param publicKey armored, of the account that must have signed
 * @param now signatures may be up to a day younger
 * @throws {PushChatError} `ProofMissing`, `ProofMalformed`, `InvalidAddress`
 */
export async function verifyGroupProof(
  text: string,
  { proof, scheme }: { readonly proof: string; readonly scheme: 'pgp' | 'pgpv2' },
  publicKey: string,
  now: Date,
): Promise<ProofResult> {
  const parsed = parseGroupProof(proof);
  if (parsed.scheme !== scheme) return { ok: false, code: 'ProofMalformed' };
  const result = await verifyText(sha256Hex(text), parsed.signature, publicKey, now);
  return result.ok ? { ...result, scheme } : result;
}

/**
 * Signs a text of `groupTexts.ts` as `signer`.
 * @param date signing time; now by default
 */
export async function signGroupProof(text: string, signer: string, key: PrivateKey, date?: Date): Promise<string> {
  return `pgpv2:${await signText(sha256Hex(text), key, date)}:${signer}`;
}

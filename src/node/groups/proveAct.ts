import { PushChatError } from '../../errors.ts';
import type { Did } from '../../protocol/did.ts';
import { verifyGroupProof } from '../../protocol/groups/groupProof.ts';
import { verifyBy, type Arrival } from '../arrival.ts';
import type { NodeContext } from '../context.ts';
import { nextTurn } from '../nextTurn.ts';
import { parseAccount } from '../parties.ts';

export interface SignedText {
  readonly signer: Did;
  readonly text: string;
  readonly proof: string;
  /** The one under which this text is signed. */
  readonly scheme: 'pgp' | 'pgpv2';
}

/**
 * Verifies that an account signed a text.
 * @returns the digest that names the signed act
 * @throws {PushChatError} `KeyNotFound`, `ProofInvalid`, and as {@link verifyGroupProof}
 */
export async function proveText(
  node: NodeContext,
  { signer, text, ...proof }: SignedText,
  arrival: Arrival | undefined,
): Promise<string> {
  const result = await verifyBy(node, signer, arrival, (key, now) => verifyGroupProof(text, proof, key, now));
  if (!result.ok) throw new PushChatError(result.code, 'The proof of this change is not its signer’s.');
  return result.digest;
}

const AT_ONCE = 1_000;

/** Reads many accounts without holding up everybody else: each spelling has a checksum to work out. */
export async function parseAccounts(texts: readonly string[]): Promise<Did[]> {
  const dids: Did[] = [];
  for (let start = 0; start < texts.length; start += AT_ONCE) {
    if (start > 0) await nextTurn();
    dids.push(...texts.slice(start, start + AT_ONCE).map(parseAccount));
  }
  return dids;
}

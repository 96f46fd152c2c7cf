import { PushChatError } from '../../errors.ts';
import type { Did } from '../../protocol/did.ts';
import { verifyGroupProof } from '../../protocol/groups/groupProof.ts';
import { nameAct, readAct, type ActVerb, type NamedAct, type ProvenText } from '../../protocol/groups/readAct.ts';
import { verifyBy, type Arrival } from '../arrival.ts';
import type { NodeContext } from '../context.ts';
import { inTurns } from '../../protocol/inTurns.ts';
import { parseAccount } from '../parties.ts';
import { groupOf } from '../tables/groups.ts';

/**
 * Reads an act upon a group and verifies that its signer signed all of it.
 * @param chatId of the group that it was posted to; none for a creation
 * @throws {PushChatError} `KeyNotFound`, `ProofInvalid`, and as {@link readAct}
 */
export async function proveAct(
  node: NodeContext,
  { verb, chatId, input }: { readonly verb: ActVerb; readonly chatId: string; readonly input: unknown },
  arrival: Arrival | undefined,
): Promise<NamedAct> {
  const profile = (await node.store.read((rows) => groupOf(rows, chatId)))?.profile;
  const read = await readAct(verb, input, { chatId, profile, accounts: parseAccounts });
  const proven: ProvenText[] = [];
  for (const { text, ...proof } of read.signed) {
    const result = await verifyBy(node, read.signer, arrival, (key, now) => verifyGroupProof(text, proof, key, now));
    if (!result.ok) throw new PushChatError(result.code, 'The proof of this change is not its signer’s.');
    proven.push(result);
  }
  return nameAct(read, proven, chatId);
}

/** Each spelling of an account has a checksum to work out. */
const PARSED_AT_ONCE = 1_000;

const parseAccounts = (texts: readonly string[]): Promise<Did[]> => inTurns(texts, PARSED_AT_ONCE, parseAccount);

import { PushChatError } from '../errors.ts';
import type { Did } from '../protocol/did.ts';
import { armoredKey } from '../protocol/publicKey.ts';
import type { NodeContext } from './context.ts';
import { keysOf } from './tables/attestations.ts';
import { requireUser } from './tables/users.ts';

/** What another node made of an act that it took first. A verb that is given none makes its own. */
export interface Arrival {
  /** Milliseconds since the epoch: when that node took it. */
  readonly at: number;
  /** Of the block that the act became there. */
  readonly cid?: string;
  /** `link` of that block. */
  readonly link?: string | null;
}

/**
 * Checks a proof by the account that must have made it: with the key that it has now or, for an act that comes from
 * another node, with any that it ever had, and with that node's time for the signature's date.
 * @throws {PushChatError} `KeyNotFound` when it has none
 */
export async function verifyBy<Result extends { readonly ok: boolean }>(
  node: NodeContext,
  did: Did,
  arrival: Arrival | undefined,
  verify: (key: string, now: Date) => Promise<Result>,
): Promise<Result> {
  const keys = await node.store.read(async (rows) => {
    const { publicKey } = await requireUser(rows, did);
    return arrival ? keysOf(rows, did) : publicKey === '' ? [] : [armoredKey(publicKey)];
  });
  const now = new Date(arrival?.at ?? node.now());
  let result: Result | undefined;
  for (const key of keys) {
    result = await verify(key, now);
    if (result.ok) break;
  }
  if (!result) throw new PushChatError('KeyNotFound', 'The signer has no key. Create the profile first.');
  return result;
}

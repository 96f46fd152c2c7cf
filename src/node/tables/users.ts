import { PushChatError } from '../../errors.ts';
import { isDid, parseDid, type Did } from '../../protocol/did.ts';
import type { WireUser } from '../../protocol/payload.ts';
import { table, type Rows, type WritableRows } from '../store/store.ts';
import { keyOf } from './keys.ts';

const USERS = table<WireUser>('user');
/** By blocked and blocking account: who blocks somebody is found without reading everybody's list. */
const BLOCKERS = table<true>('blocker');

export const userOf = (rows: Rows, did: Did): Promise<WireUser | undefined> => rows.get(USERS, did);

/** @throws {PushChatError} `KeyNotFound` */
export async function requireUser(rows: Rows, did: Did): Promise<WireUser> {
  const user = await userOf(rows, did);
  if (!user) throw new PushChatError('KeyNotFound', `${did} has no profile here. Create it first.`);
  return user;
}

export async function saveUser(rows: WritableRows, did: Did, user: WireUser): Promise<void> {
  const [before, after] = [blockedBy(await userOf(rows, did)), blockedBy(user)];
  await rows.put(USERS, did, user);
  for (const blocked of before) if (!after.has(blocked)) await rows.delete(BLOCKERS, keyOf(blocked, did));
  for (const blocked of after) if (!before.has(blocked)) await rows.put(BLOCKERS, keyOf(blocked, did), true);
}

/** The accounts that a user blocks, in one spelling each. */
export const blockedBy = (user: WireUser | undefined): Set<Did> =>
  new Set((user?.profile.blockedUsersList ?? []).filter(isDid).map(parseDid));

const MOST_BLOCKERS = 100_000;

/** The accounts that block one. */
export async function blockersOf(rows: Rows, did: Did): Promise<Set<Did>> {
  const prefix = keyOf(did, '');
  const found = await rows.list(BLOCKERS, { prefix, limit: MOST_BLOCKERS });
  return new Set(found.map(({ key }) => key.slice(prefix.length) as Did));
}

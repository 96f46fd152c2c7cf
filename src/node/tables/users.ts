import { PushChatError } from '../../errors.ts';
import type { Did } from '../../protocol/did.ts';
import type { WireUser } from '../../protocol/payload.ts';
import { table, type Rows, type WritableRows } from '../store/store.ts';

const USERS = table<WireUser>('user');

export const userOf = (rows: Rows, did: Did): Promise<WireUser | undefined> => rows.get(USERS, did);

/** @throws {PushChatError} `KeyNotFound` */
export async function requireUser(rows: Rows, did: Did): Promise<WireUser> {
  const user = await userOf(rows, did);
  if (!user) throw new PushChatError('KeyNotFound', `${did} has no profile here. Create it first.`);
  return user;
}

export const saveUser = (rows: WritableRows, did: Did, user: WireUser): Promise<void> => rows.put(USERS, did, user);

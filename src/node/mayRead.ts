import { combinedDid } from '../protocol/chatId.ts';
import { isChatId, type Did } from '../protocol/did.ts';
import type { NodeContext } from './context.ts';
import { groupOf, memberOf } from './tables/groups.ts';

/** Whether a thread is an account's: one of its own chats, a group it is in or invited to, or a public group. */
export async function mayReadThread({ store }: NodeContext, reader: Did, thread: string): Promise<boolean> {
  if (!isChatId(thread)) return thread.split('_').includes(reader) && isPair(thread, reader);
  return store.read(async (rows) => {
    const group = await groupOf(rows, thread);
    return group !== undefined && (group.profile.isPublic || (await memberOf(rows, thread, reader)) !== undefined);
  });
}

function isPair(thread: string, reader: Did): boolean {
  const [first = '', second = ''] = thread.split('_');
  return combinedDid(first as Did, second as Did) === thread && (first === reader || second === reader);
}

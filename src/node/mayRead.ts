import { isChatId, type Did } from '../protocol/did.ts';
import type { NodeContext } from './context.ts';
import { groupOf, memberOf } from './tables/groups.ts';

/**
 * Whether a thread is an account's: one of its own chats, a public group, or a group it is in.
 * @param what whoever is invited may see the group, but not yet what is said in it
 */
export async function mayReadThread(
  { store }: NodeContext,
  reader: Did,
  thread: string,
  what: 'group' | 'messages',
): Promise<boolean> {
  // The name of a one-to-one thread is both accounts, joined.
  if (!isChatId(thread)) return thread.split('_').includes(reader);
  return store.read(async (rows) => {
    const group = await groupOf(rows, thread);
    const member = await memberOf(rows, thread, reader);
    if (!group || group.profile.isPublic) return group !== undefined;
    return member !== undefined && (what === 'group' || member.accepted);
  });
}

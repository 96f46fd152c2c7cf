import { asPushChatError } from '../../errors.ts';
import type { GroupNews } from '../../protocol/socketEvents.ts';
import type { GroupId } from '../../protocol/peer.ts';
import { loadMembers } from '../actions/groups/loadMembers.ts';
import { loadList } from '../actions/loadList.ts';
import type { ClientContext } from '../context.ts';
import { readGroup } from './readGroup.ts';

/** Something happened to a group. What the event says is not believed: the group is read anew, with its proofs. */
export async function hearOfGroup(client: ClientContext, { chatId, eventType }: GroupNews): Promise<void> {
  const heardAt = client.now();
  if (eventType === 'request') await loadList(client, 'requests', 1);
  const standing = client.get().groups[chatId]?.standing;
  // Groups that nobody looked at yet are read when somebody does.
  if (!client.groups.has(chatId)) {
    if (standing === undefined && eventType !== 'request') await loadList(client, 'chats', 1);
    return;
  }
  const file = await readGroup(client, chatId, ({ readAt }) => readAt > heardAt);
  const isIn = file.standing === 'admin' || file.standing === 'member';
  if (isIn && standing !== 'admin' && standing !== 'member') await loadList(client, 'chats', 1);
  await reloadMembers(client, chatId);
}

/** Brings a list of members that somebody looks at up to date, as far as it was loaded. */
async function reloadMembers(client: ClientContext, chatId: GroupId): Promise<void> {
  const before = client.get().groupMembers[chatId];
  if (before?.loading.status !== 'loaded') return;
  try {
    await loadMembers(client, chatId, 1);
    for (let next = client.get().groupMembers[chatId]; next; next = client.get().groupMembers[chatId]) {
      if (next.nextPage === null || next.items.length >= before.items.length) return;
      await loadMembers(client, chatId, next.nextPage);
      // A node that has the same page again and again.
      if (client.get().groupMembers[chatId]?.items.length === next.items.length) return;
    }
  } catch (error) {
    client.warn(asPushChatError(error));
  }
}

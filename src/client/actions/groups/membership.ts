import { PushChatError } from '../../../errors.ts';
import type { Did } from '../../../protocol/did.ts';
import type { GroupId } from '../../../protocol/peer.ts';
import { routes } from '../../../protocol/routes.ts';
import { requireAccount, type ClientContext } from '../../context.ts';
import {
  changeMembers,
  nextReaders,
  postAct,
  prepared,
  untilCurrent,
  type GroupActOptions,
} from '../../groups/postAct.ts';
import { readGroup } from '../../groups/readGroup.ts';
import { openThread } from '../loadHistory.ts';

/** Accounts of one call (protocol 5.3). */
const AT_ONCE = 1_000;

/** Invites accounts; they are in the group once they accept. */
export async function addMembers(
  client: ClientContext,
  chatId: GroupId,
  dids: readonly Did[],
  role: 'admin' | 'member' = 'member',
): Promise<void> {
  for (const some of parts(dids)) {
    const upsert = role === 'admin' ? { members: [], admins: some } : { members: some, admins: [] };
    await changeMembers(client, chatId, { upsert });
  }
}

/** Puts accounts out of a group; where it has a secret it gets the next one. */
export async function removeMembers(
  client: ClientContext,
  chatId: GroupId,
  dids: readonly Did[],
  options?: GroupActOptions,
): Promise<void> {
  for (const remove of parts(dids)) await changeMembers(client, chatId, { remove }, options);
}

/** Makes members admins, or admins members. */
export async function setRole(
  client: ClientContext,
  chatId: GroupId,
  dids: readonly Did[],
  role: 'admin' | 'member',
): Promise<void> {
  for (const some of parts(dids)) {
    const upsert = role === 'admin' ? { admins: some, members: [] } : { admins: [], members: some };
    await changeMembers(client, chatId, { upsert });
  }
}

/** Gives a private group its next secret, or its first: from then on its messages have none of their own. */
export async function renewSecret(client: ClientContext, chatId: GroupId, options?: GroupActOptions): Promise<void> {
  await changeMembers(client, chatId, { renew: true }, options);
}

/**
 * Comes into a group: by accepting an invitation where there is one (protocol 4.4), else by oneself (protocol 5.5).
 * @throws {PushChatError} `NotPermitted` where its rules do not let in, `MembersUnconfirmed`
 */
export async function joinGroup(client: ClientContext, chatId: GroupId, options: GroupActOptions = {}): Promise<void> {
  const before = await prepared(client, chatId, options);
  if (before.standing === 'admin' || before.standing === 'member') return;
  if (before.standing === 'invited') await untilCurrent(client, () => acceptInvitation(client, chatId));
  else await enterOpen(client, chatId, options);
  client.dispatch({ type: 'relationChanged', peer: chatId, relation: 'chat' });
  client.dispatch({ type: 'rowAdded', row: { peer: chatId, chatId, timestamp: client.now(), unread: 0 } });
  if (client.get().threads[chatId]) await openThread(client, chatId);
}

async function acceptInvitation(client: ClientContext, chatId: GroupId): Promise<void> {
  const file = await readGroup(client, chatId);
  const draft = { kind: 'accept' as const, chatId, readers: await nextReaders(client, file, {}) };
  await postAct(client, { chatId, route: routes.acceptRequest(), draft });
}

async function enterOpen(client: ClientContext, chatId: GroupId, options: GroupActOptions): Promise<void> {
  const { did } = requireAccount(client);
  await changeMembers(client, chatId, { upsert: { members: [did], admins: [] }, entering: [did] }, options);
}

/** Says no to an invitation; admins may invite again (protocol 4.5). */
export async function declineGroup(client: ClientContext, chatId: GroupId): Promise<void> {
  await postAct(client, { chatId, route: routes.rejectRequest(), draft: { kind: 'reject', chatId } });
  client.dispatch({ type: 'relationChanged', peer: chatId, relation: 'none' });
}

/**
 * Goes out of a group. Its messages stay on this device, and no new ones come.
 * @throws {PushChatError} `MembersUnconfirmed` where it has a secret, which is made anew for those who stay
 */
export async function leaveGroup(client: ClientContext, chatId: GroupId, options?: GroupActOptions): Promise<void> {
  const { did } = requireAccount(client);
  await changeMembers(client, chatId, { remove: [did] }, options);
  client.dispatch({ type: 'groupLeft', chatId });
}

function parts(dids: readonly Did[]): Did[][] {
  const all = [...new Set(dids)];
  if (all.length === 0) throw new PushChatError('PayloadMalformed', 'Name at least one account.');
  return Array.from({ length: Math.ceil(all.length / AT_ONCE) }, (_, i) => all.slice(i * AT_ONCE, (i + 1) * AT_ONCE));
}

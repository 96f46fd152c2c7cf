import { asPushChatError } from '../../errors.ts';
import { sameDid } from '../../protocol/did.ts';
import type { GroupId } from '../../protocol/peer.ts';
import { acceptRequest } from '../actions/answerRequest.ts';
import type { ClientContext } from '../context.ts';
import { readGroup } from '../groups/readGroup.ts';
import { isPassing } from '../outbox/outgoing.ts';
import type { IncomingInvitation, JoinPolicy } from './messagesOptions.ts';

/**
 * Accepts an invitation that a policy wants accepted. The group is read first: a node alone invites nobody, and does not
 * say who did. What a user would have to decide, such as members to agree to, is told and left to whoever runs the program.
 * @returns whether this account has come in
 * @throws {PushChatError} what passes by itself; and what the policy throws
 */
export async function acceptInvitation(client: ClientContext, policy: JoinPolicy, chatId: GroupId): Promise<boolean> {
  if (policy === 'none') return false;
  const invitation = await standing(client, () => readInvitation(client, chatId));
  if (!invitation || !(await fits(policy, invitation))) return false;
  const joined = await standing(client, async () => {
    await acceptRequest(client, chatId);
    return true;
  });
  return joined ?? false;
}

async function readInvitation(client: ClientContext, chatId: GroupId): Promise<IncomingInvitation | undefined> {
  const file = await readGroup(client, chatId);
  const { groups, blocked } = client.get();
  const group = groups[chatId];
  if (!group || file.standing !== 'invited') return undefined;
  // Of a group that was read this is whoever signed it.
  const { invitedBy } = group;
  return invitedBy && blocked.includes(invitedBy) ? undefined : { peer: chatId, group, invitedBy };
}

async function fits(policy: Exclude<JoinPolicy, 'none'>, invitation: IncomingInvitation): Promise<boolean> {
  if (typeof policy === 'function') return policy(invitation);
  const { peer, invitedBy } = invitation;
  return policy.some((each) => each === peer || (invitedBy !== null && sameDid(each, invitedBy)));
}

/** What does not pass by itself stands as it is: the invitation stays among the requests. */
async function standing<Result>(client: ClientContext, task: () => Promise<Result>): Promise<Result | undefined> {
  try {
    return await task();
  } catch (thrown) {
    const error = asPushChatError(thrown);
    if (isPassing(error)) throw error;
    client.warn(error);
    return undefined;
  }
}

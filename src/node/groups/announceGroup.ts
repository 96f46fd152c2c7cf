import type { Did } from '../../protocol/did.ts';
import type { GroupEventType } from '../../protocol/groups/groupPayload.ts';
import type { ChatEvent } from '../../protocol/payload.ts';
import { CHAT_GROUPS, CHATS } from '../../protocol/socketEvents.ts';
import { parseProof } from '../../protocol/verificationProof.ts';
import type { Transaction } from '../context.ts';
import { blockersOf } from '../tables/users.ts';
import { listMembers, type MemberFilter } from '../tables/groups.ts';
import { infoOf } from './groupInfo.ts';
import type { Group, GroupAct, Member, MemberChanges } from '../../protocol/groups/groupState.ts';

interface Change {
  readonly before: Group | undefined;
  readonly group: Group;
  readonly changes: MemberChanges;
  readonly act: GroupAct;
}

/**
 * Tells of what an act did (protocol 6.2): the new group to who made it, invitations to the invited alone, everything
 * else to all who are in it and to whom it concerns. Answers to invitations travel as chat events.
 */
export async function announceChange(tx: Transaction, change: Change): Promise<void> {
  const { before, group, changes, act } = change;
  const { kind } = act.change;
  if (kind === 'accept' || kind === 'reject') {
    if (changes.size > 0) await announceAnswer(tx, change, kind);
    return;
  }
  const inside = kind === 'create' ? [act.signer] : await membersIn(tx, group.chatId, { accepted: true });
  const common = { timestamp: act.at, chatId: group.chatId, from: act.signer, verificationProof: act.proof };
  const say = (
    eventType: GroupEventType,
    to: readonly Did[],
    hearers: readonly Did[],
    more?: object,
  ): Promise<unknown> =>
    tellAll(tx, act.signer, hearers, CHAT_GROUPS, { ...more, eventType, ...common, to, isGroup: true });

  if (!before) await say('create', [], inside, infoOf(group));
  else if (shown(before) !== shown(group)) await say('update', [], inside, infoOf(group));
  for (const [event, dids] of byEvent(changes, act)) {
    const [eventType, newRole] = event.split(' ') as [GroupEventType, 'ADMIN' | 'MEMBER' | undefined];
    const roles = newRole && { newRole, previousRole: newRole === 'ADMIN' ? 'MEMBER' : 'ADMIN' };
    await say(eventType, dids, eventType === 'request' ? dids : [...new Set([...inside, ...dids, act.signer])], roles);
  }
}

/** What an update is about: neither the members nor their secret. */
const shown = ({ profile, config }: Group): string => JSON.stringify([profile, config]);

/** Accounts by what happened to them: the event, and the new role where it has one. */
function byEvent(changes: MemberChanges, { signer, change }: GroupAct): Map<string, Did[]> {
  const events = new Map<string, Did[]>();
  for (const [did, { before, after }] of changes) {
    if (change.kind === 'create' && did === signer) continue;
    const event = eventOf(before, after, did === signer);
    if (event === undefined) continue;
    const dids = events.get(event);
    if (dids) dids.push(did);
    else events.set(event, [did]);
  }
  return events;
}

function eventOf(before: Member | undefined, after: Member | undefined, bySelf: boolean): string | undefined {
  if (!after) return !bySelf ? 'remove' : before?.accepted ? 'leaveGroup' : undefined;
  if (after.accepted && !before?.accepted) return 'joinGroup';
  if (!before) return 'request';
  return before.role === after.role ? undefined : `roleChange ${after.role === 'admin' ? 'ADMIN' : 'MEMBER'}`;
}

/** A yes is for everybody in the group, a no for those who can invite (protocol 6.2). */
async function announceAnswer(tx: Transaction, { group, act }: Change, kind: 'accept' | 'reject'): Promise<void> {
  const { chatId } = group;
  const { scheme = 'pgp', signature = '' } = parseProof(act.proof) ?? {};
  const event: Omit<ChatEvent, 'messageOrigin'> = {
    fromDID: act.signer,
    toDID: chatId,
    fromCAIP10: act.signer,
    toCAIP10: chatId,
    messageType: null,
    messageContent: null,
    encType: '',
    encryptedSecret: null,
    signature,
    sigType: scheme,
    verificationProof: `${scheme}${signature}`,
    timestamp: act.at,
    link: null,
    cid: null,
    chatId,
    isGroup: true,
    messageCategory: kind === 'accept' ? 'Approve' : 'Reject',
    hasIntent: kind === 'accept',
  };
  const filter: MemberFilter = kind === 'accept' ? { accepted: true } : { accepted: true, role: 'admin' };
  await tellAll(tx, act.signer, [...(await membersIn(tx, chatId, filter)), act.signer], CHATS, event);
}

export const membersIn = async (tx: Transaction, chatId: string, filter: MemberFilter): Promise<Did[]> =>
  (await listMembers(tx, chatId, filter, { offset: 0, limit: Number.MAX_SAFE_INTEGER })).map(({ did }) => did);

/**
 * Tells each whether the act was their own, and nobody who blocks the one who acted (security GR-10).
 * @returns the others who were told
 */
export async function tellAll(
  tx: Transaction,
  actor: Did,
  hearers: readonly Did[],
  event: string,
  payload: object,
): Promise<readonly Did[]> {
  const deaf = await blockersOf(tx, actor);
  const others = hearers.filter((did) => did !== actor && !deaf.has(did));
  if (others.length > 0) tx.tell(others, event, { ...payload, messageOrigin: 'other' });
  if (hearers.includes(actor)) tx.tell(actor, event, { ...payload, messageOrigin: 'self' });
  return others;
}

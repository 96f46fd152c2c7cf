import type { Did } from '../../protocol/did.ts';
import { noSuchGroup, type Group, type GroupAct, type Member, type Role } from '../../protocol/groups/groupState.ts';
import { table, type Rows, type WritableRows } from '../store/store.ts';
import { list, unlist, type Page } from './chats.ts';
import { keyOf, sortable } from './keys.ts';

const GROUPS = table<Group>('group');
/** By chat id, standing and account, so that each standing is a range. */
const MEMBERS = table<Pick<Member, 'inviter' | 'since'>>('member');
/** By chat id, time and digest: the order in which they count. */
const GROUP_ACTS = table<KeptAct>('groupAct');
export interface KeptAct extends GroupAct {
  /** Number of the journal's entry that has it as it was posted. */
  readonly entry: number;
}

/** Wrapped secrets by session key. Older ones stay, since older messages need them. */
const SECRETS = table<string>('groupSecret');
const NAMES = table<string>('groupName');

export const groupOf = (rows: Rows, chatId: string): Promise<Group | undefined> => rows.get(GROUPS, chatId);

/** @throws {PushChatError} `NotFound` */
export async function requireGroup(rows: Rows, chatId: string): Promise<Group> {
  const group = await groupOf(rows, chatId);
  if (!group) throw noSuchGroup();
  return group;
}

export async function saveGroup(rows: WritableRows, group: Group): Promise<void> {
  const { chatId, secret, profile } = group;
  const before = await groupOf(rows, chatId);
  await rows.put(GROUPS, chatId, group);
  if (secret && secret.sessionKey !== before?.secret?.sessionKey) {
    await rows.put(SECRETS, secret.sessionKey, secret.encryptedSecret);
  }
  if (before?.profile.groupName === profile.groupName) return;
  if (before) await rows.delete(NAMES, nameKey(before));
  await rows.put(NAMES, nameKey(group), profile.groupName);
}

const nameKey = ({ createdAt, chatId }: Group): string => keyOf(sortable(createdAt), chatId);

export const secretOf = (rows: Rows, sessionKey: string): Promise<string | undefined> => rows.get(SECRETS, sessionKey);

/** Roles and answers, in the order in which members are listed. */
const STANDINGS = [
  { role: 'admin', accepted: true },
  { role: 'member', accepted: true },
  { role: 'admin', accepted: false },
  { role: 'member', accepted: false },
] as const satisfies Pick<Member, 'role' | 'accepted'>[];

type Standing = Pick<Member, 'role' | 'accepted'>;

const standingKey = ({ role, accepted }: Standing): string => `${accepted ? 'in' : 'pending'}-${role}`;
const memberKey = (chatId: string, standing: Standing, did: string): string =>
  keyOf(chatId, standingKey(standing), did);

export async function memberOf(rows: Rows, chatId: string, did: Did): Promise<Member | undefined> {
  for (const standing of STANDINGS) {
    const kept = await rows.get(MEMBERS, memberKey(chatId, standing, did));
    if (kept) return { ...standing, ...kept };
  }
  return undefined;
}

export interface NamedMember extends Member {
  readonly did: Did;
}

/** Which members: all of them unless told. */
export interface MemberFilter {
  readonly role?: Role | undefined;
  readonly accepted?: boolean | undefined;
}

const standingsOf = ({ role, accepted }: MemberFilter): Standing[] =>
  STANDINGS.filter(
    (standing) => (role ?? standing.role) === standing.role && (accepted ?? standing.accepted) === standing.accepted,
  );

/** A page of members: who is in before who is invited, and admins first. */
export async function listMembers(
  rows: Rows,
  chatId: string,
  filter: MemberFilter,
  page: Page,
): Promise<readonly NamedMember[]> {
  let { offset, limit } = page;
  const members: NamedMember[] = [];
  for (const standing of standingsOf(filter)) {
    if (limit === 0) break;
    const prefix = memberKey(chatId, standing, '');
    const found = await rows.list(MEMBERS, { prefix, offset, limit });
    for (const { key, value } of found) members.push({ ...standing, ...value, did: key.slice(prefix.length) as Did });
    limit -= found.length;
    // Only a range that gave nothing may have been passed over as a whole.
    offset = found.length > 0 ? 0 : Math.max(0, offset - (offset === 0 ? 0 : await rows.count(MEMBERS, prefix)));
  }
  return members;
}

export async function countMembers(rows: Rows, chatId: string, filter: MemberFilter): Promise<number> {
  let count = 0;
  for (const standing of standingsOf(filter)) count += await rows.count(MEMBERS, memberKey(chatId, standing, ''));
  return count;
}

/** Puts a member in a place, or out, and the group into the right list of the account. */
export async function saveMember(
  rows: WritableRows,
  chatId: string,
  did: Did,
  { before, after }: { readonly before: Member | undefined; readonly after: Member | undefined },
): Promise<void> {
  const listing = ({ accepted, since }: Member): Parameters<typeof list>[1] => ({
    did,
    accepted,
    since,
    thread: chatId,
  });
  if (before) {
    await rows.delete(MEMBERS, memberKey(chatId, before, did));
    if (before.accepted !== after?.accepted || before.since !== after.since) await unlist(rows, listing(before));
  }
  if (after) {
    const { inviter, since } = after;
    await rows.put(MEMBERS, memberKey(chatId, after, did), { inviter, since });
    if (before?.accepted !== after.accepted || before.since !== since) await list(rows, listing(after));
  }
}

export const saveGroupAct = (rows: WritableRows, chatId: string, act: KeptAct): Promise<void> =>
  rows.put(GROUP_ACTS, actKey(chatId, act), act);

export const deleteGroupAct = (rows: WritableRows, chatId: string, act: GroupAct): Promise<void> =>
  rows.delete(GROUP_ACTS, actKey(chatId, act));

const actKey = (chatId: string, { at, digest }: Pick<GroupAct, 'at' | 'digest'>): string =>
  keyOf(chatId, sortable(at), digest);

/** Whether an act would come after all that are kept. */
export async function isNewest(rows: Rows, chatId: string, act: GroupAct): Promise<boolean> {
  const last = await lastAct(rows, chatId);
  return !last || actKey(chatId, last) < actKey(chatId, act);
}

export async function newestActs(rows: Rows, chatId: string, limit: number): Promise<readonly GroupAct[]> {
  const found = await rows.list(GROUP_ACTS, { prefix: keyOf(chatId, ''), descending: true, limit });
  return found.map(({ value }) => value);
}

export const lastAct = async (rows: Rows, chatId: string): Promise<GroupAct | undefined> =>
  (await newestActs(rows, chatId, 1))[0];

/** Acts after a place, and all that there are. @param after as `next` names it; empty for the first */
export async function actsAfter(
  rows: Rows,
  chatId: string,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<readonly { readonly place: string; readonly act: KeptAct }[]> {
  const prefix = keyOf(chatId, '');
  const found = await rows.list(GROUP_ACTS, { prefix, limit, ...(after !== '' && { after: prefix + after }) });
  return found.map(({ key, value }) => ({ place: key.slice(prefix.length), act: value }));
}

export const countActs = (rows: Rows, chatId: string): Promise<number> => rows.count(GROUP_ACTS, keyOf(chatId, ''));

const ACTS_AT_ONCE = 500;

/** Every act of a group in its order. */
export async function actsOf(rows: Rows, chatId: string): Promise<GroupAct[]> {
  const acts: GroupAct[] = [];
  for (let after: string | undefined, more = true; more;) {
    const found = await rows.list(GROUP_ACTS, {
      prefix: keyOf(chatId, ''),
      limit: ACTS_AT_ONCE,
      ...(after !== undefined && { after }),
    });
    acts.push(...found.map(({ value }) => value));
    after = found.at(-1)?.key;
    more = found.length === ACTS_AT_ONCE;
  }
  return acts;
}

const NAMES_AT_ONCE = 1_000;
/** Names that one search looks at, the newest groups first. */
const MOST_SEARCHED = 20_000;

/** Groups whose name contains the words, whatever their case; the newest first. */
export async function searchNames(rows: Rows, words: string, { offset, limit }: Page): Promise<readonly string[]> {
  const wanted = words.toLowerCase();
  const found: string[] = [];
  let after: string | undefined;
  for (let seen = 0; seen < MOST_SEARCHED && found.length < offset + limit; seen += NAMES_AT_ONCE) {
    const page = await rows.list(NAMES, {
      limit: NAMES_AT_ONCE,
      descending: true,
      ...(after !== undefined && { after }),
    });
    for (const { key, value } of page) {
      if (value.toLowerCase().includes(wanted)) found.push(key.slice(key.indexOf('|') + 1));
    }
    after = page.at(-1)?.key;
    if (page.length < NAMES_AT_ONCE) break;
  }
  return found.slice(offset, offset + limit);
}

import type { Concern } from '../errors.ts';
import type { GroupId } from '../protocol/peer.ts';
import type { ChatState, Group, PeerKey, Relation, Standing } from './state.ts';

const RELATIONS: Readonly<Record<Standing, Relation>> = {
  admin: 'chat',
  member: 'chat',
  invited: 'request-received',
  out: 'none',
};

export const relationOfStanding = (standing: Standing): Relation => RELATIONS[standing];

/** Whether what is written to a group is encrypted, and for whom that is known. */
export const keyOfGroup = ({ isPublic, membership }: Pick<Group, 'isPublic' | 'membership'>): PeerKey =>
  isPublic ? 'public' : membership === 'proven' ? 'verified' : 'unchecked';

/** What was read of a group, and how its thread stands by that. */
export function readGroup(state: ChatState, group: Group): ChatState {
  const { chatId, standing } = group;
  const concerns = state.groups[chatId]?.concerns ?? group.concerns;
  const groups = { ...state.groups, [chatId]: { ...group, concerns } };
  const thread = state.threads[chatId];
  if (!thread) return { ...state, groups };
  const next = { ...thread, relation: relationOfStanding(standing), peerKey: keyOfGroup(group) };
  return { ...state, groups, threads: { ...state.threads, [chatId]: next } };
}

export function concernGroup(state: ChatState, chatId: GroupId, concerns: readonly Concern[]): ChatState {
  const group = state.groups[chatId];
  return group ? { ...state, groups: { ...state.groups, [chatId]: { ...group, concerns } } } : state;
}

/** Rows of a list say how their groups look; what was read of a group says more. */
export function listGroups(state: ChatState, listed: readonly Group[]): ChatState {
  const isRead = ({ chatId }: Group): boolean => (state.groups[chatId]?.membership ?? 'listed') !== 'listed';
  const news = listed.filter((group) => !isRead(group)).map((group) => [group.chatId, group]);
  if (news.length === 0) return state;
  return { ...state, groups: { ...state.groups, ...(Object.fromEntries(news) as ChatState['groups']) } };
}

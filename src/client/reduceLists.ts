import type { Peer } from '../protocol/peer.ts';
import type { ChatListState, ChatState, ChatSummary, ThreadItem } from './state.ts';

export type ListName = 'chats' | 'requests';

interface ReadRows {
  readonly page: number;
  readonly rows: readonly ChatSummary[];
  /** The rows as they were when the page was asked for. */
  readonly before: readonly ChatSummary[];
}

export function changeList(state: ChatState, list: ListName, change: Partial<ChatListState>): ChatState {
  return { ...state, [list]: { ...state[list], ...change } };
}

export function changeRow(state: ChatState, peer: Peer, change: Partial<ChatSummary>): ChatState {
  if (!state.chats.items.some((row) => row.peer === peer)) return state;
  return changeList(state, 'chats', {
    items: state.chats.items.map((row) => (row.peer === peer ? { ...row, ...change } : row)),
  });
}

/** What came meanwhile is newer. */
export function openRow(state: ChatState, peer: Peer, last: ThreadItem): ChatState {
  const row = state.chats.items.find((candidate) => candidate.peer === peer);
  if (!row || (row.last && row.last.timestamp > last.timestamp)) return state;
  return changeList(state, 'chats', {
    items: mergeRows(state.chats.items, [{ ...row, last, timestamp: last.timestamp }]),
  });
}

/**
 * A page read from the node, joined with what happened while it was on its way: rows that came or changed meanwhile
 * stay as they are, and rows that were answered meanwhile stay away. The first page replaces all others.
 */
export function joinPage(rows: readonly ChatSummary[], { page, rows: read, before }: ReadRows): readonly ChatSummary[] {
  const changed = rows.filter((row) => !before.includes(row));
  const gone = before.filter(({ peer }) => !rows.some((row) => row.peer === peer));
  const unread = new Map(rows.map((row) => [row.peer, row.unread]));
  const fresh = read
    .filter(({ peer }) => !gone.some((row) => row.peer === peer))
    .map((row) => ({ ...row, unread: unread.get(row.peer) ?? row.unread }));
  return mergeRows(page === 1 ? [] : rows, [...fresh, ...changed]);
}

/** Rows by peer, newest first; of two for one peer the later given counts. */
export function mergeRows(rows: readonly ChatSummary[], added: readonly ChatSummary[]): readonly ChatSummary[] {
  const byPeer = new Map([...rows, ...added].map((row) => [row.peer, row]));
  return [...byPeer.values()].sort((a, b) => b.timestamp - a.timestamp || (a.peer < b.peer ? -1 : 1));
}

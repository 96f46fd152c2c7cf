import type { Concern, PushChatError } from '../errors.ts';
import type { Did } from '../protocol/did.ts';
import {
  emptyThread,
  INITIAL_STATE,
  type ChatState,
  type ChatSummary,
  type Connection,
  type Group,
  type GroupMembers,
  type Identity,
  type KeptHead,
  type PeerKey,
  type PendingItem,
  type Profile,
  type Relation,
  type Session,
  type Thread,
  type ThreadItem,
} from './state.ts';
import { concernGroup, listGroups, readGroup } from './reduceGroups.ts';
import { changeList, changeRow, joinPage, mergeRows, openRow, type ListName } from './reduceLists.ts';
import { mergeItems } from './timeline.ts';
import type { GroupId, Peer } from '../protocol/peer.ts';

/** Everything that can happen to a client's state. */
export type ChatEvent =
  | { readonly type: 'sessionChanged'; readonly session: Session }
  | { readonly type: 'connectionChanged'; readonly connection: Connection }
  | { readonly type: 'listLoading'; readonly list: ListName }
  | {
      readonly type: 'listLoaded';
      readonly list: ListName;
      readonly page: number;
      /** The rows as they were when the page was asked for. */
      readonly before: readonly ChatSummary[];
      readonly rows: readonly ChatSummary[];
      readonly nextPage: number | null;
    }
  | { readonly type: 'listFailed'; readonly list: ListName; readonly error: PushChatError }
  | { readonly type: 'threadLoading'; readonly peer: Peer; readonly part: ThreadPart }
  /** Messages that can be shown before all is read: of this device, or the first of a page. */
  | { readonly type: 'itemsOpened'; readonly peer: Peer; readonly items: readonly ThreadItem[] }
  | { readonly type: 'threadFailed'; readonly peer: Peer; readonly part: ThreadPart; readonly error: PushChatError }
  /** Nobody looks at it any more, and it was not read to its end. */
  | { readonly type: 'threadLeft'; readonly peer: Peer; readonly part: ThreadPart }
  /** Of a thread that nobody looks at so many of the newest messages are kept; the rest is read again on demand. */
  | { readonly type: 'threadTrimmed'; readonly peer: Peer; readonly most: number }
  | {
      readonly type: 'threadLoaded';
      readonly peer: Peer;
      readonly head: string | null;
      readonly items: readonly ThreadItem[];
      readonly older: string | null;
    }
  | {
      readonly type: 'olderLoaded';
      readonly peer: Peer;
      readonly items: readonly ThreadItem[];
      readonly older: string | null;
    }
  | {
      readonly type: 'messageReceived';
      readonly peer: Peer;
      readonly item: ThreadItem;
      readonly chatId: string;
      readonly list: ListName;
      readonly unread: boolean;
    }
  | { readonly type: 'relationChanged'; readonly peer: Peer; readonly relation: Relation }
  | { readonly type: 'peerKeyChanged'; readonly peer: Peer; readonly peerKey: PeerKey }
  | { readonly type: 'sendStarted'; readonly peer: Peer; readonly item: PendingItem }
  | { readonly type: 'sendDelayed'; readonly peer: Peer; readonly id: string; readonly error: PushChatError }
  | { readonly type: 'sendFailed'; readonly peer: Peer; readonly id: string; readonly error: PushChatError }
  | { readonly type: 'sendEnded'; readonly peer: Peer; readonly id: string }
  | { readonly type: 'threadRead'; readonly peer: Peer }
  | { readonly type: 'profileLoaded'; readonly profile: Profile }
  /** The message of a row that was shown without it. */
  | { readonly type: 'rowOpened'; readonly peer: Peer; readonly last: ThreadItem }
  /** A chat that begins without a message. */
  | { readonly type: 'rowAdded'; readonly row: ChatSummary }
  | { readonly type: 'groupLeft'; readonly chatId: GroupId }
  | { readonly type: 'groupRead'; readonly group: Group }
  /** Rows of a list say how their groups look; what was read of a group says more. */
  | { readonly type: 'groupsListed'; readonly groups: readonly Group[] }
  | { readonly type: 'groupReading'; readonly chatId: GroupId; readonly reading: ChatState['groupReadings'][GroupId] }
  | { readonly type: 'groupConcerned'; readonly chatId: GroupId; readonly concerns: readonly Concern[] }
  | { readonly type: 'membersRead'; readonly chatId: GroupId; readonly members: GroupMembers }
  | { readonly type: 'keysPinned'; readonly did: Did; readonly identity: Identity }
  /** The node named a thread's newest message, when `before` was known to be that. */
  | { readonly type: 'headServed'; readonly peer: Peer; readonly before: string | null; readonly head: string | null }
  /** This device knows from an earlier session what was the newest message of a thread. */
  | { readonly type: 'headRecalled'; readonly peer: Peer; readonly kept: KeptHead }
  | { readonly type: 'blockedChanged'; readonly blocked: readonly Did[] };

/** The newest page of a thread, or the next older one. */
export type ThreadPart = 'loading' | 'loadingOlder';

/** The next state. Total: it answers every event in every state, and never throws. */
export function reduce(state: ChatState, event: ChatEvent): ChatState {
  switch (event.type) {
    case 'sessionChanged':
      return changeSession(state, event.session);
    case 'connectionChanged':
      return { ...state, connection: event.connection };
    case 'listLoading':
      return changeList(state, event.list, { loading: { status: 'loading' } });
    case 'listFailed':
      return changeList(state, event.list, { loading: { status: 'failed', error: event.error } });
    case 'listLoaded':
      return changeList(state, event.list, {
        items: joinPage(state[event.list].items, event),
        loading: { status: 'loaded' },
        nextPage: event.nextPage,
      });
    case 'threadLoading':
      return changeThread(state, event.peer, () => ({ [event.part]: { status: 'loading' } }));
    case 'itemsOpened':
      return changeThread(state, event.peer, ({ items }) => ({ items: mergeItems(items, event.items) }));
    case 'threadFailed':
      return changeThread(state, event.peer, () => ({ [event.part]: { status: 'failed', error: event.error } }));
    case 'threadLeft':
      return changeThread(state, event.peer, () => ({ [event.part]: { status: 'idle' } }));
    case 'threadTrimmed':
      return state.threads[event.peer] ? changeThread(state, event.peer, (thread) => trim(thread, event.most)) : state;
    case 'threadLoaded':
      return changeThread(state, event.peer, ({ items }) => ({
        items: mergeItems(items, event.items),
        head: event.head,
        loading: { status: 'loaded' },
        older: event.older,
      }));
    case 'olderLoaded':
      return changeThread(state, event.peer, ({ items }) => ({
        items: mergeItems(items, event.items),
        older: event.older,
        loadingOlder: { status: 'loaded' },
      }));
    case 'messageReceived':
      return receiveMessage(state, event);
    case 'relationChanged':
      return changeRelation(state, event.peer, event.relation);
    case 'peerKeyChanged':
      return changeThread(state, event.peer, () => ({ peerKey: event.peerKey }));
    case 'sendStarted':
      return changeThread(state, event.peer, ({ items }) => ({
        items: mergeItems(without(items, event.item.id), [event.item]),
      }));
    case 'sendDelayed':
      return changeThread(state, event.peer, ({ items }) => ({
        items: items.map((item) =>
          item.id === event.id && item.state === 'pending' ? { ...item, delay: event.error } : item,
        ),
      }));
    case 'sendFailed':
      return changeThread(state, event.peer, ({ items }) => ({
        items: items.map((item) =>
          item.id === event.id && item.state === 'pending' ? { ...item, state: 'failed', error: event.error } : item,
        ),
      }));
    case 'sendEnded':
      return changeThread(state, event.peer, ({ items }) => ({ items: without(items, event.id) }));
    case 'threadRead':
      return changeRow(state, event.peer, { unread: 0 });
    case 'profileLoaded':
      return { ...state, profiles: { ...state.profiles, [event.profile.did]: event.profile } };
    case 'rowOpened':
      return openRow(state, event.peer, event.last);
    case 'rowAdded':
      return state.chats.items.some(({ peer }) => peer === event.row.peer)
        ? state
        : changeList(state, 'chats', { items: mergeRows(state.chats.items, [event.row]) });
    case 'groupLeft':
      return changeList(
        changeThread(state, event.chatId, () => ({ relation: 'none' })),
        'chats',
        {
          items: state.chats.items.filter(({ peer }) => peer !== event.chatId),
        },
      );
    case 'groupRead':
      return readGroup(state, event.group);
    case 'groupReading':
      return { ...state, groupReadings: { ...state.groupReadings, [event.chatId]: event.reading } };
    case 'groupsListed':
      return listGroups(state, event.groups);
    case 'groupConcerned':
      return concernGroup(state, event.chatId, event.concerns);
    case 'membersRead':
      return { ...state, groupMembers: { ...state.groupMembers, [event.chatId]: event.members } };
    case 'keysPinned':
      return { ...state, identities: { ...state.identities, [event.did]: event.identity } };
    case 'headServed':
      return changeThread(state, event.peer, ({ items }) => ({
        rollback: rolledBack(items, event) ? event.before : null,
      }));
    case 'headRecalled':
      return changeThread(state, event.peer, (thread) =>
        lacks(thread, event.kept) ? { rollback: event.kept.id } : {},
      );
    case 'blockedChanged':
      return changeBlocked(state, event.blocked);
  }
}

/** Without its keys a client knows nothing, so nothing of an earlier session survives. */
function changeSession(state: ChatState, session: Session): ChatState {
  const stays = session.status === 'ready' || session.status === 'unlocking';
  return stays ? { ...state, session } : { ...INITIAL_STATE, connection: state.connection, session };
}

function changeThread(state: ChatState, peer: Peer, change: (thread: Thread) => Partial<Thread>): ChatState {
  const thread = state.threads[peer] ?? emptyThread(peer);
  return { ...state, threads: { ...state.threads, [peer]: { ...thread, ...change(thread) } } };
}

const isStored = ({ state }: ThreadItem): boolean => state !== 'pending' && state !== 'failed';

const without = (items: readonly ThreadItem[], id: string): readonly ThreadItem[] =>
  items.some((item) => item.id === id) ? items.filter((item) => item.id !== id) : items;

/** What a node does not have yet stays, however old it is. */
function trim({ items, loading, loadingOlder }: Thread, most: number): Partial<Thread> {
  const at = items.findIndex((item, i) => i >= items.length - most && isStored(item));
  // What is being read goes on where the thread ends now.
  if (at <= 0 || loading.status === 'loading' || loadingOlder.status === 'loading') return {};
  return { items: items.filter((item, i) => i >= at || !isStored(item)), older: items[at]?.id ?? null };
}

function receiveMessage(state: ChatState, event: Extract<ChatEvent, { type: 'messageReceived' }>): ChatState {
  const { peer, item, chatId, list } = event;
  const known = state.threads[peer]?.items.some(({ id }) => id === item.id) ?? false;
  const next = state.threads[peer]
    ? changeThread(state, peer, ({ items, head, loading }) => ({
        items: mergeItems(items, [item]),
        // Until the thread is read its head is unknown, whatever arrives.
        head: loading.status === 'loaded' ? (newestId(items, item) ?? head) : head,
      }))
    : state;
  const row = state[list].items.find((candidate) => candidate.peer === peer);
  // That something was read is nothing to read.
  const isReceipt = 'content' in item && item.content.type === 'Receipt';
  if (isReceipt || (row && row.timestamp > item.timestamp)) return next;
  const counts = event.unread && !known && row?.last?.id !== item.id;
  const unread = (row?.unread ?? 0) + (counts ? 1 : 0);
  return changeList(next, list, {
    items: mergeRows(next[list].items, [{ peer, chatId, last: item, timestamp: item.timestamp, unread }]),
  });
}

function newestId(items: readonly ThreadItem[], item: ThreadItem): string | undefined {
  const newest = items.findLast(isStored);
  return !newest || newest.timestamp <= item.timestamp ? item.id : newest.id;
}

/** Whether an older message than was known is served as the newest (security CH-08). */
function rolledBack(
  items: readonly ThreadItem[],
  { before, head }: Extract<ChatEvent, { type: 'headServed' }>,
): boolean {
  if (before === null) return false;
  const place = (id: string): number => items.findIndex((item) => item.id === id);
  return head === null || (place(head) >= 0 && place(head) < place(before));
}

/** Whether a message that was seen is gone, though the thread was read back to its time and further. */
function lacks({ items, older }: Thread, { id, digest, at }: KeptHead): boolean {
  if (items.some((item) => item.id === id || (digest !== undefined && item.digest === digest))) return false;
  const oldest = items.find(isStored);
  return older === null || (oldest !== undefined && oldest.timestamp <= at);
}

/** A request that is answered leaves the requests; an accepted one joins the chats. */
function changeRelation(state: ChatState, peer: Peer, relation: Relation): ChatState {
  const next = changeThread(state, peer, () => ({ relation }));
  const row = next.requests.items.find((candidate) => candidate.peer === peer);
  if (!row || relation === 'request-received') return next;
  const requests = next.requests.items.filter((candidate) => candidate.peer !== peer);
  const answered = changeList(next, 'requests', { items: requests });
  if (relation !== 'chat') return answered;
  return changeList(answered, 'chats', { items: mergeRows(answered.chats.items, [row]) });
}

function changeBlocked(state: ChatState, blocked: readonly Did[]): ChatState {
  const isBlocked = new Set<Peer>(blocked);
  const requests = state.requests.items.filter((row) => !isBlocked.has(row.peer));
  return changeList({ ...state, blocked }, 'requests', { items: requests });
}

import { NO_CHANNELS } from '../../../src/client/channels/channelsState.ts';
import { draftName } from '../../../src/client/drafts.ts';
import { createKeptStore } from '../../../src/client/keptStore.ts';
import { DEFAULT_SETTINGS } from '../../../src/client/notify/notificationSettings.ts';
import { removalName } from '../../../src/client/removed.ts';
import type { PushChatClient } from '../../../src/client/PushChatClient.ts';
import {
  emptyThread,
  INITIAL_STATE,
  type ChatListState,
  type ChatState,
  type ChatSummary,
  type Thread,
} from '../../../src/client/state.ts';
import { createStore, type Store } from '../../../src/client/store.ts';
import { parseDid, type Did } from '../../../src/protocol/did.ts';
import { MAYA, ME } from './people.ts';
import { safetyNumberWith } from '../../../src/client/safetyNumberWith.ts';

/** A client whose state is given, and whose commands only note that they were called. */
export interface StateClient extends PushChatClient {
  readonly store: Store<ChatState>;
  /** Name and arguments of every command, in order. */
  readonly calls: (readonly [command: Command, ...args: unknown[]])[];
}

/** Leaving is what `followThread` returns. */
type Command = keyof PushChatClient | 'leaveThread';

/** Makes one; `answers` replaces single commands. */
export function stateClient(
  state: Partial<ChatState> = {},
  answers: Partial<Omit<PushChatClient, 'store'>> = {},
): StateClient {
  const calls: StateClient['calls'] = [];
  const note =
    <Result>(command: Command, result: Result) =>
    (...args: unknown[]): Result => {
      calls.push([command, ...args]);
      return result;
    };
  const done = Promise.resolve();
  const drafts = createKeptStore<string>('draft', () => undefined);
  const untold = createKeptStore<true>('untold', () => undefined);
  const muted = createKeptStore<true>('muted', () => undefined);
  const choices = createStore(DEFAULT_SETTINGS);
  const removed = createKeptStore<true>('removed', () => undefined);
  const store = createStore<ChatState>({ ...INITIAL_STATE, ...state });
  return {
    store,
    drafts: drafts.store,
    setDraft: (peer, text) => drafts.set(draftName(peer), text === '' ? undefined : text),
    readReceipts: false,
    untold: untold.store,
    setTold: (peer, told) => untold.set(peer, told ? undefined : true),
    muted: muted.store,
    setMuted: (peer, quiet) => muted.set(peer, quiet ? true : undefined),
    notificationSettings: choices,
    setNotificationSettings: (changes) => choices.set({ ...choices.get(), ...changes }),
    onNotification: () => () => undefined,
    showThread: () => () => undefined,
    turnPush: note('turnPush', done),
    channels: {
      store: createStore(NO_CHANNELS),
      follow: () => () => undefined,
      load: () => done,
      optIn: () => done,
      optOut: () => done,
    },
    removed: removed.store,
    removeMessage: (item, gone = true) => removed.set(removalName(item), gone ? true : undefined),
    calls,
    start: note('start', note('close', undefined)),
    asksToKeep: false,
    unlock: note('unlock', done),
    forgetKeys: note('forgetKeys', done),
    logout: note('logout', Promise.resolve()),
    lock: note('lock', undefined),
    setSigner: note('setSigner', done),
    loadChats: note('loadChats', done),
    loadRequests: note('loadRequests', done),
    refresh: note('refresh', done),
    openThread: note('openThread', done),
    followThread: note('followThread', note('leaveThread', undefined)),
    loadOlder: note('loadOlder', done),
    markRead: note('markRead', undefined),
    sendMessage: note('sendMessage', Promise.resolve('sent')),
    retryMessage: note('retryMessage', Promise.resolve('sent')),
    discardMessage: note('discardMessage', undefined),
    acceptRequest: note('acceptRequest', done),
    rejectRequest: note('rejectRequest', done),
    blockUser: note('blockUser', done),
    unblockUser: note('unblockUser', done),
    markVerified: note('markVerified', done),
    acceptKeyChange: note('acceptKeyChange', done),
    exportProof: () => Promise.reject(new Error('No test exports a proof.')),
    groups: {
      create: () => Promise.reject(new Error('No test makes a group here.')),
      access: () => Promise.reject(new Error('No test asks for access here.')),
      load: note('groups', done),
      loadMembers: note('groups', done),
      update: note('groups', done),
      addMembers: note('groups', done),
      removeMembers: note('groups', done),
      setRole: note('groups', done),
      join: note('groups', done),
      leave: note('groups', done),
      renewSecret: note('groups', done),
      acceptMembers: note('groups', done),
    },
    getProfile: note('getProfile', Promise.resolve(null)),
    updateProfile: () => Promise.reject(new Error('No test changes a profile.')),
    messages: () => {
      throw new Error('No test of a component takes messages.');
    },
    on: note('on', note('close', undefined)),
    safetyNumber: (peer) => safetyNumberWith(store.get(), parseDid(peer)),
    close: note('close', undefined),
    ...answers,
  };
}

/** The state of an unlocked account. */
export const ready: Partial<ChatState> = { session: { status: 'ready', did: ME }, connection: 'online' };

/** The state in which one thread is open. */
export function withThread(thread: Partial<Thread> = {}, peer: Did = MAYA): Partial<ChatState> {
  const loaded: Thread = {
    ...emptyThread(peer),
    relation: 'chat',
    peerKey: 'verified',
    loading: { status: 'loaded' },
    ...thread,
  };
  return { ...ready, threads: { [peer]: loaded } };
}

/** A list that has been read to its end. */
export const loadedList = (items: readonly ChatSummary[] = []): ChatListState => ({
  items,
  loading: { status: 'loaded' },
  nextPage: null,
});

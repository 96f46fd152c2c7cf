import { describe, expect, it } from 'vitest';
import { reduce, type ChatEvent } from '../../src/client/reduce.ts';
import {
  emptyThread,
  INITIAL_STATE,
  type ChatState,
  type ChatSummary,
  type Identity,
  type PendingItem,
  type Profile,
  type Thread,
  type ThreadItem,
} from '../../src/client/state.ts';
import { PushChatError } from '../../src/errors.ts';
import { parseDid } from '../../src/protocol/did.ts';

const ALICE = parseDid('0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266');
const BOB = parseDid('0x70997970c51812dc3a010c7d01b50e0d17dc79c8');
const CAROL = parseDid('0x3c44cdddb6a900fa2b585dd299e03d12fa4293bc');
const ERROR = new PushChatError('NetworkUnavailable', 'offline');

const message = (id: string, timestamp: number, more: Partial<ThreadItem> = {}): ThreadItem =>
  ({
    id,
    from: 'peer',
    timestamp,
    state: 'verified',
    content: { type: 'Text', content: id },
    encrypted: true,
    ...more,
  }) as ThreadItem;
const pending = (id: string): PendingItem => ({
  id,
  from: 'me',
  timestamp: 50,
  state: 'pending',
  content: { type: 'Text', content: id },
  encrypted: true,
});
const row = (peer: typeof BOB, timestamp: number, unread = 0): ChatSummary => ({
  peer,
  chatId: `chat:${peer}`,
  timestamp,
  unread,
});
const play = (...events: readonly ChatEvent[]): ChatState => events.reduce(reduce, INITIAL_STATE);
const then = (state: ChatState, ...events: readonly ChatEvent[]): ChatState => events.reduce(reduce, state);
const thread = (state: ChatState, peer = BOB): Thread => state.threads[peer] ?? emptyThread(peer);
const ids = (state: ChatState, peer = BOB): readonly string[] => thread(state, peer).items.map(({ id }) => id);
const peers = (rows: readonly ChatSummary[]): readonly string[] => rows.map(({ peer }) => peer);
const received = (
  item: ThreadItem,
  more: Partial<Extract<ChatEvent, { type: 'messageReceived' }>> = {},
): ChatEvent => ({
  type: 'messageReceived',
  peer: BOB,
  item,
  chatId: 'c',
  list: 'chats',
  unread: true,
  ...more,
});
const threadLoaded = (items: readonly ThreadItem[], more: { older?: string; peer?: typeof BOB } = {}): ChatEvent => ({
  type: 'threadLoaded',
  peer: BOB,
  head: items.at(-1)?.id ?? null,
  items,
  older: null,
  ...more,
});

describe('a list', () => {
  it.each(['chats', 'requests'] as const)('of %s says how its reading goes', (list) => {
    const other = list === 'chats' ? 'requests' : 'chats';
    const loading = play({ type: 'listLoading', list });
    expect(loading[list].loading).toEqual({ status: 'loading' });
    const failed = then(loading, { type: 'listFailed', list, error: ERROR });
    expect(failed[list].loading).toEqual({ status: 'failed', error: ERROR });
    const loaded = then(failed, { type: 'listLoaded', list, page: 1, before: [], rows: [row(BOB, 1)], nextPage: 2 });
    expect(loaded[list]).toMatchObject({ items: [row(BOB, 1)], loading: { status: 'loaded' }, nextPage: 2 });
    expect(loaded[other]).toBe(INITIAL_STATE[other]);
  });

  const listed = (
    state: ChatState,
    page: number,
    rows: readonly ChatSummary[],
    before = state.chats.items,
  ): ChatState => then(state, { type: 'listLoaded', list: 'chats', page, before, rows, nextPage: null });

  it('puts another page behind the first, and forgets with a new first page what the node no longer has', () => {
    const first = listed(INITIAL_STATE, 1, [row(ALICE, 9)]);
    const both = listed(first, 2, [row(BOB, 5)]);
    expect(peers(both.chats.items)).toEqual([ALICE, BOB]);
    expect(peers(listed(both, 1, [row(ALICE, 9)]).chats.items)).toEqual([ALICE]);
  });

  it('keeps a row that came while it was read, and not one that was there and is served no more', () => {
    const first = listed(INITIAL_STATE, 1, [row(ALICE, 9)]);
    const meanwhile = then(first, received(message('m', 12)));
    expect(peers(listed(meanwhile, 1, [row(CAROL, 3)], first.chats.items).chats.items)).toEqual([BOB, CAROL]);
  });

  it('leaves away a row that was answered while it was read, and no other', () => {
    const before = [row(ALICE, 1), row(BOB, 2)];
    const now = listed(INITIAL_STATE, 1, [row(ALICE, 1)]);
    expect(peers(listed(now, 1, [row(BOB, 2), row(ALICE, 1), row(CAROL, 3)], before).chats.items)).toEqual([
      CAROL,
      ALICE,
    ]);
  });

  it('keeps the count of what is unread, which no node knows', () => {
    const first = listed(INITIAL_STATE, 1, [row(ALICE, 9, 3), row(BOB, 5, 1)]);
    expect(listed(first, 1, [row(ALICE, 9), row(BOB, 5)]).chats.items.map(({ unread }) => unread)).toEqual([3, 1]);
  });

  it('orders rows of one moment by account, however they come', () => {
    const one = listed(INITIAL_STATE, 1, [row(ALICE, 1), row(BOB, 1), row(CAROL, 1)]);
    const two = listed(INITIAL_STATE, 1, [row(CAROL, 1), row(BOB, 1), row(ALICE, 1)]);
    expect(peers(one.chats.items)).toEqual([CAROL, BOB, ALICE].sort());
    expect(two.chats.items).toEqual(one.chats.items);
  });

  it('counts nothing as unread for another account', () => {
    const state = listed(INITIAL_STATE, 1, [row(ALICE, 1, 3), row(BOB, 2, 4)]);
    const read = then(state, { type: 'threadRead', peer: BOB });
    expect(read.chats.items.map(({ peer, unread }) => [peer, unread])).toEqual([
      [BOB, 0],
      [ALICE, 3],
    ]);
    expect(then(state, { type: 'threadRead', peer: CAROL })).toBe(state);
  });
});

describe('a thread', () => {
  it.each(['loading', 'loadingOlder'] as const)('says how its %s goes', (part) => {
    const loading = play({ type: 'threadLoading', peer: BOB, part });
    expect(thread(loading)).toMatchObject({ [part]: { status: 'loading' } });
    const failed = then(loading, { type: 'threadFailed', peer: BOB, part, error: ERROR });
    expect(thread(failed)[part]).toEqual({ status: 'failed', error: ERROR });
    expect(thread(then(loading, { type: 'threadLeft', peer: BOB, part }))[part]).toEqual({ status: 'idle' });
    expect(thread(failed)[part === 'loading' ? 'loadingOlder' : 'loading']).toEqual({ status: 'idle' });
  });

  it('shows what is opened before all is read, and is read only then', () => {
    const some = play({ type: 'itemsOpened', peer: BOB, items: [message('b', 2)] });
    expect([ids(some), thread(some).head, thread(some).loading.status]).toEqual([['b'], null, 'idle']);
    const all = then(some, threadLoaded([message('a', 1), message('b', 2)], { older: 'a' }));
    expect(ids(all)).toEqual(['a', 'b']);
    expect(thread(all)).toMatchObject({ head: 'b', older: 'a', loading: { status: 'loaded' } });
    const older = then(all, { type: 'olderLoaded', peer: BOB, items: [message('0', 0)], older: null });
    expect(ids(older)).toEqual(['0', 'a', 'b']);
    expect(thread(older)).toMatchObject({ head: 'b', older: null, loadingOlder: { status: 'loaded' } });
  });

  it('knows how its peer stands and writes, and changes no other thread', () => {
    const two = play(threadLoaded([message('x', 1)], { peer: ALICE }), threadLoaded([message('a', 1)]));
    const state = then(
      two,
      { type: 'peerKeyChanged', peer: BOB, peerKey: 'verified' },
      { type: 'relationChanged', peer: BOB, relation: 'chat' },
    );
    expect(thread(state)).toMatchObject({ peerKey: 'verified', relation: 'chat' });
    expect(state.threads[ALICE]).toBe(two.threads[ALICE]);
  });
});

describe('a message that arrives', () => {
  it('moves the head of a thread that was read, and of no other', () => {
    const unread = play({ type: 'itemsOpened', peer: BOB, items: [] }, received(message('a', 1)));
    expect([ids(unread), thread(unread).head]).toEqual([['a'], null]);
    const read = play(threadLoaded([message('a', 1)]), received(message('b', 2)));
    expect([ids(read), thread(read).head]).toEqual([['a', 'b'], 'b']);
  });

  it('leaves the head where it is when it is older, or when only unsent messages are younger', () => {
    const read = play(threadLoaded([message('a', 1), message('c', 3)]), received(message('b', 2)));
    expect([ids(read), thread(read).head]).toEqual([['a', 'b', 'c'], 'c']);
    const sending = play(
      threadLoaded([message('a', 1)]),
      { type: 'sendStarted', peer: BOB, item: pending('local:1') },
      received(message('b', 2)),
    );
    expect(thread(sending).head).toBe('b');
    const same = play(threadLoaded([message('a', 1)]), received(message('b', 1)));
    expect(thread(same).head).toBe('b');
    expect(thread(play(threadLoaded([]), received(message('a', 1)))).head).toBe('a');
  });

  it('makes no thread where none was opened, and a row all the same', () => {
    const state = play(received(message('a', 1)));
    expect(state.threads).toEqual({});
    expect(state.chats.items).toEqual([{ peer: BOB, chatId: 'c', last: message('a', 1), timestamp: 1, unread: 1 }]);
  });

  it('changes no row when it is older than what the row shows, and does when it is as old', () => {
    const state = play(received(message('b', 2)));
    expect(then(state, received(message('a', 1))).chats).toBe(state.chats);
    expect(then(state, received(message('c', 2))).chats.items[0]).toMatchObject({ unread: 2, last: { id: 'c' } });
  });

  it('counts once, whether its thread or its row knows it, and not at all where it is not news', () => {
    const opened = play(threadLoaded([message('a', 1)]), received(message('a', 1)));
    expect(opened.chats.items[0]?.unread).toBe(0);
    const among = play(threadLoaded([message('a', 1), message('b', 2)]), received(message('b', 2)));
    expect(among.chats.items[0]?.unread).toBe(0);
    const news = play(threadLoaded([message('a', 1)]), received(message('b', 2)));
    expect(news.chats.items[0]?.unread).toBe(1);
    expect(play(received(message('a', 1)), received(message('a', 1))).chats.items[0]?.unread).toBe(1);
    const own = play(received(message('a', 1)), received(message('b', 2), { unread: false }));
    expect(own.chats.items[0]).toMatchObject({ unread: 1, last: { id: 'b' } });
  });

  it('is counted for its own account only', () => {
    const state = play(received(message('a', 1)), received(message('x', 3), { peer: ALICE }));
    expect(state.chats.items.map(({ peer, unread }) => [peer, unread])).toEqual([
      [ALICE, 1],
      [BOB, 1],
    ]);
  });
});

describe('a message on its way', () => {
  const sending = play(
    threadLoaded([message('a', 1)]),
    { type: 'sendStarted', peer: BOB, item: pending('local:1') },
    { type: 'sendStarted', peer: BOB, item: pending('local:2') },
  );
  const states = (state: ChatState): readonly unknown[] =>
    thread(state).items.map((item) => [item.id, item.state, 'delay' in item, 'error' in item]);

  it('says why it waits, and no other does', () => {
    const delayed = then(sending, { type: 'sendDelayed', peer: BOB, id: 'local:1', error: ERROR });
    expect(states(delayed)).toEqual([
      ['a', 'verified', false, false],
      ['local:1', 'pending', true, false],
      ['local:2', 'pending', false, false],
    ]);
  });

  it('says why it failed, and no other does; one that is stored cannot fail', () => {
    const failed = then(sending, { type: 'sendFailed', peer: BOB, id: 'local:2', error: ERROR });
    expect(states(failed)).toEqual([
      ['a', 'verified', false, false],
      ['local:1', 'pending', false, false],
      ['local:2', 'failed', false, true],
    ]);
    const stored = then(
      sending,
      { type: 'sendFailed', peer: BOB, id: 'a', error: ERROR },
      { type: 'sendDelayed', peer: BOB, id: 'a', error: ERROR },
    );
    expect(states(stored)).toEqual(states(sending));
  });

  it('goes on its way again after it failed, and is gone when it arrived', () => {
    const again = then(
      sending,
      { type: 'sendFailed', peer: BOB, id: 'local:1', error: ERROR },
      { type: 'sendStarted', peer: BOB, item: pending('local:1') },
    );
    expect(states(again)).toEqual(states(sending));
    const items = thread(sending).items;
    expect(ids(then(sending, { type: 'sendEnded', peer: BOB, id: 'local:1' }))).toEqual(['a', 'local:2']);
    expect(thread(then(sending, { type: 'sendEnded', peer: BOB, id: 'other' })).items).toBe(items);
  });
});

describe('a session', () => {
  const known = play({ type: 'connectionChanged', connection: 'online' }, threadLoaded([message('a', 1)]));

  it.each(['ready', 'unlocking'] as const)('keeps what is known while it is %s', (status) => {
    const session = { status, did: ALICE, step: { name: 'reading' } } as const;
    const state = then(known, { type: 'sessionChanged', session });
    expect([state.session, ids(state)]).toEqual([session, ['a']]);
  });

  it.each(['locked', 'reopening', 'disconnected'] as const)('forgets what is known when it is %s', (status) => {
    const session = { status, did: ALICE } as const;
    const state = then(known, { type: 'sessionChanged', session });
    expect(state).toEqual({ ...INITIAL_STATE, connection: 'online', session });
  });
});

describe('CH-15 trimming', () => {
  const trimmed = { type: 'threadTrimmed', peer: BOB, most: 1 } as const;
  const long = play(threadLoaded([message('a', 1), message('b', 2)], { older: 'a' }));

  it('waits while either end is read', () => {
    for (const part of ['loading', 'loadingOlder'] as const) {
      const reading = then(long, { type: 'threadLoading', peer: BOB, part });
      expect(thread(then(reading, trimmed))).toEqual(thread(reading));
    }
    expect(thread(then(long, trimmed))).toMatchObject({ items: [message('b', 2)], older: 'b' });
  });

  it('knows where to go on though only unsent messages, failed ones too, are young enough', () => {
    const sent = then(
      long,
      { type: 'sendStarted', peer: BOB, item: pending('local:1') },
      { type: 'sendFailed', peer: BOB, id: 'local:1', error: ERROR },
    );
    expect(thread(then(sent, trimmed))).toEqual(thread(sent));
    const kept = then(sent, { ...trimmed, most: 2 });
    expect([ids(kept), thread(kept).older]).toEqual([['b', 'local:1'], 'b']);
  });
});

describe('what is known of accounts', () => {
  const profile: Profile = { did: BOB, name: 'Bob', about: null, picture: null, key: 'verified', blocked: [] };
  const identity: Identity = {
    fingerprint: 'f',
    created: 1,
    attestedBy: null,
    earlier: [],
    compared: false,
    change: null,
    needsConsent: false,
  };

  it('is kept for each of them', () => {
    const state = play(
      { type: 'profileLoaded', profile },
      { type: 'profileLoaded', profile: { ...profile, did: ALICE, name: 'Alice' } },
      { type: 'keysPinned', did: BOB, identity },
      { type: 'keysPinned', did: ALICE, identity: { ...identity, fingerprint: 'g' } },
    );
    expect([state.profiles[BOB]?.name, state.profiles[ALICE]?.name]).toEqual(['Bob', 'Alice']);
    expect([state.identities[BOB]?.fingerprint, state.identities[ALICE]?.fingerprint]).toEqual(['f', 'g']);
  });

  it('takes the requests of blocked accounts away, and no other row', () => {
    const state = play(
      received(message('a', 1), { list: 'requests' }),
      received(message('x', 2), { list: 'requests', peer: ALICE }),
      received(message('y', 3), { peer: CAROL }),
      { type: 'blockedChanged', blocked: [BOB, CAROL] },
    );
    expect(state.blocked).toEqual([BOB, CAROL]);
    expect([peers(state.requests.items), peers(state.chats.items)]).toEqual([[ALICE], [CAROL]]);
  });

  it('moves a request only when it is answered, and only that one', () => {
    const asked = play(
      received(message('a', 1), { list: 'requests' }),
      received(message('x', 2), { list: 'requests', peer: ALICE }),
    );
    const waits = then(asked, { type: 'relationChanged', peer: BOB, relation: 'request-received' });
    expect([peers(waits.requests.items), waits.chats.items]).toEqual([[ALICE, BOB], []]);
    const accepted = then(asked, { type: 'relationChanged', peer: BOB, relation: 'chat' });
    expect([peers(accepted.requests.items), peers(accepted.chats.items)]).toEqual([[ALICE], [BOB]]);
    const blocked = then(asked, { type: 'relationChanged', peer: BOB, relation: 'blocked' });
    expect([peers(blocked.requests.items), blocked.chats.items]).toEqual([[ALICE], []]);
    expect(thread(blocked).relation).toBe('blocked');
    expect(then(asked, { type: 'relationChanged', peer: CAROL, relation: 'chat' }).chats.items).toEqual([]);
  });
});

describe('CH-08 an older end than was known', () => {
  const read = play(threadLoaded([message('a', 1), message('b', 2), message('c', 3)]));
  const served = (before: string | null, head: string | null, state = read): string | null | undefined =>
    thread(then(state, { type: 'headServed', peer: BOB, before, head })).rollback;

  it('is told when the node serves nothing, or an older message, as the newest', () => {
    expect(served('c', 'a')).toBe('c');
    expect(served('c', null)).toBe('c');
  });

  it('is not told of the same, of a newer, of an unknown message, or where none was known', () => {
    expect([served('c', 'c'), served('a', 'c'), served('c', 'unknown'), served(null, null), served(null, 'a')]).toEqual(
      [null, null, null, null, null],
    );
  });

  it('is taken back when the node serves it again', () => {
    const rolled = then(read, { type: 'headServed', peer: BOB, before: 'c', head: 'a' });
    expect(served('c', 'c', rolled)).toBeNull();
  });

  it('is told of a message of an earlier session that is gone, when the thread was read that far', () => {
    const recalled = (kept: { id?: string; digest?: string; at?: number }, state = read): string | null | undefined =>
      thread(
        then(state, { type: 'headRecalled', peer: BOB, kept: { id: 'gone', at: 2, seq: 0, digest: 'd', ...kept } }),
      ).rollback;
    expect(recalled({})).toBe('gone');
    expect(recalled({ id: 'b' })).toBeUndefined();
    const page = play(threadLoaded([message('b', 2), message('c', 3)], { older: 'b' }));
    expect([recalled({ at: 1 }, page), recalled({ at: 2 }, page), recalled({ at: 3 }, page)]).toEqual([
      undefined,
      'gone',
      'gone',
    ]);
    const again = play(threadLoaded([message('other', 2, { digest: 'd' })]));
    expect(recalled({}, again)).toBeUndefined();
    const { digest: _, ...unnamed } = { id: 'gone', at: 2, seq: 0, digest: 'd' };
    expect(thread(then(again, { type: 'headRecalled', peer: BOB, kept: unnamed })).rollback).toBe('gone');
    expect(thread(then(page, { type: 'headRecalled', peer: BOB, kept: unnamed })).rollback).toBe('gone');
    expect(recalled({}, play(threadLoaded([])))).toBe('gone');
    const unsent = play(threadLoaded([], { older: 'x' }), { type: 'sendStarted', peer: BOB, item: pending('local:1') });
    expect(recalled({ at: 99 }, unsent)).toBeUndefined();
  });
});

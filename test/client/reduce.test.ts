import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { reduce, type ChatEvent } from '../../src/client/reduce.ts';
import { INITIAL_STATE, type ChatSummary, type PendingItem, type ThreadItem } from '../../src/client/state.ts';
import { PushChatError } from '../../src/errors.ts';
import { parseDid } from '../../src/protocol/did.ts';

const ALICE = parseDid('0xf39fd6e51aad88f6f4ce6ab8827279cfffb92266');
const BOB = parseDid('0x70997970c51812dc3a010c7d01b50e0d17dc79c8');

const message = (id: string, timestamp: number): ThreadItem => ({
  id,
  from: 'peer',
  timestamp,
  state: 'verified',
  content: { type: 'Text', content: id },
  encrypted: true,
});
const pending: PendingItem = {
  ...message('local:1', 1),
  from: 'me',
  state: 'pending',
  content: { type: 'Text', content: 'hi' },
  encrypted: true,
};
const row = (peer: typeof BOB, timestamp: number): ChatSummary => ({ peer, chatId: 'c', timestamp, unread: 0 });
const received = (id: string, timestamp: number, list: 'chats' | 'requests' = 'chats'): ChatEvent => ({
  type: 'messageReceived',
  peer: BOB,
  item: message(id, timestamp),
  chatId: 'c',
  list,
  unread: list === 'chats',
});
const play = (...events: ChatEvent[]): typeof INITIAL_STATE => events.reduce(reduce, INITIAL_STATE);

describe('reduce', () => {
  it('counts what arrives in a chat as unread, once, until it is read', () => {
    const state = play(received('a', 1), received('b', 2), received('b', 2));
    expect(state.chats.items).toMatchObject([{ peer: BOB, unread: 2, last: { id: 'b' } }]);
    expect(reduce(state, { type: 'threadRead', peer: BOB }).chats.items[0]?.unread).toBe(0);
  });

  it('keeps a request apart and silent', () => {
    const state = play(received('a', 1, 'requests'));
    expect(state.chats.items).toEqual([]);
    expect(state.requests.items).toMatchObject([{ peer: BOB, unread: 0 }]);
  });

  it('moves an accepted request to the chats, and drops a rejected one', () => {
    const request = received('a', 1, 'requests');
    const accepted = play(request, { type: 'relationChanged', peer: BOB, relation: 'chat' });
    expect([accepted.requests.items.length, accepted.chats.items.length]).toEqual([0, 1]);
    const rejected = play(request, { type: 'relationChanged', peer: BOB, relation: 'none' });
    expect([rejected.requests.items.length, rejected.chats.items.length]).toEqual([0, 0]);
  });

  it('keeps the unread count that the node does not know when a list is read anew', () => {
    const state = play(received('a', 5), {
      type: 'listLoaded',
      list: 'chats',
      page: 1,
      before: [],
      rows: [row(BOB, 5), row(ALICE, 9)],
      nextPage: null,
    });
    expect(state.chats.items.map(({ peer, unread }) => [peer, unread])).toEqual([
      [ALICE, 0],
      [BOB, 1],
    ]);
  });

  it('keeps what came, and leaves away what was answered, while a list was being read', () => {
    const before = play(received('old', 1), received('ask', 2, 'requests'));
    const after = [received('new', 5), { type: 'relationChanged', peer: BOB, relation: 'none' } as const].reduce<
      typeof before
    >(reduce, before);
    const chats = reduce(after, {
      type: 'listLoaded',
      list: 'chats',
      page: 1,
      before: before.chats.items,
      rows: [row(BOB, 1)],
      nextPage: null,
    });
    expect(chats.chats.items).toMatchObject([{ peer: BOB, last: { id: 'new' }, unread: 2 }]);
    const requests = reduce(after, {
      type: 'listLoaded',
      list: 'requests',
      page: 1,
      before: before.requests.items,
      rows: [row(BOB, 2)],
      nextPage: null,
    });
    expect(requests.requests.items).toEqual([]);
  });

  it('keeps a failed message until it is discarded', () => {
    const error = new PushChatError('NetworkUnavailable', 'offline');
    const failed = play(
      { type: 'sendStarted', peer: BOB, item: pending },
      { type: 'sendFailed', peer: BOB, id: pending.id, error },
    );
    expect(failed.threads[BOB]?.items).toMatchObject([{ state: 'failed', content: pending.content, error }]);
    expect(reduce(failed, { type: 'sendEnded', peer: BOB, id: pending.id }).threads[BOB]?.items).toEqual([]);
  });

  it('forgets everything with the session', () => {
    const state = play(received('a', 1), { type: 'sessionChanged', session: { status: 'locked', did: ALICE } });
    expect(state).toEqual({ ...INITIAL_STATE, session: { status: 'locked', did: ALICE } });
  });

  it('property: is total — any events in any order leave a state, with rows and items in order', () => {
    const error = new PushChatError('Internal', 'x');
    const id = fc.constantFrom('a', 'b', 'c', 'local:1');
    const event: fc.Arbitrary<ChatEvent> = fc.oneof(
      fc
        .record({ id, at: fc.nat(5), list: fc.constantFrom('chats' as const, 'requests' as const) })
        .map(({ id, at, list }) => received(id, at, list)),
      fc.constantFrom<ChatEvent>(
        { type: 'sendStarted', peer: BOB, item: pending },
        { type: 'sendFailed', peer: BOB, id: pending.id, error },
        { type: 'sendEnded', peer: BOB, id: pending.id },
        { type: 'threadLoading', peer: BOB, part: 'loading' },
        { type: 'threadFailed', peer: BOB, part: 'loadingOlder', error },
        { type: 'threadLoaded', peer: BOB, head: 'c', items: [message('c', 3)], older: 'a' },
        { type: 'olderLoaded', peer: BOB, items: [message('a', 1)], older: null },
        { type: 'listLoading', list: 'chats' },
        { type: 'listFailed', list: 'requests', error },
        { type: 'listLoaded', list: 'requests', page: 2, before: [], rows: [row(BOB, 2)], nextPage: null },
        { type: 'relationChanged', peer: BOB, relation: 'chat' },
        { type: 'blockedChanged', blocked: [BOB] },
        { type: 'threadRead', peer: ALICE },
        { type: 'connectionChanged', connection: 'offline' },
        { type: 'sessionChanged', session: { status: 'ready', did: ALICE } },
      ),
    );
    fc.assert(
      fc.property(fc.array(event, { maxLength: 20 }), (events) => {
        const state = play(...events);
        for (const list of [state.chats.items, state.requests.items]) {
          const times = list.map(({ timestamp }) => timestamp);
          expect(times).toEqual([...times].sort((a, b) => b - a));
          expect(new Set(list.map(({ peer }) => peer)).size).toBe(list.length);
        }
        const items = state.threads[BOB]?.items ?? [];
        expect(new Set(items.map((item) => item.id)).size).toBe(items.length);
      }),
      { numRuns: 500 },
    );
  });

  describe('CH-15 a thread that nobody looks at', () => {
    const items = Array.from({ length: 50 }, (_, i) => message(`m${String(i).padStart(2, '0')}`, 100 + i));
    const loaded = (older: string | null): ChatEvent[] => [
      { type: 'threadLoaded', peer: BOB, head: 'm49', items, older },
      { type: 'sendStarted', peer: BOB, item: pending },
    ];
    const trimmed: ChatEvent = { type: 'threadTrimmed', peer: BOB, most: 20 };
    const threadOf = (state: typeof INITIAL_STATE) => state.threads[BOB];

    it('keeps its newest messages, whatever is not sent yet, and where the others go on', () => {
      const thread = threadOf(play(...loaded(null), trimmed));
      const stored = thread?.items.filter(({ state }) => state === 'verified').map(({ id }) => id);
      expect(stored).toEqual(items.slice(-19).map(({ id }) => id));
      expect(thread?.items.some(({ state }) => state === 'pending')).toBe(true);
      expect([thread?.older, thread?.head]).toEqual(['m31', 'm49']);
    });

    it('is whole again when the others are read', () => {
      const whole = play(...loaded(null));
      const again = play(...loaded(null), trimmed, {
        type: 'olderLoaded',
        peer: BOB,
        items: items.slice(0, 32),
        older: null,
      });
      expect(threadOf(again)?.items).toEqual(threadOf(whole)?.items);
      expect(threadOf(again)?.older).toBeNull();
    });

    it('is left alone while it is read, when it is short, and when there is none', () => {
      const reading = play(...loaded('m00'), { type: 'threadLoading', peer: BOB, part: 'loadingOlder' });
      expect(threadOf(reduce(reading, trimmed))?.items).toBe(threadOf(reading)?.items);
      const short = play({ type: 'threadLoaded', peer: BOB, head: 'm49', items: items.slice(-20), older: 'm30' });
      expect(threadOf(reduce(short, trimmed))).toMatchObject({ items: items.slice(-20), older: 'm30' });
      expect(reduce(INITIAL_STATE, trimmed)).toBe(INITIAL_STATE);
    });
  });
});

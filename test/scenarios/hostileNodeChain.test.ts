import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { directTransport } from '../../src/client/directTransport.ts';
import { noticesOf } from '../../src/client/notices.ts';
import type { PushChatClient } from '../../src/client/PushChatClient.ts';
import { memoryStorage } from '../../src/client/storage/memoryStorage.ts';
import type { DeviceStorage } from '../../src/client/storage/storage.ts';
import type { StoredMessage } from '../../src/protocol/payload.ts';
import { createTestWorld, type TestWorld, type TestUser, type JoinOptions } from '../../src/testing/testWorld.ts';
import { hostileNode, inHeads, inHistory, renamed, type HostileNode, type Lie } from '../../src/testing/hostileNode.ts';
import { itemsOf, text, textsOf, until } from '../support/until.ts';

let world: TestWorld;
let alice: TestUser;
let bob: TestUser;
const WORDS = ['one', 'two', 'three', 'four', 'five', 'six'];

beforeEach(async () => {
  world = createTestWorld();
  [alice, bob] = await Promise.all([world.join('Alice'), world.join('Bob')]);
  await alice.client.sendMessage(bob.did, text(WORDS[0]!));
  await until(bob.client, ({ requests }) => requests.items.length === 1);
  await bob.client.acceptRequest(alice.did);
  for (const word of WORDS.slice(1)) await alice.client.sendMessage(bob.did, text(word));
});
afterEach(() => {
  world.close();
});

interface Device {
  readonly client: PushChatClient;
  readonly node: HostileNode;
}

async function deviceOf(lies: readonly Lie[] | (() => readonly Lie[]), options: JoinOptions = {}): Promise<Device> {
  const node = hostileNode(world.node, lies);
  const { client } = await world.join('Bob', { ...options, through: () => directTransport(node) });
  return { client, node };
}

async function reading(...lies: readonly Lie[]): Promise<PushChatClient> {
  const { client } = await deviceOf(lies);
  await client.openThread(alice.did);
  return client;
}

const noticesIn = (client: PushChatClient): string[] => {
  const { threads, identities } = client.store.get();
  const thread = threads[alice.did];
  if (!thread) return [];
  const place = (id: string | null): string => {
    const at = thread.items.findIndex((item) => item.id === id);
    return at < 0 ? 'the end' : (textsOf(client, alice.did)[at] ?? '');
  };
  return noticesOf(thread, identities[alice.did]).map(
    ({ code, before, missing }) => `${code}${missing === undefined ? '' : `(${missing})`} before ${place(before)}`,
  );
};

/** Takes messages out of histories, by their place from the oldest. */
const taking = (...gone: readonly number[]) =>
  inHistory((messages) => messages.filter((_, i) => !gone.includes(messages.length - 1 - i)));

/** Takes one out and links all that follows anew, under the ids of the new bytes. */
const relinking = (gone: number) =>
  inHistory((messages) => {
    let link: string | null = null;
    return [...messages]
      .reverse()
      .filter((_, i) => i !== gone)
      .map((message, i) => {
        const forged: StoredMessage = i < gone ? message : renamed({ ...message, link });
        link = forged.cid;
        return forged;
      })
      .reverse();
  });

describe('a node that takes messages out of a thread', () => {
  it('says nothing of one that is honest', async () => {
    const client = await reading();
    expect(textsOf(client, alice.did)).toEqual(WORDS);
    expect(noticesIn(client)).toEqual([]);
  });

  it('CH-05 leaves a notice in the place of what is missing', async () => {
    const client = await reading({ name: 'CH-05', answer: taking(2) });
    expect(textsOf(client, alice.did)).toEqual(WORDS.filter((word) => word !== 'three'));
    expect(noticesIn(client)).toEqual(['HistoryGap(1) before four']);
  });

  it('CH-13 and links anew what follows: its senders had said what they followed', async () => {
    const client = await reading({ name: 'CH-13', answer: relinking(2) });
    const notices = noticesIn(client);
    expect(textsOf(client, alice.did)).toEqual(WORDS.filter((word) => word !== 'three'));
    expect(notices[0]).toBe('HistoryGap(1) before four');
    expect(notices).toContain('ChainBroken before five');
  });

  it('CH-14 withholds what was the newest: the number of the next one tells how many', async () => {
    const withheld = [
      await alice.client.sendMessage(bob.did, text('withheld')),
      await alice.client.sendMessage(bob.did, text('withheld, too')),
    ];
    const hidden = await deviceOf([
      { name: 'CH-14', answer: inHistory((all) => all.filter(({ cid }) => !withheld.includes(cid))) },
    ]);
    await alice.client.sendMessage(bob.did, text('last'));
    await hidden.client.openThread(alice.did);
    expect(noticesIn(hidden.client)).toEqual(['HistoryGap(2) before last']);
  });

  it('CH-08 DU-08 serves an older end than before: HistoryRollback, and what was seen stays', async () => {
    const heads: string[] = [];
    const lies: Lie[] = [];
    const { client } = await deviceOf(() => lies);
    await client.openThread(alice.did);
    heads.push(...itemsOf(client, alice.did).map(({ id }) => id));
    lies.push({ name: 'CH-08', answer: inHeads(() => heads[2] ?? null) });
    await client.openThread(alice.did);
    expect(textsOf(client, alice.did)).toEqual(WORDS);
    expect(noticesIn(client)).toEqual(['HistoryRollback before the end']);
    lies.length = 0;
    await client.openThread(alice.did);
    expect(noticesIn(client)).toEqual([]);
  });
});

describe('a device that was here before', () => {
  /** Reads the thread, and ends; what it keeps of messages is lost, as for want of room, when it is to be. */
  async function visit(storage: DeviceStorage, { forgets }: { forgets: boolean }): Promise<readonly string[]> {
    const { client } = await deviceOf([], { storage });
    await client.openThread(alice.did);
    for (const kind of ['/head/', '/thread/']) {
      await expect.poll(async () => (await storage.list('')).some(([key]) => key.includes(kind))).toBe(true);
    }
    const ids = itemsOf(client, alice.did).map(({ id }) => id);
    client.close();
    if (forgets) for (const [key] of await storage.list('')) if (key.includes('/thread/')) await storage.delete(key);
    return ids;
  }

  it.each([
    ['with its messages', false],
    ['without its messages', true],
  ])('CH-08 DU-08 finds an older end in its next session, %s', async (_, forgets) => {
    const storage = memoryStorage();
    const ids = await visit(storage, { forgets });
    const lies: Lie[] = [{ name: 'CH-08', answer: inHeads(() => ids[2] ?? null) }];
    const { client } = await deviceOf(() => lies, { storage });
    await client.openThread(alice.did);
    expect(noticesIn(client)).toEqual(['HistoryRollback before the end']);
    expect(textsOf(client, alice.did)).toEqual(forgets ? WORDS.slice(0, 3) : WORDS);
    lies.length = 0;
    await client.openThread(alice.did);
    expect([textsOf(client, alice.did), noticesIn(client)]).toEqual([WORDS, []]);
  });

  it('CH-08 finds that a whole thread is denied in its next session', async () => {
    const storage = memoryStorage();
    await visit(storage, { forgets: true });
    const { client } = await deviceOf([{ name: 'CH-08', answer: inHeads(() => null) }], { storage });
    await client.openThread(alice.did);
    expect(noticesIn(client)).toEqual(['HistoryRollback before the end']);
  });

  it('CH-14 numbers on from what it wrote, though it has not read the thread yet', async () => {
    const storage = memoryStorage();
    const last = await bob.client.sendMessage(alice.did, text('from another device'));
    await visit(storage, { forgets: true });
    const { client } = await deviceOf([], { storage });
    const id = await client.sendMessage(alice.did, text('at once'));
    await alice.client.openThread(bob.did);
    const placed = itemsOf(alice.client, bob.did).find((item) => item.id === id);
    expect(placed).toMatchObject({ binding: { seq: 2, prev: last } });
  });
});

describe('a node that plays with times and pages', () => {
  it.each([0, -1, 2 ** 63, 8.64e15, Number.MAX_VALUE])(
    'CH-10 a stored time of %d puts no message out of its place, and no row on top',
    async (timestamp) => {
      const forge = inHistory((messages) =>
        messages.map((message, i) => (i === messages.length - 2 ? renamed({ ...message, timestamp }) : message)),
      );
      const client = await reading({ name: 'CH-10', answer: forge });
      const texts = textsOf(client, alice.did);
      expect([...texts].sort()).toEqual([...WORDS].sort());
      // By the time that its sender signed, to the second: not the first of all, nor after what is new.
      await alice.client.sendMessage(bob.did, text('newest'));
      await until(client, () => textsOf(client, alice.did).includes('newest'));
      expect(textsOf(client, alice.did).at(-1)).toBe('newest');
      for (const item of itemsOf(client, alice.did))
        expect(Math.abs(item.timestamp - Date.now())).toBeLessThan(120_000);
    },
  );

  it('CH-10 a chat’s newest message of the year 275760 does not hold its row on top', async () => {
    const carol = await world.join('Carol');
    const pinned: Lie = {
      name: 'CH-10',
      answer: (answer, { path }) => {
        if (!path.includes('/chats?')) return answer;
        const { chats } = answer as { chats: { did: string; msg: StoredMessage }[] };
        return {
          chats: chats.map((row) =>
            row.did === alice.did ? { ...row, msg: renamed({ ...row.msg, timestamp: 8.64e15 }) } : row,
          ),
        };
      },
    };
    await carol.client.sendMessage(bob.did, text('hello'));
    await until(bob.client, ({ requests }) => requests.items.length === 1);
    await bob.client.acceptRequest(carol.did);
    await new Promise((resolve) => setImmediate(resolve));
    await carol.client.sendMessage(bob.did, text('newer'));
    const { client } = await deviceOf([pinned]);
    const { chats } = await until(client, ({ chats: { items } }) => items.length === 2);
    for (const { timestamp } of chats.items) expect(timestamp).toBeLessThan(Date.now() + 60_000);
  });

  it.each([
    ['empty', () => []],
    ['full of repeats', (messages: readonly StoredMessage[]) => [...messages, ...messages].slice(0, 30)],
    ['out of order', (messages: readonly StoredMessage[]) => [...messages].reverse()],
    ['always the same', (messages: readonly StoredMessage[]) => messages.slice(0, 2)],
  ] as const)('CH-12 pages that are %s end, and show each message once', async (_, change) => {
    let asked = 0;
    const { client } = await deviceOf([
      { name: 'CH-12', answer: inHistory(change) },
      {
        name: 'count',
        response: (response, { path }) => ((asked += Number(path.includes('conversationhash'))), response),
      },
    ]);
    await client.openThread(alice.did);
    for (let page = 0; page < 5; page += 1) await client.loadOlder(alice.did);
    const texts = textsOf(client, alice.did);
    expect(new Set(texts).size).toBe(texts.length);
    expect(texts).toEqual(WORDS.filter((word) => texts.includes(word)));
    expect(asked).toBeLessThan(25);
  });

  it('CH-06 links in a circle end, and are told', async () => {
    // Ids of before 2024 are not made of the link, so that only they can be linked in a circle.
    const circle = inHistory((messages) =>
      messages.map((message, i) => ({
        ...message,
        cid: `v2:${String(i).repeat(64)}`,
        link: `v2:${String((i + 1) % 6).repeat(64)}`,
      })),
    );
    const client = await reading({ name: 'CH-06', answer: circle });
    expect([...textsOf(client, alice.did)].sort()).toEqual([...WORDS].sort());
    expect(noticesIn(client).some((notice) => notice.startsWith('LinkCycle'))).toBe(true);
  });
});

describe('a node that is odd live', () => {
  it('CH-16 NW-06 a message that comes before the one it follows is shown in its place, with nothing missing', async () => {
    let drop = false;
    const { client } = await deviceOf([{ name: 'NW-06', event: (payload) => (drop ? [] : [payload]) }]);
    await client.openThread(alice.did);
    drop = true;
    await alice.client.sendMessage(bob.did, text('dropped'));
    drop = false;
    await alice.client.sendMessage(bob.did, text('told'));
    await until(client, () => textsOf(client, alice.did).includes('told'));
    expect(textsOf(client, alice.did)).toEqual([...WORDS, 'dropped', 'told']);
    expect(noticesIn(client)).toEqual([]);
  });

  it('CH-16 is shown all the same after a while, with a mark, where the one before does not come', async () => {
    let stuck = false;
    let drop = false;
    const waited: number[] = [];
    const { client } = await deviceOf(
      [
        { name: 'NW-06', event: (payload) => (drop ? [] : [payload]) },
        {
          name: 'CH-16',
          response: (response, { path }) =>
            stuck && path.includes('conversationhash') ? new Promise<Response>(() => undefined) : response,
        },
      ],
      { wait: (ms) => (waited.push(ms), Promise.resolve()) },
    );
    await client.openThread(alice.did);
    drop = true;
    await alice.client.sendMessage(bob.did, text('dropped'));
    [drop, stuck] = [false, true];
    await alice.client.sendMessage(bob.did, text('told'));
    await until(client, () => textsOf(client, alice.did).includes('told'));
    expect(noticesIn(client)).toEqual(['HistoryGap(1) before told']);
    expect(Math.max(...waited)).toBeLessThanOrEqual(5_000);
  });

  it('NW-06 events told five times, out of order, or not at all lead to what the node would have answered', async () => {
    const held: unknown[] = [];
    let turn = 0;
    const lie: Lie = {
      name: 'NW-06',
      event: (payload) => {
        turn += 1;
        if (turn % 3 === 0) return [];
        held.push(payload);
        return turn % 3 === 2 ? [held.at(-1), ...held, ...held].reverse() : Array<unknown>(5).fill(payload);
      },
    };
    const { client } = await deviceOf([lie]);
    await client.openThread(alice.did);
    const more = Array.from({ length: 9 }, (_, i) => `more ${i}`);
    for (const word of more) await alice.client.sendMessage(bob.did, text(word));
    await client.refresh();
    expect(textsOf(client, alice.did)).toEqual([...WORDS, ...more]);
    expect(client.store.get().threads[alice.did]?.items).toHaveLength(WORDS.length + more.length);
  });

  it('NW-09 an event that contradicts the history changes nothing of it', async () => {
    const contradict: Lie = {
      name: 'NW-09',
      event: (payload) => [
        { ...(payload as object), messageObj: { content: 'lies' }, messageContent: 'lies', encType: 'PlainText' },
      ],
    };
    const { client } = await deviceOf([contradict]);
    await client.openThread(alice.did);
    await alice.client.sendMessage(bob.did, text('truth'));
    await until(client, () => itemsOf(client, alice.did).length > WORDS.length);
    await client.openThread(alice.did);
    expect(textsOf(client, alice.did)).toEqual([...WORDS, 'truth']);
  });

  it('NW-08 a connection that seems open and is deaf is found out within a minute', async () => {
    let tick: (() => void) | undefined;
    let every = 0;
    const { client } = await deviceOf([{ name: 'NW-08', event: () => [] }], {
      every: (ms, task) => {
        every = ms;
        tick = task;
        return () => undefined;
      },
    });
    await client.openThread(alice.did);
    await alice.client.sendMessage(bob.did, text('unheard'));
    expect(textsOf(client, alice.did)).toEqual(WORDS);
    expect(every).toBeLessThanOrEqual(60_000);
    tick?.();
    await until(client, () => textsOf(client, alice.did).includes('unheard'));
  });
});

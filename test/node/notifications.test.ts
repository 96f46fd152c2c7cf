import { Wallet } from 'ethers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../src/crypto/hash.ts';
import { signText } from '../../src/crypto/pgp.ts';
import { createCommit } from '../../src/node/commit.ts';
import type { NodeContext } from '../../src/node/context.ts';
import { createDelivery } from '../../src/node/delivery.ts';
import { resumeSpreading } from '../../src/node/notifications/placeNotification.ts';
import { applyEntry } from '../../src/node/replication/applyEntry.ts';
import { createMemoryStore } from '../../src/node/store/memoryStore.ts';
import type { NodeStore } from '../../src/node/store/store.ts';
import { journalAfter } from '../../src/node/tables/journal.ts';
import { saveNotification, startSpreading } from '../../src/node/tables/notifications.ts';
import { parseDid } from '../../src/protocol/did.ts';
import type { FeedItem } from '../../src/protocol/notifications/notification.ts';
import type { SubscriptionAction } from '../../src/protocol/notifications/subscription.ts';
import { routes } from '../../src/protocol/routes.ts';
import { didOf, NOW } from '../support/builders.ts';
import { broadcast, caip, identityOf, subscription, targeted } from '../support/notifications.ts';
import { privateKeyOf, vectorUser } from '../support/vectors.ts';
import { createGroupWorld } from './groups/groupWorld.ts';
import { createNodeWorld, type Answer, type NodeWorld } from './nodeWorld.ts';

const NAMES = ['alice', 'bob', 'carol'] as const;

async function newWorld(store?: NodeStore): Promise<NodeWorld> {
  const world = createNodeWorld(store);
  await world.join(...NAMES);
  return world;
}

const later = (seconds: number): Date => new Date(NOW.getTime() + seconds * 1_000);

/** Opts in or out at the world's time. */
async function change(
  world: NodeWorld,
  action: SubscriptionAction,
  who: string,
  channel: string,
  options?: Parameters<typeof subscription>[3],
): Promise<Answer> {
  const date = new Date(world.clock.time);
  const route = action === 'Subscribe' ? routes.subscribe(caip(channel)) : routes.unsubscribe(caip(channel));
  return world.call(route, await subscription(action, who, channel, { date, ...options }));
}

const send = async (world: NodeWorld, body: object): Promise<Answer> => world.call(routes.sendNotification(), body);

/** The titles of an account's feed, the newest first. */
async function titles(world: NodeWorld, name: string, box: 'inbox' | 'spam' = 'inbox'): Promise<string[]> {
  const { body } = await world.call(routes.feeds(caip(name), 1, 30, box === 'spam'));
  const feeds = body.feeds as FeedItem[];
  expect(body.itemcount).toBe(feeds.length);
  return feeds.map(({ payload }) => payload.notification.title);
}

type Heard = [event: string, title: string];

/** Notifications that an account hears live, from now on. */
function hear(world: NodeWorld, name: string): Heard[] {
  const heard: Heard[] = [];
  world.node.connect(didOf(name), (event, payload) => {
    if (event.startsWith('user')) heard.push([event, (payload as FeedItem).payload.notification.title]);
  });
  return heard;
}

describe('a notification to one account', () => {
  it('goes to the inbox of whoever subscribes to its channel, to the spam of others, and is heard live', async () => {
    const world = await newWorld();
    const [bob, carol] = [hear(world, 'bob'), hear(world, 'carol')];
    expect((await change(world, 'Subscribe', 'bob', 'alice')).status).toBe(204);
    const answers = [
      await send(world, await targeted('alice', 'bob')),
      await send(world, await targeted('alice', 'carol')),
    ];
    expect(answers.map(({ status }) => status)).toEqual([201, 201]);
    expect([await titles(world, 'bob'), await titles(world, 'bob', 'spam')]).toEqual([['Rain'], []]);
    expect([await titles(world, 'carol'), await titles(world, 'carol', 'spam')]).toEqual([[], ['Rain']]);
    expect([bob, carol]).toEqual([[['userFeeds', 'Rain']], [['userSpamFeeds', 'Rain']]]);
  });

  it('is served as it was signed, with what its channel says of itself', async () => {
    const world = await newWorld();
    const body = await targeted('alice', 'bob', {
      identity: identityOf(3, caip('bob'), 'Rain', { etime: 1_800_000_000, hidden: true }),
      flavour: 'wallet',
    });
    const { payload_id } = (await send(world, body)).body;
    const { feeds } = (await world.call(routes.channelFeeds(caip('bob'), caip('alice'), 1, 10, true))).body;
    expect(feeds).toEqual([
      {
        payload_id,
        sender: caip('alice'),
        epoch: NOW.toISOString(),
        source: 'ETH_TEST_SEPOLIA',
        etime: '2027-01-15T08:00:00.000Z',
        payload: {
          recipients: caip('bob'),
          notification: { title: 'Rain', body: 'In an hour.' },
          verificationProof: body.verificationProof,
          identity: body.identity,
          data: expect.objectContaining({
            asub: 'Rain',
            amsg: 'Take an umbrella.',
            acta: 'https://rain.test',
            hidden: '1',
            silent: '0',
            sid: String(payload_id),
            icon: expect.stringMatching(/^data:image/),
          }),
        },
      },
    ]);
    const others = await world.call(routes.channelFeeds(caip('bob'), caip('carol'), 1, 10, true));
    expect(others.body).toEqual({ feeds: [], itemcount: 0 });
  });

  it('is stored once however often it is posted, and not again in another envelope', async () => {
    const world = await newWorld();
    const body = await targeted('alice', 'bob', { flavour: 'wallet' });
    const first = await send(world, body);
    expect(await send(world, body)).toEqual(first);
    const again = { ...body, verificationProof: body.verificationProof.replace('::uid::f', '::uid::0') };
    expect(await send(world, again)).toMatchObject({ status: 409, body: { details: { code: 'ReplayDetected' } } });
    expect(await titles(world, 'bob', 'spam')).toEqual(['Rain']);
  });

  it('is refused in another’s name, by wallet and by chat key', async () => {
    const world = await newWorld();
    for (const flavour of ['wallet', 'key'] as const) {
      const forged = { ...(await targeted('carol', 'bob', { flavour })), sender: caip('alice') };
      expect(await send(world, forged)).toMatchObject({ status: 403, body: { details: { code: 'ProofInvalid' } } });
    }
    expect(await titles(world, 'bob', 'spam')).toEqual([]);
  });

  it('does not reach whoever blocks its channel, alone or among others', async () => {
    const world = await newWorld();
    await change(world, 'Subscribe', 'bob', 'alice');
    await world.block('bob', 'alice');
    expect((await send(world, await targeted('alice', 'bob'))).body.details.code).toBe('BlockedPeer');
    const some = identityOf(4, { [caip('bob')]: null, [caip('carol')]: null });
    await send(world, { ...(await targeted('alice', 'alice', { identity: some })), recipient: caip('alice') });
    expect([await titles(world, 'bob'), await titles(world, 'bob', 'spam')]).toEqual([[], []]);
    expect(await titles(world, 'carol', 'spam')).toEqual(['Rain']);
  });

  it('comes in pages, the newest first', async () => {
    const world = await newWorld();
    for (const title of ['1', '2', '3', '4', '5']) {
      world.clock.time += 1_000;
      await send(world, await targeted('alice', 'bob', { identity: identityOf(3, caip('bob'), title) }));
    }
    const page = async (number: number) => (await world.call(routes.feeds(caip('bob'), number, 2, true))).body;
    const [first, third] = [await page(1), await page(3)];
    const titlesOf = ({ feeds }: { feeds: FeedItem[] }) => feeds.map(({ payload }) => payload.notification.title);
    expect([titlesOf(first), titlesOf(third), first.itemcount]).toEqual([['5', '4'], ['1'], 5]);
  });
});

describe('ND-05 floods of notifications', () => {
  it('ND-05 an account that notifies too many is told when to go on, and others are not held up', async () => {
    const world = createNodeWorld(undefined, { limits: { notified: { burst: 3, perSecond: 1 } } });
    await world.join(...NAMES);
    const some = (title: string) => identityOf(4, { [caip('bob')]: null, [caip('carol')]: null }, title);
    const toSome = async (title: string) => send(world, await targeted('alice', 'alice', { identity: some(title) }));
    expect((await toSome('first')).status).toBe(201);
    expect(await toSome('second')).toMatchObject({ status: 429, body: { details: { code: 'RateLimited' } } });
    expect((await send(world, await targeted('carol', 'bob'))).status).toBe(201);
    world.clock.time += 1_000;
    expect((await toSome('second')).status).toBe(201);
    expect(await titles(world, 'bob', 'spam')).toHaveLength(3);
  });
});

describe('a notification to all subscribers', () => {
  it('reaches those who subscribe when it is sent, and nobody else', async () => {
    const world = await newWorld();
    await change(world, 'Subscribe', 'bob', 'alice');
    await send(world, await broadcast('alice'));
    world.clock.time += 1_000;
    await change(world, 'Subscribe', 'carol', 'alice');
    await change(world, 'Unsubscribe', 'bob', 'alice');
    world.clock.time += 1_000;
    await send(world, await broadcast('alice', { identity: identityOf(1, caip('alice'), 'Sun') }));
    expect([await titles(world, 'bob'), await titles(world, 'carol')]).toEqual([['Rain'], ['Sun']]);
    expect([await titles(world, 'bob', 'spam'), await titles(world, 'carol', 'spam')]).toEqual([[], []]);
  });

  it('reaches many more than are told in one transaction, each once', async () => {
    const world = await newWorld();
    const wallets = Array.from({ length: 450 }, (_, i) => new Wallet(sha256Hex(`subscriber ${i}`)));
    for (const wallet of wallets) {
      const message = JSON.stringify({ channel: didOf('alice'), subscriber: wallet.address, action: 'Subscribe' });
      const domain = {
        name: 'EPNS COMM V1',
        chainId: 1,
        verifyingContract: '0xb3971BCef2D791bc4027BbfedFb47319A4AAaaAa',
      };
      const types = { Data: [{ name: 'data', type: 'string' }] };
      const verificationProof = `eip712v2:${await wallet.signTypedData(domain, types, { data: message })}`;
      const channel = `eip155:1:${vectorUser('alice').address}`;
      expect((await world.call(routes.subscribe(channel), { verificationProof, message })).status).toBe(204);
    }
    await send(world, await broadcast('alice'));
    for (const { address } of wallets) {
      expect((await world.call(routes.feeds(`eip155:1:${address}`, 1, 10, false))).body.itemcount).toBe(1);
    }
    const { body } = await world.call(routes.subscribers(caip('alice'), 15, 30));
    expect([body.itemcount, body.subscribers.length]).toEqual([450, 30]);
  });

  it('DU-02 goes on where a crash interrupted it', async () => {
    const store = createMemoryStore();
    const world = await newWorld(store);
    await change(world, 'Subscribe', 'bob', 'alice');
    const row = { digest: 'd', body: await broadcast('alice'), at: world.clock.time };
    await store.write(async (rows) => {
      await saveNotification(rows, parseDid(didOf('alice')), row);
      await startSpreading(rows, row.digest, undefined);
    });
    expect(await titles(world, 'bob')).toEqual([]);
    const { context } = newNode(store);
    await resumeSpreading(context);
    await resumeSpreading(context);
    expect(await titles(world, 'bob')).toEqual(['Rain']);
  });
});

describe('opting in and out', () => {
  it('is seen by both sides, with the settings', async () => {
    const world = await newWorld();
    await change(world, 'Subscribe', 'bob', 'alice', { settings: '1+1-1' });
    await change(world, 'Subscribe', 'carol', 'alice', { flavour: 'wallet' });
    const { address } = vectorUser('alice');
    const subscriptions = async (name: string) => (await world.call(routes.subscriptions(caip(name)))).body;
    expect(await subscriptions('bob')).toEqual({ subscriptions: [{ channel: address, user_settings: '1+1-1' }] });
    expect(await subscriptions('carol')).toEqual({ subscriptions: [{ channel: address, user_settings: null }] });
    const { body } = await world.call(routes.subscribers(caip('alice'), 1, 10));
    expect(body.subscribers.map(({ subscriber }: { subscriber: string }) => subscriber).sort()).toEqual(
      [vectorUser('bob').address, vectorUser('carol').address].sort(),
    );
    expect((await world.call(routes.channel(caip('alice')))).body).toMatchObject({
      channel: address,
      subscriber_count: 2,
    });
    await change(world, 'Unsubscribe', 'bob', 'alice');
    expect(await subscriptions('bob')).toEqual({ subscriptions: [] });
  });

  it.each(['wallet', 'key'] as const)('GR-06 an old yes by %s brings nobody back who left', async (flavour) => {
    const world = await newWorld();
    const yes = await subscription('Subscribe', 'bob', 'alice', { flavour });
    const subscribe = routes.subscribe(caip('alice'));
    expect((await world.call(subscribe, yes)).status).toBe(204);
    expect((await world.call(subscribe, yes)).status).toBe(204);
    await change(world, 'Unsubscribe', 'bob', 'alice', { flavour });
    expect(await world.call(subscribe, yes)).toMatchObject({
      status: 409,
      body: { details: { code: 'ReplayDetected' } },
    });
    expect((await world.call(routes.subscriptions(caip('bob')))).body).toEqual({ subscriptions: [] });
    world.clock.time += 5_000;
    expect((await change(world, 'Subscribe', 'bob', 'alice', { flavour: 'key' })).status).toBe(204);
  });

  it('takes the older form, which is a struct of its own', async () => {
    const world = await newWorld();
    const [channel, subscriber] = [vectorUser('alice').address, vectorUser('bob').address];
    const domain = {
      name: 'EPNS COMM V1',
      chainId: 11155111,
      verifyingContract: '0x0c34d54a09cfe75bccd878a469206ae77e0fe6e7',
    };
    const types = {
      Subscribe: [
        { name: 'channel', type: 'address' },
        { name: 'subscriber', type: 'address' },
        { name: 'action', type: 'string' },
      ],
    };
    const message = { channel, subscriber, action: 'Subscribe' };
    const verificationProof = await new Wallet(vectorUser('bob').walletPrivateKey).signTypedData(
      domain,
      types,
      message,
    );
    const body = { verificationProof, message: { ...message, channel: caip('alice'), subscriber: caip('bob') } };
    expect((await world.call(routes.subscribe(caip('alice')), body)).status).toBe(204);
    expect((await world.call(routes.subscribe(caip('carol')), body)).body.details.code).toBe('ReceiverMismatch');
    expect((await world.call(routes.subscriptions(caip('bob')))).body.subscriptions).toHaveLength(1);
  });

  it('is refused for somebody else', async () => {
    const world = await newWorld();
    const yes = await subscription('Subscribe', 'carol', 'alice');
    const { verificationProof } = await subscription('Subscribe', 'bob', 'alice');
    const answer = await world.call(routes.subscribe(caip('alice')), { ...yes, verificationProof });
    expect(answer).toMatchObject({ status: 403, body: { details: { code: 'ProofInvalid' } } });
  });

  it('channels are found by name and address', async () => {
    const world = await newWorld();
    await send(world, await targeted('alice', 'bob'));
    const found = async (words: string) => (await world.call(routes.searchChannels(words, 1, 10))).body.itemCount;
    const { address } = vectorUser('alice');
    expect([await found(address.slice(0, 8).toLowerCase()), await found('nobody of that name')]).toEqual([1, 0]);
    expect((await world.call(routes.channel(`eip155:1:0x${'12'.repeat(20)}`))).status).toBe(404);
  });
});

describe('a message in a chat', () => {
  it('notifies its receiver once the chat is accepted, and never of a request', async () => {
    const world = await newWorld();
    const heard: FeedItem[] = [];
    for (const name of ['alice', 'bob']) {
      world.node.connect(didOf(name), (event, payload) => {
        if (event === 'userFeeds') heard.push(payload as FeedItem);
      });
    }
    await world.ask('alice', 'bob');
    await world.send('alice', 'bob', 'Are you there?');
    expect(heard).toEqual([]);
    await world.accept('alice', 'bob');
    const { body: message } = await world.send('alice', 'bob', 'A secret');
    expect(heard).toEqual([
      expect.objectContaining({
        source: 'PUSH_CHAT',
        sender: didOf('alice'),
        epoch: new Date(message.timestamp).toISOString(),
      }),
    ]);
    const [{ payload }] = heard as [FeedItem];
    expect(payload.data).toMatchObject({
      hidden: '1',
      additionalMeta: { data: JSON.stringify({ chatId: message.chatId, cid: message.cid }) },
    });
    expect(payload.verificationProof).toBe(
      `${message.verificationProof}:internal:${message.chatId}::uid::${message.timestamp}`,
    );
    expect(JSON.stringify(heard)).not.toContain(message.messageContent);
    expect(await titles(world, 'bob')).toEqual([]);
  });

  it('in a group notifies all who are in it, but neither its sender nor who is still invited', async () => {
    const world = createGroupWorld();
    await world.join(...NAMES);
    const chatId = await world.group('alice', { isPublic: true, members: ['bob', 'carol'] });
    await world.enter('bob', chatId);
    const heard = NAMES.map((name) => hear(world, name));
    await world.say('alice', chatId);
    expect(heard.map(({ length }) => length)).toEqual([0, 1, 0]);
  });

  it('lets those who chat call each other, and nobody else', async () => {
    const world = await newWorld();
    const { chatId } = (await world.ask('alice', 'bob')).body;
    const call = async (from: string, to: string, date: Date): Promise<Answer> => {
      const identity = identityOf(3, caip(to), 'Call', {
        additionalMeta: { type: '1+1', data: '{}', domain: 'push.org' },
      });
      const signature = await signText(sha256Hex(JSON.stringify({ data: identity })), await privateKeyOf(from), date);
      const verificationProof = `pgpv2:${signature}:meta:${chatId}::uid::1`;
      return send(world, {
        verificationProof,
        identity,
        sender: didOf(from),
        source: 'PUSH_VIDEO',
        recipient: caip(to),
      });
    };
    expect((await call('alice', 'bob', NOW)).body.details.code).toBe('NotPermitted');
    await world.accept('alice', 'bob');
    expect((await call('alice', 'bob', later(1))).status).toBe(201);
    expect((await call('carol', 'bob', later(1))).body.details.code).toBe('NotPermitted');
    expect(await titles(world, 'bob')).toEqual(['Call']);
  });
});

interface Place {
  readonly context: NodeContext;
  readonly store: NodeStore;
}

const fails = (error: unknown): void => {
  throw error;
};

function newNode(store: NodeStore = createMemoryStore()): Place {
  const now = (): number => later(3_600).getTime();
  const commit = createCommit({ store, delivery: createDelivery(fails), now }, fails);
  const open = { check: () => Promise.resolve({ access: true as const }) };
  return { store, context: { store, commit, now, chains: new Map(), rules: { entry: open, chat: open }, warn: fails } };
}

const journalOf = (store: NodeStore) => store.read((rows) => journalAfter(rows, 0, 1_000));

describe('notifications on several nodes', () => {
  it('come to the same feeds on all of them, in whatever order the acts of both come together', async () => {
    const stores = [createMemoryStore(), createMemoryStore()] as const;
    const [left, right] = [await newWorld(stores[0]), await newWorld(stores[1])];
    const note = async (title: string, date: Date) =>
      targeted('alice', 'bob', { identity: identityOf(3, caip('bob'), title), date });
    const everyone = (title: string) => broadcast('alice', { identity: identityOf(1, caip('alice'), title) });
    const twice = await everyone('Twice');
    left.clock.time += 10_000;
    await change(left, 'Subscribe', 'bob', 'alice');
    left.clock.time += 10_000;
    await send(left, await everyone('To bob'));
    await send(left, twice);
    right.clock.time += 15_000;
    await send(right, await note('While subscribed', later(15)));
    right.clock.time += 2_000;
    await send(right, twice);
    right.clock.time += 5_000;
    await change(right, 'Subscribe', 'carol', 'alice');
    await change(right, 'Unsubscribe', 'bob', 'alice');
    await send(right, await note('After leaving', later(22)));
    left.clock.time += 10_000;
    await send(left, await everyone('To carol'));
    left.clock.time += 1;
    await left.block('carol', 'alice');
    right.clock.time += 20_000;
    await send(right, await everyone('To nobody'));

    const entries = [...(await journalOf(stores[0])), ...(await journalOf(stores[1]))];
    const seen = async (store: NodeStore): Promise<unknown> => {
      const world = createNodeWorld(store);
      const feeds = NAMES.map(async (name) => ({
        inbox: (await titles(world, name)).sort(),
        spam: await titles(world, name, 'spam'),
      }));
      return Promise.all(feeds);
    };
    const order = fc.shuffledSubarray([...entries.keys()], { minLength: entries.length });
    await fc.assert(
      fc.asyncProperty(order, async (numbers) => {
        const { context, store } = newNode();
        // What waits for an account that is not here yet comes again, as it does between nodes.
        for (const number of [...numbers, ...numbers, ...numbers]) {
          const entry = entries[number];
          if (entry) await applyEntry(context, entry).catch(() => undefined);
        }
        expect(await seen(store)).toEqual([
          { inbox: [], spam: [] },
          { inbox: ['To bob', 'Twice', 'While subscribed'], spam: ['After leaving'] },
          { inbox: ['To carol'], spam: [] },
        ]);
      }),
      { numRuns: 15 },
    );
  });
});

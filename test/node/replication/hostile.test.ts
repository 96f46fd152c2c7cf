import { expect, it } from 'vitest';
import { blockCid, encodeBlock } from '../../../src/protocol/cid.ts';
import type { NodeStore } from '../../../src/node/store/store.ts';
import { createMemoryStore } from '../../../src/node/store/memoryStore.ts';
import { openLibsqlStore } from '../../../src/node/store/libsqlStore.ts';
import type { NumberedEntry } from '../../../src/node/tables/journal.ts';
import type { MessageBody } from '../../../src/protocol/payload.ts';
import { routes } from '../../../src/protocol/routes.ts';
import { didOf, NOW, resigned, sealed, text } from '../../support/builders.ts';
import { acceptance, createNodeWorld, rejection, temporaryFolder, type NodeWorld } from '../nodeWorld.ts';
import { createNetwork, threadOf, type Network, type Tamper } from './network.ts';

const LOG = { method: 'GET', path: '/replication/v1/log?after=0' } as const;

/** Alice wrote to bob, who accepted, on node 0; node 1 has read nothing yet. */
async function world(count = 2, stores: readonly NodeStore[] = []): Promise<[Network, NodeWorld, NodeWorld]> {
  const net = createNetwork(count, stores);
  const [a, b] = net.nodes as [NodeWorld, NodeWorld];
  await a.join('alice', 'bob');
  await a.ask('alice', 'bob');
  await a.accept('alice', 'bob');
  await a.send('alice', 'bob', 'honest');
  return [net, a, b];
}

/** Serves this instead of the journal, numbered after what was read before. */
const lies =
  (...entries: object[]): Tamper =>
  (page) => ({
    ...page,
    entries: entries.map((entry, i) => ({ number: 100 + i, id: String(i), ...entry })),
    last: 99 + entries.length,
  });

/** An entry for a message as a node would make it, with a right CID. */
function entryOf(body: MessageBody, at: number, link: string | null): object {
  const cid = blockCid(encodeBlock({ ...body, timestamp: at, link }));
  return { verb: link === null ? 'request' : 'message', body, at, cid, link };
}

it('refuses and counts what is changed on its way, and takes the rest', async () => {
  const [net, , b] = await world();
  await net.pull(1, 0);
  const before = await threadOf(b, 'alice', 'bob');
  expect(before).toHaveLength(2);
  const head = before.at(-1)?.cid ?? null;
  const at = NOW.getTime() + 10;
  const good = await sealed(text('good'));
  const honest = entryOf(good, at + 1, head);
  const forged = await resigned(await sealed(text('forged')), {}, { signer: 'carol' });
  const toCarol = await sealed(text('other'), { to: 'carol' });
  const refusals = [
    { ...entryOf(good, at, head), cid: before[0]?.cid.replace(/.$/, (last) => (last === 'a' ? 'b' : 'a')) },
    { ...entryOf(good, at, head), at: at + 5 },
    { ...entryOf(good, at, head), link: null },
    entryOf(forged, at, head),
    entryOf({ ...good, toDID: didOf('carol'), toCAIP10: didOf('carol') }, at, head),
    { ...entryOf(good, at, head), body: toCarol },
    entryOf({ ...good, messageType: 'Meta' }, at, head),
    // The link leads to a message of a later time.
    entryOf(await sealed(text('early')), NOW.getTime() - 5_000, head),
    { verb: 'accept', body: await acceptance('alice', 'bob', 'carol'), at },
    { verb: 'reject', body: await rejection('alice', 'bob', 'alice'), at },
    { verb: 'profile', target: didOf('bob'), body: { name: 'Mallory' }, at },
    { verb: 'keys', target: didOf('bob'), body: {}, at },
    { verb: 'no such verb', body: {}, at },
    { verb: 'message', at },
    { verb: 'message', body: 1, at },
    { ...entryOf(good, at, head), at: 1e300 },
    { verb: 'message', body: nested(1_000), at },
    { verb: 'message', body: { ...good, padding: 'x'.repeat(2_000_000) }, at },
  ];
  net.tamper(0, 1, lies(...refusals, honest));
  await net.pull(1, 0);
  expect(await net.status(1, 0)).toMatchObject({ refused: refusals.length, waiting: 0 });
  const after = await threadOf(b, 'alice', 'bob');
  expect(after.map(({ messageObj }) => messageObj)).toEqual([
    ...before.map(({ messageObj }) => messageObj),
    good.messageObj,
  ]);
});

it('lets what another node withheld wait, and completes it from an honest one', async () => {
  const net = createNetwork(3);
  const [honest, , reader] = net.nodes as [NodeWorld, NodeWorld, NodeWorld];
  await honest.join('alice', 'bob');
  await honest.ask('alice', 'bob');
  await honest.send('alice', 'bob');
  await net.pull(1, 0);
  // Node 1 hides the sender and the request.
  net.tamper(1, 2, (page) => ({
    ...page,
    entries: page.entries
      .filter(({ body, verb }: NumberedEntry) => verb === 'message' || JSON.stringify(body).includes(didOf('bob')))
      .filter(({ verb }: NumberedEntry) => verb !== 'request'),
  }));
  await net.pull(2, 1);
  expect(await net.status(2, 1)).toMatchObject({ waiting: 1, refused: 0 });
  await net.pull(2, 0);
  net.tamper(1, 2, undefined);
  await net.pull(2, 1);
  expect(await net.status(2, 1)).toMatchObject({ waiting: 0 });
  expect(await threadOf(reader, 'bob', 'alice')).toHaveLength(2);
});

it('keeps what it has when a peer is set back, and takes what that peer does anew', async () => {
  const stores = [createMemoryStore(), createMemoryStore()];
  const [net, a, b] = await world(2, stores);
  await net.settle();
  const { body: lost } = await a.send('alice', 'bob', 'after the backup');
  await net.settle();
  // The same peer with another history of the same length.
  const restored = createNodeWorld();
  await restored.join('bob', 'alice');
  await restored.ask('alice', 'bob');
  await restored.accept('alice', 'bob');
  await restored.send('bob', 'alice', 'anew');
  await restored.send('bob', 'alice', 'anew too');
  let asked: string[] = [];
  const second = createNodeWorld(stores[1], {
    peers: [
      {
        url: 'http://node-0.test',
        fetch: (request) => {
          asked = [...asked, new URL(request.url).search];
          return restored.node.fetch(request);
        },
      },
    ],
  });
  for (let i = 0; i < 3; i += 1) await second.node.peers[0]?.pull();
  expect(asked[1]).toContain('after=0');
  const cids = (await threadOf(second, 'alice', 'bob')).map(({ cid }) => cid);
  expect(cids).toContain(lost.cid);
  for (const { cid } of await threadOf(restored, 'alice', 'bob')) expect(cids).toContain(cid);
  expect(await threadOf(b, 'alice', 'bob')).toHaveLength(cids.length);
});

it.each<[string, Tamper]>([
  ['no page', () => 'x'],
  [
    'too many entries',
    (page) => ({ ...page, entries: Array.from({ length: 201 }, (_, i) => ({ ...page.entries[0], number: i + 1 })) }),
  ],
  ['numbers that go back', (page) => ({ ...page, entries: page.entries.toReversed() })],
  ['a number that is none', (page) => ({ ...page, entries: [{ ...page.entries[0], number: 1e300 }] })],
  ['more bytes than a page has', (page) => ({ ...page, padding: 'x'.repeat(17_000_000) })],
])('reads nothing from a peer that answers with %s, and everything when it is honest again', async (_, how) => {
  const [net, , b] = await world();
  net.tamper(0, 1, how);
  await expect(b.node.peers[0]?.pull()).rejects.toMatchObject({
    code: expect.toBeOneOf(['PayloadMalformed', 'PayloadTooLarge']),
  });
  expect(await net.status(1, 0)).toMatchObject({ read: 0, taken: 0 });
  net.tamper(0, 1, undefined);
  await net.settle();
  expect(await threadOf(b, 'alice', 'bob')).toHaveLength(2);
});

const nested = (depth: number): object => (depth === 0 ? {} : { deeper: nested(depth - 1) });

it('does not take acts of a later day until that day has come', async () => {
  const [net, a, b] = await world();
  await net.settle();
  a.clock.time += 3 * 24 * 3_600_000;
  await a.send('alice', 'bob', 'from the future');
  await net.settle();
  expect(await threadOf(b, 'alice', 'bob')).toHaveLength(2);
  expect(await net.status(1, 0)).toMatchObject({ waiting: 1, refused: 0 });
  b.clock.time += 2 * 24 * 3_600_000;
  await a.send('bob', 'alice', 'another');
  await net.settle();
  b.clock.time += 24 * 3_600_000;
  await a.block('alice');
  await net.settle();
  expect(await threadOf(b, 'alice', 'bob')).toHaveLength(4);
});

it('takes every entry once, though it crashes between any two writes', async () => {
  const [, a] = await world();
  const folder = await temporaryFolder();
  const open = async (failAt: number): Promise<{ world: NodeWorld; store: NodeStore }> => {
    const store = await openLibsqlStore(folder);
    let writes = 0;
    const failing: NodeStore = {
      ...store,
      // A crash after the store was written to, before anybody hears of it.
      write: async (change) => {
        const result = await store.write(change);
        writes += 1;
        if (writes === failAt) throw new TypeError('crash');
        return result;
      },
    };
    const peers = [{ url: 'http://node-0.test', fetch: a.node.fetch }];
    return { world: createNodeWorld(failing, { peers }), store };
  };
  for (let failAt = 1; failAt < 6; failAt += 1) {
    const { world: b, store } = await open(failAt);
    await b.node.peers[0]?.pull().catch(() => undefined);
    await store.close();
  }
  const { world: b, store } = await open(0);
  await b.node.peers[0]?.pull();
  expect((await threadOf(b, 'alice', 'bob')).map(({ cid }) => cid)).toEqual(
    (await threadOf(a, 'alice', 'bob')).map(({ cid }) => cid),
  );
  const { entries } = (await b.call(LOG)).body;
  expect(entries).toHaveLength((await a.call(LOG)).body.entries.length);
  await store.close();
});

it('serves its journal in pages that end, and to its peers alone where there is a secret', async () => {
  const [, a] = await world();
  const first = (await a.call({ ...LOG, path: '/replication/v1/log?limit=2' })).body;
  expect(first).toMatchObject({ before: null, last: 5, entries: [{ number: 1 }, { number: 2 }] });
  const next = (await a.call({ ...LOG, path: '/replication/v1/log?after=2' })).body;
  expect(next.entries.map(({ number }: NumberedEntry) => number)).toEqual([3, 4, 5]);
  for (const path of ['?after=-1', '?after=x', '?limit=0', '?limit=1000']) {
    expect((await a.call({ ...LOG, path: `/replication/v1/log${path}` })).status).toBe(400);
  }
  const guarded = createNodeWorld(undefined, { peerSecret: 'a secret of the peers' });
  await guarded.join('alice');
  expect((await guarded.call(LOG)).status).toBe(403);
  const readers = ['a secret of the peers', 'a guess'].map((peerSecret) =>
    createNodeWorld(undefined, { peerSecret, peers: [{ url: 'http://guarded.test', fetch: guarded.node.fetch }] }),
  );
  await readers[0]?.node.peers[0]?.pull();
  await expect(readers[1]?.node.peers[0]?.pull()).rejects.toMatchObject({ code: 'NodeError' });
  expect((await readers[0]?.call(routes.user(didOf('alice'))))?.body).toMatchObject({ did: didOf('alice') });
});

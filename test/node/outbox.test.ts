import { describe, expect, it } from 'vitest';
import { createPushNode } from '../../src/node/createPushNode.ts';
import type { Bus } from '../../src/node/delivery.ts';
import { createMemoryStore } from '../../src/node/store/memoryStore.ts';
import { openPostgresStore } from '../../src/node/store/postgresStore.ts';
import type { NodeStore } from '../../src/node/store/store.ts';
import { undelivered, type Told } from '../../src/node/tables/outbox.ts';
import { emptyDatabase } from '../support/postgres.ts';
import { didOf, NOW } from '../support/builders.ts';
import { createNodeWorld, type NodeWorld } from './nodeWorld.ts';

const HOUR_MS = 60 * 60 * 1000;

const left = async (store: NodeStore): Promise<readonly unknown[]> =>
  (await store.read((rows) => undelivered(rows, 100))).flatMap(({ value }) => value);

/** A store that the program dies on: what is written after a number of transactions never happens. */
function dyingAfter(writes: number, store: NodeStore): NodeStore {
  let count = 0;
  return {
    ...store,
    write: (change) => {
      count += 1;
      return count > writes ? new Promise<never>(() => undefined) : store.write(change);
    },
  };
}

/** Alice's request to Bob is stored, and then the program dies before it can take the events out again. */
async function crashed(): Promise<NodeStore> {
  const store = createMemoryStore();
  const world = createNodeWorld(store);
  await world.join('alice', 'bob');
  await createNodeWorld(dyingAfter(1, store)).ask('alice', 'bob');
  return store;
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

describe('the outbox', () => {
  it('is empty when everything was delivered, whether anybody listened or not', async () => {
    const store = createMemoryStore();
    const world = createNodeWorld(store);
    await world.join('alice', 'bob');
    const heard = world.listen('bob');
    await world.ask('alice', 'bob');
    expect(heard).toHaveLength(1);
    expect(await left(store)).toEqual([]);
  });

  it('delivers after a crash what was acknowledged before it, once its account listens again', async () => {
    const store = await crashed();
    expect(await left(store)).toHaveLength(2);
    const after = createNodeWorld(store);
    const heard = after.listen('bob');
    await after.call({ method: 'GET', path: `/apis/v1/chat/users/${didOf('bob')}/requests` });
    expect(heard.map(({ messageCategory }) => messageCategory)).toEqual(['Request']);
    await nextTurn();
    expect(await left(store)).toHaveLength(1);
    expect(after.listen('alice').map(({ messageOrigin }) => messageOrigin)).toEqual(['self']);
    await nextTurn();
    expect(await left(store)).toEqual([]);
  });

  it('drops events that are older than an hour', async () => {
    const store = await crashed();
    const heard: unknown[] = [];
    const node = createPushNode({ store, now: () => NOW.getTime() + 2 * HOUR_MS });
    await nextTurn();
    node.connect(didOf('bob'), (event) => heard.push(event));
    await nextTurn();
    expect([heard, await left(store)]).toEqual([[], []]);
  });

  it('tells nothing of a change that failed', async () => {
    const world = createNodeWorld();
    await world.join('alice', 'bob');
    const heard = world.listen('bob');
    expect((await world.send('alice', 'bob')).status).toBe(403);
    expect(heard).toEqual([]);
  });
});

/** Carries between nodes of one process, as the adapter of socket.io does between processes. */
function createBuses(count: number): Bus[] {
  const hearers: ((told: Told) => void)[][] = Array.from({ length: count }, () => []);
  return hearers.map((mine) => ({
    publish: (told) => {
      for (const others of hearers) if (others !== mine) for (const hear of others) hear(told);
    },
    subscribe: (hear) => mine.push(hear),
  }));
}

describe('two processes on one database', () => {
  it('are one node: whoever is connected to either hears everything once, and concurrent sends make one chain', async () => {
    const url = await emptyDatabase();
    const stores = [await openPostgresStore(url), await openPostgresStore(url)];
    const [left, right] = createBuses(2).map((bus, i) => createNodeWorld(stores[i], { bus })) as [NodeWorld, NodeWorld];
    await left.join('alice', 'bob');
    const heard = [left.listen('bob'), right.listen('bob')];
    await left.ask('alice', 'bob');
    await right.accept('alice', 'bob');
    await Promise.all(
      Array.from({ length: 12 }, (_, i) => (i % 2 ? left : right).send('alice', 'bob', `Message ${String(i)}`)),
    );
    const history = await right.history('bob', 'alice');
    expect(history).toHaveLength(13);
    expect(history.map(({ link }) => link)).toEqual([null, ...history.slice(0, -1).map(({ cid }) => cid)]);
    for (const events of heard) {
      expect(events).toHaveLength(14);
      expect(new Set(events.map(({ cid }) => cid)).size).toBe(14);
    }
    await Promise.all([left.node.close(), right.node.close()]);
  });
});

import { afterEach, beforeEach, expect, it } from 'vitest';
import type { PageLife } from '../../src/client/pageLife.ts';
import type { LiveListener, Transport } from '../../src/client/transport.ts';
import { createTestWorld, type TestWorld, type TestUser } from '../../src/testing/testWorld.ts';
import { text, textsOf, until } from '../support/until.ts';

let world: TestWorld;
let bob: TestUser;

beforeEach(async () => {
  world = createTestWorld();
  bob = await world.join('Bob');
});
afterEach(() => {
  world.close();
});

/** A page that sleeps: nothing that is told reaches it, and its timers stand still. */
function sleepyPage() {
  const listeners = new Set<() => void>();
  const polls = new Set<() => void>();
  let [time, hidden] = [Date.now(), false];
  const reads: string[] = [];
  const page: PageLife = {
    isHidden: () => hidden,
    onReturn: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    onHide: () => () => undefined,
  };
  const through = (transport: Transport): Transport => ({
    ...transport,
    request: (route, ...rest) => {
      if (route.method === 'GET') reads.push(route.path);
      return transport.request(route, ...rest);
    },
    subscribe: (did, listener) => {
      const deaf: LiveListener = { ...listener, event: (payload) => hidden || listener.event(payload) };
      return transport.subscribe(did, deaf);
    },
  });
  return {
    options: {
      page,
      through,
      now: () => time,
      wait: () => new Promise<void>((resolve) => setImmediate(resolve)),
      every: (_: number, task: () => void) => {
        polls.add(task);
        return () => polls.delete(task);
      },
    },
    listeners,
    polls,
    reads,
    hide: () => (hidden = true),
    show: (afterMs: number) => {
      [hidden, time] = [false, time + afterMs];
      // The page, its restoring and the network, each on its own.
      for (let i = 0; i < 3; i += 1) for (const listener of listeners) listener();
    },
    tick: () => polls.forEach((poll) => poll()),
  };
}

it('NW-11 a page that was hidden for eight hours reads once what it missed, however often it is told that it is back', async () => {
  const sleepy = sleepyPage();
  const alice = await world.join('Alice', sleepy.options);
  await alice.client.sendMessage(bob.did, text('before'));
  await bob.client.acceptRequest(alice.did);
  await alice.client.openThread(bob.did);
  await alice.client.refresh();
  sleepy.hide();
  for (let i = 0; i < 3; i += 1) await bob.client.sendMessage(alice.did, text(`meanwhile ${i}`));
  sleepy.reads.length = 0;
  sleepy.tick();
  await new Promise(setImmediate);
  expect(sleepy.reads).toEqual([]);

  sleepy.show(8 * 3_600_000);
  await until(alice.client, () => textsOf(alice.client, bob.did).length === 4);
  expect(textsOf(alice.client, bob.did)).toEqual(['before', 'meanwhile 0', 'meanwhile 1', 'meanwhile 2']);
  const lists = sleepy.reads.filter((path) => path.includes('/chats?'));
  expect(lists).toHaveLength(1);

  sleepy.show(1_000);
  for (let i = 0; i < 5; i += 1) await new Promise(setImmediate);
  expect(sleepy.reads.filter((path) => path.includes('/chats?'))).toHaveLength(1);
});

it('NW-11 a page that is mounted and unmounted a hundred times listens once, and in the end not at all', async () => {
  const sleepy = sleepyPage();
  const alice = await world.join('Alice', sleepy.options);
  const before = [sleepy.listeners.size, sleepy.polls.size];
  for (let i = 0; i < 100; i += 1) {
    alice.client.start()();
    await Promise.resolve();
  }
  expect([sleepy.listeners.size, sleepy.polls.size]).toEqual(before);
  alice.client.close();
  expect([sleepy.listeners.size, sleepy.polls.size]).toEqual([0, 0]);
});

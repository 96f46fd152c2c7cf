import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Transport } from '../../src/client/transport.ts';
import { createTestWorld, type TestWorld, type TestUser } from '../../src/testing/testWorld.ts';
import { itemsOf, text, textsOf, until } from '../support/until.ts';

let world: TestWorld;
let bob: TestUser;

beforeEach(async () => {
  world = createTestWorld();
  bob = await world.join('Bob');
});
afterEach(() => {
  world.close();
});

async function chatting(through = (transport: Transport): Transport => transport): Promise<TestUser> {
  const alice = await world.join('Alice', { through });
  await alice.client.sendMessage(bob.did, text('hello'));
  await until(bob.client, ({ requests }) => requests.items.length === 1);
  await bob.client.acceptRequest(alice.did);
  await alice.client.openThread(bob.did);
  return alice;
}

describe('a network that fails', () => {
  it('finds what it was never told of, as soon as an own message stands after it', async () => {
    const alice = await chatting();
    alice.network.set({ deaf: true });
    for (const words of ['one', 'two']) await bob.client.sendMessage(alice.did, text(words));
    expect(textsOf(alice.client, bob.did)).toEqual(['hello']);
    await alice.client.sendMessage(bob.did, text('mine'));
    await until(alice.client, () => textsOf(alice.client, bob.did).length === 4);
    expect(textsOf(alice.client, bob.did)).toEqual(['hello', 'one', 'two', 'mine']);
  });

  it('keeps a message that cannot be sent, and sends it when the network is back', async () => {
    const alice = await chatting();
    alice.network.set({ offline: true });
    const sending = alice.client.sendMessage(bob.did, text('now?'));
    await until(alice.client, () => itemsOf(alice.client, bob.did).some((item) => 'delay' in item));
    const waiting = { state: 'pending', content: text('now?'), delay: { code: 'NetworkUnavailable' } };
    expect(itemsOf(alice.client, bob.did).at(-1)).toMatchObject(waiting);
    alice.network.set({ offline: false });
    await sending;
    await until(bob.client, ({ chats }) => chats.items[0]?.last?.state === 'verified');
    expect(textsOf(alice.client, bob.did)).toEqual(['hello', 'now?']);
  });

  it('NW-05 stores a message once whose answer was lost, however often it is sent again', async () => {
    const alice = await chatting();
    alice.network.set({ lostAnswers: 1 });
    await alice.client.sendMessage(bob.did, text('once'));
    await bob.client.openThread(alice.did);
    expect(textsOf(bob.client, alice.did)).toEqual(['hello', 'once']);
    expect(textsOf(alice.client, bob.did)).toEqual(['hello', 'once']);
  });

  it('discards a message that was not sent when asked to', async () => {
    const alice = await chatting();
    alice.network.set({ offline: true });
    const sending = alice.client.sendMessage(bob.did, text('oops'));
    await until(alice.client, () => itemsOf(alice.client, bob.did).some((item) => 'delay' in item));
    alice.client.discardMessage(bob.did, itemsOf(alice.client, bob.did).at(-1)?.id ?? '');
    await expect(sending).rejects.toMatchObject({ code: 'Aborted' });
    expect(textsOf(alice.client, bob.did)).toEqual(['hello']);
  });

  it('NW-07 catches up after an interruption: nothing is missing, nothing twice', async () => {
    const alice = await chatting();
    await until(alice.client, ({ threads }) => threads[bob.did]?.relation === 'chat');
    alice.network.set({ offline: true });
    const missed = Array.from({ length: 40 }, (_, i) => `missed ${i}`);
    for (const word of missed) await bob.client.sendMessage(alice.did, text(word));
    alice.network.set({ offline: false });
    await until(alice.client, ({ threads }) => threads[bob.did]?.items.length === 41);
    expect(textsOf(alice.client, bob.did)).toEqual(['hello', ...missed]);
    await until(alice.client, ({ chats }) => chats.items[0]?.last?.id === itemsOf(alice.client, bob.did).at(-1)?.id);
  });

  it('reads on demand what is too much to catch up with at once', async () => {
    const alice = await chatting();
    await until(alice.client, ({ threads }) => threads[bob.did]?.relation === 'chat');
    alice.network.set({ offline: true });
    for (let i = 0; i < 160; i++) await bob.client.sendMessage(alice.did, text(`missed ${i}`));
    alice.network.set({ offline: false });
    await until(alice.client, ({ threads }) => threads[bob.did]?.items.length === 147);
    await alice.client.loadOlder(bob.did);
    await alice.client.loadOlder(bob.did);
    expect(textsOf(alice.client, bob.did)).toEqual(['hello', ...Array.from({ length: 160 }, (_, i) => `missed ${i}`)]);
  });

  it('keeps the way to older messages when the first ones came before the thread was opened', async () => {
    const alice = await chatting();
    for (let i = 0; i < 40; i++) await bob.client.sendMessage(alice.did, text(`m${i}`));
    const carol = await world.join('Carol');
    await carol.client.sendMessage(bob.did, text('hi'));
    await until(bob.client, ({ requests }) => requests.items.length === 1);
    for (let i = 0; i < 40; i++) await carol.client.sendMessage(bob.did, text(`c${i}`));
    await bob.client.acceptRequest(carol.did);
    await carol.client.sendMessage(bob.did, text('last'));
    await until(bob.client, ({ threads }) => threads[carol.did]?.items.length === 1);
    await bob.client.openThread(carol.did);
    expect(textsOf(bob.client, carol.did)).toHaveLength(30);
    await bob.client.loadOlder(carol.did);
    expect(textsOf(bob.client, carol.did)).toEqual(['hi', ...Array.from({ length: 40 }, (_, i) => `c${i}`), 'last']);
  });

  it('fills a gap when an event was lost and the next one came', async () => {
    let drop = true;
    const alice = await chatting((transport) => ({
      ...transport,
      subscribe: (did, listener) =>
        transport.subscribe(did, {
          ...listener,
          event: (payload) => {
            const isMessage = (payload as { messageCategory?: string }).messageCategory === 'Chat';
            if (isMessage && drop) drop = false;
            else listener.event(payload);
          },
        }),
    }));
    await bob.client.sendMessage(alice.did, text('lost'));
    await bob.client.sendMessage(alice.did, text('heard'));
    await until(alice.client, ({ threads }) => threads[bob.did]?.items.length === 3);
    expect(textsOf(alice.client, bob.did)).toEqual(['hello', 'lost', 'heard']);
  });
});

describe('ST-05 mounting', () => {
  it('keeps one connection over a remount in the same turn, and drops it after the last stop', async () => {
    let open = 0;
    let opened = 0;
    const alice = await world.join('Alice', {
      through: (transport) => ({
        ...transport,
        subscribe: (did, listener) => {
          open += 1;
          opened += 1;
          const stop = transport.subscribe(did, listener);
          return () => {
            open -= 1;
            stop();
          };
        },
      }),
    });
    const first = alice.client.start();
    first();
    const second = alice.client.start();
    await Promise.resolve();
    expect([open, opened]).toEqual([1, 1]);
    second();
    second();
    await Promise.resolve();
    expect(open).toBe(1); // the world's own start
    alice.client.close();
    await Promise.resolve();
    expect(open).toBe(0);
  });
});

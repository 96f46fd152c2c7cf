import { afterEach, beforeEach, expect, it } from 'vitest';
import { createPushChat } from '../../src/client/createPushChat.ts';
import { directTransport } from '../../src/client/directTransport.ts';
import type { AccountKeys, KeyHolder } from '../../src/client/keys/accountKeys.ts';
import { inlineKeys } from '../../src/client/keys/inlineKeys.ts';
import type { PushChatClient } from '../../src/client/PushChatClient.ts';
import { randomBytes } from '../../src/crypto/random.ts';
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

/** Keys that open one message at a time, and so many until they are told to go on. */
function slowKeys(): {
  holder: KeyHolder;
  opened: () => number;
  pauseAfter: (count: number) => void;
  goOn: () => void;
} {
  const inner = inlineKeys(randomBytes);
  let [opened, most] = [0, Infinity];
  let goOn = (): void => undefined;
  let gate = Promise.resolve();
  const slow = (keys: AccountKeys): AccountKeys => ({
    ...keys,
    width: 1,
    open: async (...message) => {
      if (opened >= most) await gate;
      opened += 1;
      return keys.open(...message);
    },
  });
  return {
    opened: () => opened,
    pauseAfter: (count) => {
      [opened, most] = [0, count];
      gate = new Promise((resolve) => (goOn = resolve));
    },
    goOn: () => goOn(),
    holder: {
      generate: async (...given) => slow(await inner.generate(...given)),
      unwrap: async (bundle, wallet) => slow(await inner.unwrap(bundle, wallet)),
      restore: async (armored) => slow(await inner.restore(armored)),
    },
  };
}

async function openAlice(holder: KeyHolder): Promise<PushChatClient> {
  const client = createPushChat({
    signer: world.wallet('Alice'),
    transport: directTransport(world.node),
    keys: holder,
  });
  await client.unlock();
  return client;
}

it('RX-02 ST-06 a thread is opened from its newest message on, left when nobody looks, and read to its end on return', async () => {
  const { holder, opened, pauseAfter, goOn } = slowKeys();
  const alice = await openAlice(holder);
  const words = Array.from({ length: 20 }, (_, i) => `message ${i}`);
  for (const word of words) await bob.client.sendMessage(world.wallet('Alice').address, text(word));

  pauseAfter(14);
  const leave = alice.followThread(bob.did);
  await until(alice, () => textsOf(alice, bob.did).length >= 12);
  expect(textsOf(alice, bob.did)).toEqual(words.slice(-12));
  await expect.poll(opened).toBe(14);
  leave();
  await until(alice, ({ threads }) => threads[bob.did]?.loading.status === 'idle');
  goOn();
  await alice.getProfile(bob.did);
  expect(opened()).toBeLessThanOrEqual(15);

  alice.followThread(bob.did);
  await until(alice, ({ threads }) => threads[bob.did]?.loading.status === 'loaded');
  expect(textsOf(alice, bob.did)).toEqual(words);
  alice.close();
});

it('ST-06 a hundred changes between chats leave the one that is looked at, whole', async () => {
  const carol = await world.join('Carol');
  const { holder } = slowKeys();
  const alice = await openAlice(holder);
  const { address } = world.wallet('Alice');
  for (let i = 0; i < 15; i += 1) {
    await bob.client.sendMessage(address, text(`bob ${i}`));
    await carol.client.sendMessage(address, text(`carol ${i}`));
  }
  let leave = (): void => undefined;
  for (let i = 0; i < 100; i += 1) {
    leave();
    leave = alice.followThread(i % 2 ? carol.did : bob.did);
    await Promise.resolve();
  }
  await until(alice, ({ threads }) => threads[carol.did]?.loading.status === 'loaded');
  expect(textsOf(alice, carol.did)).toEqual(Array.from({ length: 15 }, (_, i) => `carol ${i}`));
  expect(textsOf(alice, bob.did).every((word) => word.startsWith('bob'))).toBe(true);
  alice.close();
});

it('a thread that two look at is read on when one of them leaves', async () => {
  const { holder, pauseAfter, goOn } = slowKeys();
  const alice = await openAlice(holder);
  for (let i = 0; i < 15; i += 1) await bob.client.sendMessage(world.wallet('Alice').address, text(`message ${i}`));
  pauseAfter(13);
  const leave = alice.followThread(bob.did);
  alice.followThread(bob.did);
  await until(alice, () => textsOf(alice, bob.did).length >= 12);
  leave();
  leave();
  goOn();
  await until(alice, ({ threads }) => threads[bob.did]?.loading.status === 'loaded');
  expect(textsOf(alice, bob.did)).toHaveLength(15);
  alice.close();
});

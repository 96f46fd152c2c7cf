import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPushChat } from '../../src/client/createPushChat.ts';
import { directTransport } from '../../src/client/directTransport.ts';
import type { AccountKeys, KeyHolder } from '../../src/client/keys/accountKeys.ts';
import { inlineKeys } from '../../src/client/keys/inlineKeys.ts';
import type { PushChatClient } from '../../src/client/PushChatClient.ts';
import { memoryStorage } from '../../src/client/storage/memoryStorage.ts';
import type { DeviceStorage } from '../../src/client/storage/storage.ts';
import type { Transport } from '../../src/client/transport.ts';
import { randomBytes } from '../../src/crypto/random.ts';
import { PushChatError } from '../../src/errors.ts';
import { createTestWorld, type TestWorld, type TestUser } from '../../src/testing/testWorld.ts';
import { text, textsOf, until } from '../support/until.ts';

let world: TestWorld;
let bob: TestUser;
let storage: DeviceStorage;

beforeEach(async () => {
  world = createTestWorld();
  bob = await world.join('Bob');
  storage = memoryStorage();
});
afterEach(() => {
  world.close();
});

/** Keys that count what is opened with them. */
function countingKeys(): { holder: KeyHolder; opened: () => number } {
  const inner = inlineKeys(randomBytes);
  let opened = 0;
  const count = (keys: AccountKeys): AccountKeys => ({
    ...keys,
    open: (...message) => {
      opened += 1;
      return keys.open(...message);
    },
  });
  return {
    opened: () => opened,
    holder: {
      generate: async (...given) => count(await inner.generate(...given)),
      unwrap: async (bundle, wallet) => count(await inner.unwrap(bundle, wallet)),
      restore: async (armored) => count(await inner.restore(armored)),
    },
  };
}

interface Page {
  readonly client: PushChatClient;
  readonly opened: () => number;
}

/** A page of alice's on this device. */
async function openPage(through: (transport: Transport) => Transport = (transport) => transport): Promise<Page> {
  const { holder, opened } = countingKeys();
  const transport = through(directTransport(world.node));
  const client = createPushChat({ signer: world.wallet('Alice'), transport, storage, keys: holder });
  await client.unlock();
  return { client, opened };
}

const isKept = () => expect.poll(async () => (await storage.list('')).some(([key]) => key.includes('/thread/')));

describe('a chat that was read on this device before', () => {
  it('is read again without opening any message, and what came since is added', async () => {
    const first = await openPage();
    for (let i = 0; i < 8; i += 1) await first.client.sendMessage(bob.did, text(`message ${i}`));
    await first.client.openThread(bob.did);
    await isKept().toBe(true);
    const before = textsOf(first.client, bob.did);
    first.client.close();

    const second = await openPage();
    await second.client.openThread(bob.did);
    expect([textsOf(second.client, bob.did), second.opened()]).toEqual([before, 0]);
    await bob.client.sendMessage(world.wallet('Alice').address, text('since then'));
    await second.client.refresh();
    expect(textsOf(second.client, bob.did)).toEqual([...before, 'since then']);
  });

  it('is shown before the node answers, and though it never does', async () => {
    const first = await openPage();
    await first.client.sendMessage(bob.did, text('kept'));
    await first.client.openThread(bob.did);
    await isKept().toBe(true);
    first.client.close();
    const { client } = await openPage((transport) => ({
      ...transport,
      request: (route, body) =>
        route.path.includes('/chat/')
          ? Promise.reject(new PushChatError('NetworkUnavailable', 'The cable is cut.'))
          : transport.request(route, body),
    }));
    await expect(client.openThread(bob.did)).rejects.toMatchObject({ code: 'NetworkUnavailable' });
    expect(textsOf(client, bob.did)).toEqual(['kept']);
  });

  it('CH-04 takes no other bytes for those that it knows', async () => {
    const first = await openPage();
    await first.client.sendMessage(bob.did, text('true'));
    await first.client.openThread(bob.did);
    await isKept().toBe(true);
    first.client.close();
    const { client } = await openPage((transport) => ({
      ...transport,
      request: async (route, body) => {
        const answer = await transport.request(route, body);
        return route.path.includes('conversationhash')
          ? (answer as object[]).map((message) => ({ ...message, messageContent: 'changed' }))
          : answer;
      },
    }));
    await client.openThread(bob.did);
    await until(client, ({ threads }) => threads[bob.did]?.loading.status === 'loaded');
    expect(textsOf(client, bob.did)).toEqual(['true']);
  });

  it('ST-01 gives way when the device has no room, and everything else is kept', async () => {
    const small = memoryStorage();
    let isFull = false;
    storage = {
      ...small,
      put: (key, value) =>
        isFull && key.includes('/thread/')
          ? Promise.reject(new PushChatError('StorageQuota', 'Full.'))
          : small.put(key, value),
    };
    const { client } = await openPage();
    await client.sendMessage(bob.did, text('one'));
    await client.openThread(bob.did);
    await isKept().toBe(true);
    isFull = true;
    await client.sendMessage(bob.did, text('two'));
    await isKept().toBe(false);
    expect((await storage.list('')).some(([key]) => key.includes('/pin/'))).toBe(true);
    expect(textsOf(client, bob.did)).toEqual(['one', 'two']);
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPushChat } from '../../src/client/createPushChat.ts';
import { directTransport } from '../../src/client/directTransport.ts';
import type { PushChatClient } from '../../src/client/PushChatClient.ts';
import { memoryStorage } from '../../src/client/storage/memoryStorage.ts';
import { createTestWorld, type TestWorld, type TestUser } from '../../src/testing/testWorld.ts';
import { itemsOf, text, textsOf, until } from '../support/until.ts';

const DAY = 24 * 60 * 60 * 1000;
let world: TestWorld;
let alice: TestUser;
let bob: TestUser;

beforeEach(async () => {
  world = createTestWorld();
  [alice, bob] = await Promise.all([world.join('Alice'), world.join('Bob')]);
  await alice.client.sendMessage(bob.did, text('one'));
  await until(bob.client, ({ requests }) => requests.items.length === 1);
  await bob.client.acceptRequest(alice.did);
  await alice.client.sendMessage(bob.did, text('two'));
});
afterEach(() => {
  world.close();
});

describe('a client whose clock is wrong', () => {
  it('NW-10 CR-15 by two days behind shows nothing that it cannot judge, and says that it is the clock', async () => {
    const late = await world.join('Bob', { now: () => Date.now() - 2 * DAY });
    await late.client.openThread(alice.did);
    const items = itemsOf(late.client, alice.did);
    expect(items).toHaveLength(2);
    for (const item of items) expect(item).toMatchObject({ state: 'quarantined', reason: 'ClockSkew' });
  });

  it('NW-10 behind the making of its own key cannot sign, and says that it is the clock', async () => {
    const late = await world.join('Bob', { now: () => Date.now() - 60 * 60 * 1000 });
    await expect(late.client.sendMessage(alice.did, text('three'))).rejects.toMatchObject({ code: 'ClockSkew' });
    expect(itemsOf(late.client, alice.did).at(-1)).toMatchObject({ state: 'failed', error: { code: 'ClockSkew' } });
  });

  it('NW-10 CR-15 by less than a day, either way, or that jumps, shows the same in the same order', async () => {
    for (const skew of [0.9 * DAY, -0.9 * DAY, 30 * DAY]) {
      const device = await world.join('Bob', { now: () => Date.now() + skew });
      await device.client.openThread(alice.did);
      expect(textsOf(device.client, alice.did)).toEqual(['one', 'two']);
    }
    let skew = 0.5 * DAY;
    const jumping = await world.join('Bob', { now: () => Date.now() + skew });
    await jumping.client.openThread(alice.did);
    skew = -0.5 * DAY;
    await alice.client.sendMessage(bob.did, text('three'));
    await until(jumping.client, () => textsOf(jumping.client, alice.did).includes('three'));
    expect(textsOf(jumping.client, alice.did)).toEqual(['one', 'two', 'three']);
  });
});

describe('two nodes', () => {
  it('NW-13 that answer differently share nothing on the device', async () => {
    const other = createTestWorld();
    const storage = memoryStorage();
    const clients: PushChatClient[] = [];
    const at = async (node: TestWorld['node'], host: string): Promise<PushChatClient> => {
      const client = createPushChat({ signer: bob.wallet, transport: { ...directTransport(node), host }, storage });
      clients.push(client);
      await client.unlock();
      return client;
    };
    // The same account has other keys on the other node.
    const otherAlice = await other.join('Alice');
    await otherAlice.client.sendMessage(bob.did, text('elsewhere'), { allowPlaintext: true });
    const [here, there] = [await at(world.node, 'a.example'), await at(other.node, 'b.example')];
    await here.openThread(alice.did);
    await there.openThread(alice.did);
    expect(textsOf(here, alice.did)).toEqual(['one', 'two']);
    expect(textsOf(there, alice.did)).toEqual(['elsewhere']);
    const [pinnedHere, pinnedThere] = [here, there].map((client) => client.store.get().identities[alice.did]);
    expect(pinnedHere?.fingerprint).not.toBe(pinnedThere?.fingerprint);
    expect([pinnedHere?.change, pinnedThere?.change]).toEqual([null, null]);
    for (const client of clients) client.close();
    other.close();
  });
});

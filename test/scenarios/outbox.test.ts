import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPushChat } from '../../src/client/createPushChat.ts';
import type { PushChatClient } from '../../src/client/PushChatClient.ts';
import { memoryStorage } from '../../src/client/storage/memoryStorage.ts';
import type { DeviceStorage } from '../../src/client/storage/storage.ts';
import { PushChatError } from '../../src/errors.ts';
import { createTestWorld, type TestWorld, type TestUser } from '../../src/testing/testWorld.ts';
import { browserOf } from '../support/browser.ts';
import { createTestNetwork } from '../../src/testing/testNetwork.ts';
import { deviceIn } from '../support/device.ts';
import { itemsOf, text, textsOf, until } from '../support/until.ts';
import { parseDid } from '../../src/protocol/did.ts';

let world: TestWorld;
let bob: TestUser;

beforeEach(async () => {
  world = createTestWorld();
  bob = await world.join('Bob');
});
afterEach(() => {
  world.close();
});

/** What bob has of alice, the oldest first. */
async function received(): Promise<string[]> {
  const reader = (await world.join('Bob')).client;
  const alice = parseDid(world.wallet('Alice').address);
  await reader.openThread(alice);
  while (reader.store.get().threads[alice]?.older != null) await reader.loadOlder(alice);
  return textsOf(reader, alice);
}

const settled = (client: PushChatClient): Promise<unknown> =>
  until(client, () => itemsOf(client, bob.did).every(({ state }) => state === 'verified'));

describe('what is written while the network is away', () => {
  it('NW-12 goes out when it is back, all fifty in the order they were written', async () => {
    const { client, wire } = await deviceIn(world).open({ wait: () => new Promise(() => undefined) });
    await client.sendMessage(bob.did, text('first'));
    wire.set({ offline: true });
    const words = Array.from({ length: 50 }, (_, i) => `offline ${i}`);
    const sending = words.map((word) => client.sendMessage(bob.did, text(word)));
    await until(client, () => itemsOf(client, bob.did).length === 51);
    wire.set({ offline: false });
    await Promise.all(sending);
    expect(await received()).toEqual(['first', ...words]);
  });

  it('goes out on the next visit when the page was closed', async () => {
    const { open } = deviceIn(world);
    const first = await open({ wait: () => new Promise(() => undefined) });
    await first.client.sendMessage(bob.did, text('first'));
    first.wire.set({ offline: true });
    for (const word of ['a', 'b', 'c']) void first.client.sendMessage(bob.did, text(word)).catch(() => undefined);
    await until(first.client, () => itemsOf(first.client, bob.did).some((item) => 'delay' in item));
    first.tab.close();
    first.client.close();
    const { client } = await open();
    await until(client, () => textsOf(client, bob.did).length >= 3);
    await settled(client);
    expect(await received()).toEqual(['first', 'a', 'b', 'c']);
  });

  it('NW-05 is stored once, though the page died after the node had it', async () => {
    const { open } = deviceIn(world);
    const first = await open({ wait: () => new Promise(() => undefined) });
    await first.client.sendMessage(bob.did, text('first'));
    first.wire.set({ lostAnswers: 1 });
    void first.client.sendMessage(bob.did, text('once')).catch(() => undefined);
    await until(first.client, () => itemsOf(first.client, bob.did).some((item) => 'delay' in item));
    first.tab.close();
    first.client.close();
    const { client } = await open();
    await client.openThread(bob.did);
    await settled(client);
    expect(await received()).toEqual(['first', 'once']);
    expect(textsOf(client, bob.did)).toEqual(['first', 'once']);
  });

  it('NW-05 is stored once, though what the dead page wrote down last is written late', async () => {
    const shared = memoryStorage();
    const browser = browserOf();
    let [written, letThrough] = [0, (): void => undefined];
    const gate = new Promise<void>((resolve) => (letThrough = resolve));
    const late = async (key: string): Promise<void> => {
      if (/\/(outgoing|sealed)\//.test(key) && (written += 1) > 1) await gate;
    };
    const slow: DeviceStorage = {
      ...shared,
      put: async (key, value) => late(key).then(() => shared.put(key, value)),
      putIfAbsent: async (key, value) => late(key).then(() => shared.putIfAbsent(key, value)),
    };
    const dying = await deviceIn(world, slow, browser).open();
    void dying.client.sendMessage(bob.did, text('once')).catch(() => undefined);
    await expect.poll(() => written).toBe(2);
    dying.tab.close();
    dying.client.close();
    const next = await deviceIn(world, shared, browser).open();
    await until(next.client, () => textsOf(next.client, bob.did).includes('once'));
    await settled(next.client);
    letThrough();
    const last = await deviceIn(world, shared, browser).open();
    await last.client.sendMessage(bob.did, text('last'));
    await last.client.refresh();
    expect(await received()).toEqual(['once', 'last']);
  });

  it('waits for no other chat', async () => {
    const carol = await world.join('Carol');
    const { transport } = createTestNetwork(world.node);
    let stuck = false;
    const { client } = await deviceIn(world).open({
      transport: {
        ...transport,
        request: (...call) =>
          stuck && call[0].path.includes(bob.did) ? new Promise(() => undefined) : transport.request(...call),
      },
    });
    await carol.client.sendMessage(parseDid(world.wallet('Alice').address), text('hi'));
    stuck = true;
    void client.sendMessage(bob.did, text('stuck')).catch(() => undefined);
    await client.sendMessage(carol.did, text('hello'));
    expect(textsOf(client, carol.did)).toContain('hello');
  });

  it('that the node refuses for good waits for the user, over a reload too, and may be discarded', async () => {
    const { open } = deviceIn(world);
    const { client, tab } = await open();
    await client.sendMessage(bob.did, text('first'));
    await bob.client.blockUser(world.wallet('Alice').address);
    await expect(client.sendMessage(bob.did, text('refused'))).rejects.toMatchObject({ code: 'BlockedPeer' });
    tab.close();
    client.close();
    const { client: again } = await open();
    await until(again, () => itemsOf(again, bob.did).some(({ state }) => state === 'failed'));
    const failed = itemsOf(again, bob.did).find(({ state }) => state === 'failed');
    expect(failed).toMatchObject({ content: text('refused'), error: { code: 'BlockedPeer' } });
    await bob.client.unblockUser(world.wallet('Alice').address);
    await again.retryMessage(bob.did, failed?.id ?? '');
    expect(await received()).toEqual(['first', 'refused']);
  });

  it('ST-01 is sent as long as the page lives when the device has no room', async () => {
    const full: DeviceStorage = {
      ...memoryStorage(),
      put: () => Promise.reject(new PushChatError('StorageQuota', 'Full.')),
    };
    const warnings: string[] = [];
    const { client } = await deviceIn(world, full).open({ logger: { warn: ({ code }) => warnings.push(code) } });
    await client.sendMessage(bob.did, text('anyway'));
    expect(await received()).toEqual(['anyway']);
    expect(warnings).toContain('StorageQuota');
  });
});

describe('several tabs', () => {
  it('ST-04 send each message once, and take over what a tab that is gone had not sent', async () => {
    const { open } = deviceIn(world);
    const never = { wait: () => new Promise<void>(() => undefined) };
    const [left, right] = [await open(never), await open(never)];
    await left.client.sendMessage(bob.did, text('from the left'));
    left.wire.set({ offline: true });
    void left.client.sendMessage(bob.did, text('left behind')).catch(() => undefined);
    await until(left.client, () => itemsOf(left.client, bob.did).some((item) => 'delay' in item));
    await right.client.refresh();
    await right.client.sendMessage(bob.did, text('from the right'));
    expect(await received()).toEqual(['from the left', 'from the right']);
    left.tab.close();
    await right.client.refresh();
    await until(right.client, () => textsOf(right.client, bob.did).includes('left behind'));
    await settled(right.client);
    expect(await received()).toEqual(['from the left', 'from the right', 'left behind']);
  });

  it('ST-04 send what a tab that died had not, without being told of it', async () => {
    const { open } = deviceIn(world);
    const polls: (() => void)[] = [];
    const every = (_: number, task: () => void) => (polls.push(task), () => undefined);
    const [dying, living] = [await open({ wait: () => new Promise(() => undefined) }), await open({ every })];
    dying.wire.set({ offline: true });
    void dying.client.sendMessage(bob.did, text('left behind')).catch(() => undefined);
    await until(dying.client, () => itemsOf(dying.client, bob.did).some((item) => 'delay' in item));
    dying.tab.close();
    await until(living.client, ({ connection }) => connection === 'online');
    for (const poll of polls) poll();
    await until(living.client, () => textsOf(living.client, bob.did).includes('left behind'));
    await settled(living.client);
    expect(await received()).toEqual(['left behind']);
  });

  it('ST-04 are locked together, and only those of the same account', async () => {
    const { open, browser, storage } = deviceIn(world);
    const [left, right] = [await open(), await open()];
    const other = createPushChat({
      signer: world.wallet('Carol'),
      transport: createTestNetwork(world.node).transport,
      storage,
      tabs: browser.openTab().platform,
    });
    await other.unlock();
    left.client.lock();
    await until(right.client, ({ session }) => session.status === 'locked');
    expect(other.store.get().session.status).toBe('ready');
  });
});

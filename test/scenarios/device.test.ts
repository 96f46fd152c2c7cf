import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPushChat } from '../../src/client/createPushChat.ts';
import type { PushChatConfig } from '../../src/client/pushChatConfig.ts';
import { isRemoved } from '../../src/client/removed.ts';
import type { PushChatClient } from '../../src/client/PushChatClient.ts';
import { memoryStorage } from '../../src/client/storage/memoryStorage.ts';
import type { DeviceStorage } from '../../src/client/storage/storage.ts';
import { createTestWorld, type TestWorld } from '../../src/testing/testWorld.ts';
import { browserOf } from '../support/browser.ts';
import { text, textsOf, until } from '../support/until.ts';

let world: TestWorld;
let storage: DeviceStorage;
let prompts: number;

beforeEach(() => {
  world = createTestWorld();
  storage = memoryStorage();
  prompts = 0;
});
afterEach(() => {
  world.close();
});

/** A page of alice's on this device. */
function openPage(config: Partial<PushChatConfig> = {}): PushChatClient {
  const wallet = world.wallet('Alice');
  const signer = {
    getAddress: () => wallet.getAddress(),
    signMessage: (words: string) => {
      prompts += 1;
      return wallet.signMessage(words);
    },
  };
  return createPushChat({ signer, node: world.node, storage, checkWallet: false, ...config });
}

/** What a browser keeps for one session. */
const sessionOf = (): Storage => {
  const texts = new Map<string, string>();
  return {
    getItem: (name: string) => texts.get(name) ?? null,
    setItem: (name: string, value: string) => void texts.set(name, value),
    removeItem: (name: string) => void texts.delete(name),
  } as Storage;
};

const isReady = (client: PushChatClient): Promise<unknown> =>
  until(client, ({ session }) => session.status === 'ready');
/** Once this device was looked through for keys, in vain. */
async function isLocked(client: PushChatClient): Promise<void> {
  await until(client, ({ session }) => session.status === 'reopening');
  await until(client, ({ session }) => session.status === 'locked');
}

describe('keys that stay on the device', () => {
  it('ask a returning user for no signature, until chat is locked', async () => {
    const first = openPage({ keepUnlocked: 'device' });
    await first.unlock();
    expect(prompts).toBe(2);
    first.close();

    const second = openPage({ keepUnlocked: 'device' });
    const painted: string[] = [];
    second.store.subscribe(() => setImmediate(() => painted.push(second.store.get().session.status)));
    second.start();
    await isReady(second);
    // Nobody sees for a moment that chat is locked.
    expect(painted).not.toContain('locked');
    const bob = await world.join('Bob');
    await second.sendMessage(bob.did, text('without a prompt'));
    expect([prompts, textsOf(second, bob.did)]).toEqual([2, ['without a prompt']]);
    second.lock();

    const third = openPage({ keepUnlocked: 'device' });
    third.start();
    await isLocked(third);
    await third.unlock();
    expect(prompts).toBe(3);
  });

  it('last for the browser session when the host wants no more, and not without its secret', async () => {
    const session = sessionOf();
    const config = { keepUnlocked: 'session', sessionSecrets: session } as const;
    await openPage(config).unlock();
    const again = openPage(config);
    await again.unlock();
    expect(prompts).toBe(2);
    const nextDay = openPage({ ...config, sessionSecrets: sessionOf() });
    await nextDay.unlock();
    expect(prompts).toBe(3);
  });

  it('stay where the user says so, if the host leaves it to them, until the wallet is to be asked again', async () => {
    const ask = { keepUnlocked: 'ask' } as const;
    const keptNow = ({ store }: PushChatClient) => store.get().session;
    const first = openPage(ask);
    expect(first.asksToKeep).toBe(true);
    await first.unlock();
    expect(keptNow(first)).not.toHaveProperty('kept');
    const second = openPage(ask);
    await second.unlock({ keep: true });
    expect([prompts, keptNow(second)]).toEqual([3, expect.objectContaining({ status: 'ready', kept: true })]);
    const third = openPage(ask);
    third.start();
    await isReady(third);
    expect(keptNow(third)).toMatchObject({ kept: true });
    await third.forgetKeys();
    expect(keptNow(third)).toMatchObject({ status: 'ready' });
    expect(keptNow(third)).not.toHaveProperty('kept');
    const fourth = openPage(ask);
    fourth.start();
    await isLocked(fourth);
  });

  it('are none by default', async () => {
    await openPage().unlock();
    await openPage().unlock();
    expect(prompts).toBe(3);
    expect((await storage.list('')).filter(([key]) => key.includes('/keys/'))).toEqual([]);
  });

  it('are of no use for another account, nor once the account has other keys', async () => {
    await openPage({ keepUnlocked: 'device' }).unlock();
    const other = createPushChat({ signer: world.wallet('Carol'), node: world.node, storage, keepUnlocked: 'device' });
    other.start();
    await isLocked(other);
    const elsewhere = createTestWorld();
    const moved = openPage({ keepUnlocked: 'device', node: elsewhere.node });
    await moved.unlock();
    expect(prompts).toBe(4);
    elsewhere.close();
  });

  it('ST-08 ST-09 are nowhere in clear, and gone after logging out, with everything else', async () => {
    const client = openPage({ keepUnlocked: 'device' });
    await client.unlock();
    client.setDraft('eip155:0x70997970C51812dc3A010C7d01b50e0d17dc79C8', 'canary draft');
    await expect.poll(async () => (await storage.list('')).some(([key]) => key.includes('/draft/'))).toBe(true);
    const dump = await storage.list('');
    const bytes = dump.map(
      ([key, value]) =>
        key + Buffer.from((value as { sealed?: ArrayBuffer }).sealed ?? new ArrayBuffer()).toString('latin1'),
    );
    expect(bytes.join('\n')).not.toMatch(/canary|PRIVATE KEY|70997970/i);
    await client.logout();
    expect(client.store.get().session.status).toBe('locked');
    expect(await storage.list('')).toEqual([]);
    const again = openPage({ keepUnlocked: 'device' });
    again.start();
    await isLocked(again);
  });

  it('ST-04 are gone in all tabs when one of them logs out', async () => {
    const browser = browserOf();
    const tabs = [0, 1].map(() => openPage({ keepUnlocked: 'device', tabs: browser.openTab().platform }));
    for (const tab of tabs) await tab.unlock();
    await tabs[0]?.logout();
    await until(tabs[1]!, ({ session }) => session.status === 'locked');
    expect(await storage.list('')).toEqual([]);
  });
});

describe('a chat that nobody uses', () => {
  it('locks itself after a while, counted from the last use', async () => {
    let time = 0;
    const waits: { until: number; go: () => void }[] = [];
    const pass = async (ms: number): Promise<void> => {
      time += ms;
      for (const due of waits.filter(({ until: at }) => at <= time)) due.go();
      await new Promise(setImmediate);
    };
    const client = openPage({
      autoLockMs: 60_000,
      now: () => Date.UTC(2026, 11, 1) + time,
      wait: (ms) => new Promise((go) => waits.push({ until: time + ms, go })),
    });
    await client.unlock();
    await pass(50_000);
    client.markRead(world.wallet('Bob').address);
    await pass(50_000);
    expect(client.store.get().session.status).toBe('ready');
    await pass(10_000);
    expect(client.store.get().session.status).toBe('locked');
  });
});

describe('drafts', () => {
  const bob = '0x70997970C51812dc3A010C7d01b50e0d17dc79C8';
  const draftIn = (client: PushChatClient): string | undefined => client.drafts.get()[`eip155:${bob}`];
  const kept = () => storage.list('').then((all) => all.filter(([key]) => key.includes('/draft/')).length);

  it('survive the page, one for each peer however it is spelled', async () => {
    const first = openPage();
    await first.unlock();
    for (const words of ['D', 'De', 'Dear Bob']) first.setDraft(bob, words);
    await expect.poll(kept).toBe(1);
    first.close();
    expect(draftIn(first)).toBeUndefined();

    const second = openPage();
    await second.unlock();
    await expect.poll(() => draftIn(second)).toBe('Dear Bob');
    second.setDraft(`eip155:1:${bob.toLowerCase()}`, '');
    await expect.poll(kept).toBe(0);
  });

  it('never meet another wallet', async () => {
    const client = openPage();
    await client.unlock();
    client.setDraft(bob, 'From Alice');
    await expect.poll(kept).toBe(1);
    await client.setSigner(world.wallet('Carol'));
    expect(client.drafts.get()).toEqual({});
    await client.unlock();
    await client.setSigner(world.wallet('Alice'));
    await client.unlock();
    await expect.poll(() => draftIn(client)).toBe('From Alice');
  });
});

describe('messages that the user took out of sight', () => {
  const item = { id: 'bafy1', digest: 'd1' };
  const kept = () => storage.list('').then((all) => all.filter(([key]) => key.includes('/removed/')).length);

  it('stay so in the next page, under whatever id they are served, until they are brought back', async () => {
    const first = openPage();
    await first.unlock();
    first.removeMessage(item);
    await expect.poll(kept).toBe(1);
    first.close();
    expect(first.removed.get()).toEqual({});

    const second = openPage();
    await second.unlock();
    await expect.poll(() => isRemoved(second.removed.get(), { ...item, id: 'bafy2' })).toBe(true);
    expect(isRemoved(second.removed.get(), { ...item, digest: 'd2' })).toBe(false);
    second.removeMessage(item, false);
    await expect.poll(kept).toBe(0);
  });
});

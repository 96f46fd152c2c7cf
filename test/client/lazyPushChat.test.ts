import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { draftOf } from '../../src/client/drafts.ts';
import { lazyPushChat } from '../../src/client/lazyPushChat.ts';
import type { PushChatConfig } from '../../src/client/pushChatConfig.ts';
import { memoryStorage } from '../../src/client/storage/memoryStorage.ts';
import { parseDid } from '../../src/protocol/did.ts';
import { createTestWorld, type TestWorld } from '../../src/testing/testWorld.ts';

let world: TestWorld;
beforeEach(() => {
  world = createTestWorld();
});
afterEach(() => world.close());

const lazily = (name: string, config: Partial<PushChatConfig> = {}) =>
  lazyPushChat({ signer: world.wallet(name), node: world.node, keyType: 'curve25519', ...config });
const statusOf = ({ store }: ReturnType<typeof lazily>) => store.get().session.status;

describe('a client that is loaded late', () => {
  it('shows whose chat can be unlocked, and asks the node for nothing, until somebody wants to chat', async () => {
    const fetch = vi.spyOn(world.node, 'fetch');
    const client = lazily('Ada');
    expect(statusOf(client)).toBe('disconnected');
    client.start();
    await vi.waitFor(() => expect(statusOf(client)).toBe('locked'));
    expect(client.store.get().session).toEqual({ status: 'locked', did: parseDid(world.wallet('Ada').address) });
    expect(fetch).not.toHaveBeenCalled();
    await client.unlock();
    expect(statusOf(client)).toBe('ready');
    client.close();
  });

  it('is live for whoever started it before it was loaded, and not for who has stopped', async () => {
    const bob = await world.join('Bob');
    const client = lazily('Ada');
    const stopFirst = client.start();
    const stop = client.start();
    stopFirst();
    await client.unlock();
    await bob.client.sendMessage(world.wallet('Ada').address, { type: 'Text', content: 'Hello' });
    await vi.waitFor(() => expect(client.store.get().requests.items).toHaveLength(1));
    stop();
    await vi.waitFor(() => expect(client.store.get().connection).toBe('idle'));
    client.close();
  });

  it('refuses at once what createPushChat refuses', () => {
    expect(() => lazyPushChat({})).toThrow(expect.objectContaining({ code: 'InvalidConfig' }));
    expect(() => lazyPushChat({ node: 'http://chat.example.org' })).toThrow(
      expect.objectContaining({ code: 'InvalidConfig' }),
    );
    expect(() => lazyPushChat({ node: world.node, signer: {} as never })).toThrow(
      expect.objectContaining({ code: 'WalletUnsupported' }),
    );
  });

  it('follows the wallet before it is loaded, without loading', async () => {
    const fetch = vi.spyOn(world.node, 'fetch');
    const client = lazily('Ada');
    client.start();
    await client.setSigner(world.wallet('Bob'));
    expect(client.store.get().session).toEqual({ status: 'locked', did: parseDid(world.wallet('Bob').address) });
    await client.setSigner(undefined);
    expect(statusOf(client)).toBe('disconnected');
    expect(fetch).not.toHaveBeenCalled();
  });

  it('keeps a draft that was written before', async () => {
    const client = lazily('Ada');
    client.start();
    const peer = world.wallet('Bob').address;
    client.setDraft(peer, 'Is this in stock?');
    await vi.waitFor(() => expect(draftOf(client.drafts.get(), peer)).toBe('Is this in stock?'));
    await client.unlock();
    expect(draftOf(client.drafts.get(), peer)).toBe('Is this in stock?');
    client.close();
  });

  it('opens by itself what the device keeps, so that there is something to count', async () => {
    const storage = memoryStorage();
    const first = lazily('Ada', { storage, keepUnlocked: 'device' });
    first.start();
    await first.unlock();
    first.close();
    const again = lazily('Ada', { storage, keepUnlocked: 'device' });
    again.start();
    await vi.waitFor(() => expect(statusOf(again)).toBe('ready'));
    again.close();
  });

  it('follows a thread that was asked for before, unless nobody looks any more', async () => {
    const bob = await world.join('Bob');
    const client = lazily('Ada');
    client.start();
    const leave = client.followThread(bob.did);
    leave();
    await client.unlock();
    expect(client.store.get().threads[bob.did]).toBeUndefined();
    client.followThread(bob.did);
    await vi.waitFor(() => expect(client.store.get().threads[bob.did]).toBeDefined());
    client.close();
  });
});

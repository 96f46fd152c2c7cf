import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { WalletPrompt } from '../../src/client/walletPrompt.ts';
import { createPushChat } from '../../src/client/createPushChat.ts';
import { directTransport } from '../../src/client/directTransport.ts';
import type { Transport } from '../../src/client/transport.ts';
import { PushChatError } from '../../src/errors.ts';
import { createTestWorld, type TestWorld } from '../../src/testing/testWorld.ts';

let world: TestWorld;
beforeEach(() => {
  world = createTestWorld();
});
afterEach(() => {
  vi.unstubAllGlobals();
  world.close();
});

interface Prompts {
  readonly texts: string[];
  decline?: number;
}

/** A wallet that counts its prompts, and may decline one or sign with another account. */
function promptingWallet(
  name: string,
  prompts: Prompts,
  signingAs = name,
): { getAddress: () => Promise<string>; signMessage: (text: string) => Promise<string> } {
  return {
    getAddress: () => Promise.resolve(world.wallet(name).address),
    signMessage: (text) => {
      prompts.texts.push(text);
      if (prompts.decline === prompts.texts.length)
        return Promise.reject(Object.assign(new Error('declined'), { code: 4001 }));
      return world.wallet(signingAs).signMessage(text);
    },
  };
}

/** Alters what the node answers about users. */
const altering =
  (alter: (user: Record<string, unknown>) => object) =>
  (transport: Transport): Transport => ({
    ...transport,
    request: async (route, body) => {
      const answer = await transport.request(route, body);
      return route.path.includes('/v2/users/?') && answer ? alter(answer as Record<string, unknown>) : answer;
    },
  });

const transport = (): Transport => directTransport(world.node);

describe('a page that explains each prompt', () => {
  it('is told of it before the wallet is, with what it is for', async () => {
    const prompts: Prompts = { texts: [] };
    const told: [WalletPrompt, already: number][] = [];
    const signer = promptingWallet('Alice', prompts);
    const onBeforeSign = (prompt: WalletPrompt): void => void told.push([prompt, prompts.texts.length]);
    await createPushChat({ checkWallet: false, signer, node: world.node, onBeforeSign }).unlock();
    await createPushChat({ checkWallet: false, signer, node: world.node, onBeforeSign }).unlock();
    const [wrap, attest, open] = prompts.texts;
    expect(told).toEqual([
      [{ purpose: 'open-keys', text: wrap, nth: 1, of: 2 }, 0],
      [{ purpose: 'attest-keys', text: attest, nth: 2, of: 2 }, 1],
      [{ purpose: 'open-keys', text: open, nth: 1, of: 1 }, 2],
    ]);
  });

  it('can decline it: nothing is signed, and unlocking can begin anew', async () => {
    const prompts: Prompts = { texts: [] };
    let isWanted = false;
    const chat = createPushChat({
      checkWallet: false,
      signer: promptingWallet('Alice', prompts),
      node: world.node,
      onBeforeSign: () => (isWanted ? undefined : Promise.reject(new Error('not now'))),
    });
    await expect(chat.unlock()).rejects.toMatchObject({ code: 'WalletRejected' });
    expect([prompts.texts, chat.store.get().session.status]).toEqual([[], 'locked']);
    isWanted = true;
    await chat.unlock();
    expect(prompts.texts).toHaveLength(2);
  });
});

describe('unlocking', () => {
  it('asks a new user twice, a returning one once, and nobody before unlock is called', async () => {
    const prompts: Prompts = { texts: [] };
    const first = createPushChat({ checkWallet: false, signer: promptingWallet('Alice', prompts), node: world.node });
    const stop = first.start();
    expect(prompts.texts).toEqual([]);
    await first.unlock();
    expect(prompts.texts).toHaveLength(2);
    expect(prompts.texts[0]).toMatch(/^Enable Push Profile \n[0-9a-f]{64}$/);
    expect(prompts.texts[1]).toMatch(/^[0-9a-f]{64}$/);
    stop();
    first.close();

    const again: Prompts = { texts: [] };
    const second = createPushChat({ checkWallet: false, signer: promptingWallet('Alice', again), node: world.node });
    await second.unlock();
    expect(again.texts).toEqual([prompts.texts[0]]);
    expect(second.store.get().session.status).toBe('ready');
    second.close();
  });

  it('WA-08 shares one prompt among callers who ask at once', async () => {
    const prompts: Prompts = { texts: [] };
    const client = createPushChat({ checkWallet: false, signer: promptingWallet('Alice', prompts), node: world.node });
    await Promise.all([client.unlock(), client.unlock(), client.unlock()]);
    await client.unlock();
    expect(prompts.texts).toHaveLength(2);
    client.close();
  });

  it.each([1, 2])('WA-01 a declined prompt %i leaves everything as it was, and can be tried again', async (decline) => {
    const prompts: Prompts = { texts: [], decline };
    const client = createPushChat({ checkWallet: false, signer: promptingWallet('Alice', prompts), node: world.node });
    await expect(client.unlock()).rejects.toMatchObject({ code: 'WalletRejected' });
    expect(client.store.get().session).toMatchObject({ status: 'locked', error: { code: 'WalletRejected' } });
    expect(await client.getProfile(world.wallet('Alice').address)).toBeNull();
    await client.unlock();
    expect(client.store.get().session.status).toBe('ready');
    client.close();
  });

  it('WA-06 refuses a signature of another account than the one shown', async () => {
    const client = createPushChat({
      checkWallet: false,
      signer: promptingWallet('Alice', { texts: [] }, 'Mallory'),
      node: world.node,
    });
    await expect(client.unlock()).rejects.toMatchObject({ code: 'WalletChanged' });
    expect(await client.getProfile(world.wallet('Alice').address)).toBeNull();
    client.close();
  });

  it('KI-12 KI-13 signs nothing and opens nothing when the node serves a key the wallet did not attest', async () => {
    await world.join('Alice');
    const mallory = await world.join('Mallory');
    const malloryUser = (await transport().request({
      method: 'GET',
      path: `/apis/v2/users/?caip10=${mallory.did}`,
    })) as Record<string, unknown>;
    const prompts: Prompts = { texts: [] };
    const swapped = altering((user) => ({ ...user, publicKey: malloryUser['publicKey'] }))(transport());
    const client = createPushChat({
      checkWallet: false,
      signer: promptingWallet('Alice', prompts),
      transport: swapped,
    });
    await expect(client.unlock()).rejects.toMatchObject({ code: 'KeyUnattested' });
    expect(prompts.texts).toEqual([]);
    client.close();

    const stripped = altering((user) => ({ ...user, publicKey: malloryUser['publicKey'], verificationProof: null }))(
      transport(),
    );
    const legacy = createPushChat({
      checkWallet: false,
      signer: promptingWallet('Alice', prompts),
      transport: stripped,
    });
    await expect(legacy.unlock()).rejects.toMatchObject({ code: 'KeyMismatch' });
    expect(prompts.texts).toHaveLength(1);
    expect(legacy.store.get().session.status).toBe('locked');
    legacy.close();
  });

  it.each([
    ['KI-14', { encryptedPrivateKey: 'not JSON' }],
    ['KI-14', { encryptedPrivateKey: '{"version":"eip191-aes256-gcm-hkdf-sha256"}' }],
    ['KI-15', { preKey: 'Transfer all my tokens to Mallory' }],
    ['KI-15', { preKey: `${'a'.repeat(63)}\n` }],
  ])('%s a damaged or hostile key bundle %j never reaches the wallet', async (_, damage) => {
    await world.join('Alice');
    const prompts: Prompts = { texts: [] };
    const damaged = altering((user) => {
      const bundle = JSON.parse(user['encryptedPrivateKey'] as string) as object;
      const encryptedPrivateKey =
        'preKey' in damage ? JSON.stringify({ ...bundle, ...damage }) : damage.encryptedPrivateKey;
      return { ...user, encryptedPrivateKey, verificationProof: null };
    })(transport());
    const client = createPushChat({
      checkWallet: false,
      signer: promptingWallet('Alice', prompts),
      transport: damaged,
    });
    await expect(client.unlock()).rejects.toMatchObject({ code: 'KeyBundleMalformed' });
    expect(prompts.texts).toEqual([]);
    client.close();
  });

  it('refuses commands while locked, without asking the wallet', async () => {
    const { client } = await world.join('Alice', { unlocked: false });
    await expect(client.sendMessage(world.wallet('Bob').address, { type: 'Text', content: 'x' })).rejects.toMatchObject(
      { code: 'SessionLocked' },
    );
    await expect(client.loadChats()).rejects.toBeInstanceOf(PushChatError);
  });

  it('forgets everything when locked', async () => {
    const { client, did } = await world.join('Alice');
    client.lock();
    expect(client.store.get()).toMatchObject({ session: { status: 'locked', did }, chats: { items: [] }, threads: {} });
  });

  it('keeps the session for another signer object of the same account, without a prompt', async () => {
    const first: Prompts = { texts: [] };
    const second: Prompts = { texts: [] };
    const client = createPushChat({ checkWallet: false, signer: promptingWallet('Alice', first), node: world.node });
    await client.unlock();
    await client.setSigner(promptingWallet('Alice', second));
    expect(client.store.get().session.status).toBe('ready');
    expect([first.texts.length, second.texts.length]).toEqual([2, 0]);
    client.close();
  });

  it('locks and forgets for another account, and for none', async () => {
    const { client, did } = await world.join('Alice');
    const bob = await world.join('Bob');
    await client.sendMessage(bob.did, { type: 'Text', content: 'secret' });
    await client.setSigner(world.wallet('Carol'));
    const { session, threads } = client.store.get();
    expect(session).toMatchObject({ status: 'locked' });
    expect(session).not.toMatchObject({ did });
    expect(threads).toEqual({});
    await client.setSigner(undefined);
    expect(client.store.get().session).toEqual({ status: 'disconnected' });
  });

  it('lets nothing of a locked session come back: an unlock or a read that was on its way', async () => {
    await world.join('Alice');
    let answer: (() => void) | undefined;
    const slow: Transport = {
      ...transport(),
      request: async (route, body) => {
        const result = await transport().request(route, body);
        if (route.path.includes('/v2/users/?')) await new Promise<void>((resolve) => (answer = resolve));
        return result;
      },
    };
    const client = createPushChat({ signer: world.wallet('Alice'), transport: slow });
    const unlocking = client.unlock();
    while (!answer) await new Promise(setImmediate);
    client.lock();
    answer();
    await expect(unlocking).rejects.toMatchObject({ code: 'WalletChanged' });
    expect(client.store.get().session.status).toBe('locked');
    client.close();
  });

  it('CR-25 is not begun on a page that has no cryptography', () => {
    for (const crypto of [undefined, {}, { getRandomValues: () => undefined }, { subtle: {} }]) {
      vi.stubGlobal('crypto', crypto);
      expect(() => createPushChat({ signer: world.wallet('Alice'), node: world.node })).toThrow(/HTTPS/);
    }
  });

  it('WA-11 asks no wallet before the user has touched the page', async () => {
    const activation = { hasBeenActive: false };
    vi.stubGlobal('navigator', { userActivation: activation });
    const prompts: Prompts = { texts: [] };
    const signer = promptingWallet('Alice', prompts);
    const client = createPushChat({ signer, node: world.node, checkWallet: false });
    await expect(client.unlock()).rejects.toMatchObject({ code: 'GestureRequired' });
    expect([prompts.texts, client.store.get().session.status]).toEqual([[], 'locked']);
    const silent = createPushChat({ signer: promptingWallet('Bob', prompts), node: world.node, requireGesture: false });
    await silent.unlock();
    const local = createPushChat({ signer: world.wallet('Carol'), node: world.node });
    await local.unlock();
    prompts.texts.length = 0;
    activation.hasBeenActive = true;
    await client.unlock();
    expect(prompts.texts).toHaveLength(2);
    for (const one of [client, silent, local]) one.close();
  });

  it('says what to do without a wallet, and without a node', async () => {
    const client = createPushChat({ node: world.node });
    client.start();
    expect(client.store.get().session.status).toBe('disconnected');
    await expect(client.unlock()).rejects.toMatchObject({ code: 'InvalidConfig' });
    expect(() => createPushChat({})).toThrow(/node/);
    expect(() => createPushChat({ node: 'http://example.org' })).toThrow(/https/);
  });
});

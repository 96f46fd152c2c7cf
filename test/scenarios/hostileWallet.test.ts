import type { Wallet } from 'ethers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPushChat } from '../../src/client/createPushChat.ts';
import type { PushChatConfig } from '../../src/client/pushChatConfig.ts';
import type { PushChatClient } from '../../src/client/PushChatClient.ts';
import type { EthersSigner, Signer } from '../../src/client/signerAddress.ts';
import { routes } from '../../src/protocol/routes.ts';
import { directTransport } from '../../src/client/directTransport.ts';
import { createTestWorld, type TestWorld } from '../../src/testing/testWorld.ts';
import { parseDid } from '../../src/protocol/did.ts';

let world: TestWorld;
let alice: Wallet;
const clients: PushChatClient[] = [];

beforeEach(() => {
  world = createTestWorld();
  alice = world.wallet('Alice');
});
afterEach(() => {
  for (const client of clients.splice(0)) client.close();
  world.close();
});

function clientOf(signer: Signer, config: Partial<PushChatConfig> = {}): PushChatClient {
  const client = createPushChat({ signer, node: world.node, ...config });
  clients.push(client);
  return client;
}

const published = async (): Promise<unknown> => directTransport(world.node).request(routes.user(alice.address));

/** Alice's wallet, with some of it another way. */
const walletThat = (changes: Partial<EthersSigner>, wallet = alice): EthersSigner => ({
  getAddress: () => wallet.getAddress(),
  signMessage: (text) => wallet.signMessage(text),
  ...changes,
});

describe('a wallet that is slow or changes', () => {
  it('WA-02 a prompt that is never answered is WalletTimeout, and a late answer does nothing', async () => {
    let answer: (signature: string) => void = () => undefined;
    let giveUp: () => void = () => undefined;
    let ask: () => void = () => undefined;
    const asked = new Promise<void>((resolve) => (ask = resolve));
    const signer = walletThat({
      signMessage: () => {
        ask();
        return new Promise((resolve) => (answer = resolve));
      },
    });
    const client = clientOf(signer, {
      every: (_, task) => {
        giveUp = task;
        return () => undefined;
      },
    });
    const unlocking = client.unlock();
    unlocking.catch(() => undefined);
    await asked;
    giveUp();
    await expect(unlocking).rejects.toMatchObject({ code: 'WalletTimeout' });
    answer(await alice.signMessage('late'));
    await Promise.resolve();
    expect(client.store.get().session).toMatchObject({ status: 'locked', error: { code: 'WalletTimeout' } });
    expect(await published()).toBeNull();
  });

  it('WA-03 another account while the prompt is open is WalletChanged, and nothing is published', async () => {
    const mallory = world.wallet('Mallory');
    const client = clientOf(walletThat({ signMessage: (text) => mallory.signMessage(text) }));
    await expect(client.unlock()).rejects.toMatchObject({ code: 'WalletChanged' });
    expect(await published()).toBeNull();
  });

  it('WA-03 another account between the last prompt and the upload is WalletChanged, and nothing is published', async () => {
    let signed = 0;
    const signer = walletThat({
      getAddress: () => (signed < 2 ? alice : world.wallet('Mallory')).getAddress(),
      signMessage: (text) => ((signed += 1), alice.signMessage(text)),
    });
    await expect(clientOf(signer).unlock()).rejects.toMatchObject({ code: 'WalletChanged' });
    expect([signed, await published()]).toEqual([3, null]);
  });

  it('WA-04 a wallet that locks or disconnects in between is a named error, and the next try works', async () => {
    let locked = true;
    const signer = walletThat({
      signMessage: (text) =>
        locked ? Promise.reject(Object.assign(new Error('Disconnected'), { code: 4900 })) : alice.signMessage(text),
    });
    const client = clientOf(signer);
    await expect(client.unlock()).rejects.toMatchObject({ code: 'WalletUnsupported' });
    expect(await published()).toBeNull();
    locked = false;
    await client.unlock();
    expect(client.store.get().session.status).toBe('ready');
  });
});

describe('a wallet that signs differently each time', () => {
  /** As wallets do that mix randomness of their own into each signature: right each time, and another. */
  const fickle = (): EthersSigner => {
    let turn = 0;
    return walletThat({
      signMessage: async (text) => {
        const signature = await alice.signMessage(text);
        turn += 1;
        // The same signature in its other spelling: recovers to the same account.
        return turn % 2 === 0 ? signature.replace(/1b$/, '00').replace(/1c$/, '01') : signature;
      },
    });
  };

  it('WA-07 is found out before anything is published', async () => {
    await expect(clientOf(fickle()).unlock()).rejects.toMatchObject({
      code: 'WalletNonDeterministic',
    });
    expect(await published()).toBeNull();
  });

  it('WA-07 is not asked twice where it has the key itself, nor where the page knows better', async () => {
    const nths: number[] = [];
    const onBeforeSign = ({ of }: { of: number }): void => void nths.push(of);
    await clientOf(alice, { onBeforeSign }).unlock();
    await clientOf(walletThat({}, world.wallet('Bob')), { onBeforeSign, checkWallet: false }).unlock();
    expect(nths).toEqual([2, 2, 2, 2]);
  });

  it('WA-07 costs one prompt more with a wallet that does not', async () => {
    const texts: string[] = [];
    const told: number[] = [];
    const client = clientOf(walletThat({ signMessage: (text) => (texts.push(text), alice.signMessage(text)) }), {
      onBeforeSign: ({ nth, of }) => void told.push(nth, of),
    });
    await client.unlock();
    expect(texts[1]).toBe(texts[0]);
    expect([texts.length, told]).toEqual([3, [1, 3, 2, 3, 3, 3]]);
    expect(await published()).not.toBeNull();
  });
});

describe('a wallet that is odd', () => {
  const circular: Record<string, unknown> = {};
  circular['cause'] = circular;

  it.each([
    ['a string', 'no'],
    ['nothing', undefined],
    ['null', null],
    ['a circle', circular],
    ['a number', 7],
  ])('WA-09 throws %s, and the error has a name', async (_, thrown) => {
    const throwing = walletThat({
      // eslint-disable-next-line @typescript-eslint/prefer-promise-reject-errors -- wallets do
      signMessage: () => Promise.reject(thrown),
    });
    await expect(clientOf(throwing).unlock()).rejects.toMatchObject({
      name: 'PushChatError',
      code: 'WalletUnsupported',
    });
  });

  it('WA-09 a thousand changes of the account end with the last', async () => {
    const client = clientOf(alice);
    client.start();
    const wallets = [alice, world.wallet('Bob'), world.wallet('Carol')];
    await Promise.all(Array.from({ length: 1_000 }, (_, i) => client.setSigner(wallets[i % 3])));
    await client.setSigner(world.wallet('Bob'));
    expect(client.store.get().session).toMatchObject({
      status: 'locked',
      did: parseDid(world.wallet('Bob').address),
    });
  });

  it('WA-10 the wallet that was passed is used, whatever others the page has', async () => {
    const asked: string[] = [];
    const other = { request: ({ method }: { method: string }) => (asked.push(method), Promise.resolve([])) };
    const page = globalThis as { ethereum?: unknown };
    page.ethereum = other;
    try {
      await clientOf(alice).unlock();
    } finally {
      delete page.ethereum;
    }
    expect(asked).toEqual([]);
  });
});

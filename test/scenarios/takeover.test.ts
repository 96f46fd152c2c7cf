import type { Wallet } from 'ethers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { directTransport } from '../../src/client/directTransport.ts';
import { createKeyring } from '../../src/client/keyring.ts';
import type { LiveListener, Transport } from '../../src/client/transport.ts';
import { sha256Hex } from '../../src/crypto/hash.ts';
import { generateKeyPair, readPrivateKey } from '../../src/crypto/pgp.ts';
import { PushChatError } from '../../src/errors.ts';
import { createPushNode } from '../../src/node/createPushNode.ts';
import { profileKeysText } from '../../src/protocol/canonical.ts';
import type { UserCreation, WireUser } from '../../src/protocol/payload.ts';
import { formatPublicKey } from '../../src/protocol/publicKey.ts';
import { routes } from '../../src/protocol/routes.ts';
import { sealMessage } from '../../src/protocol/sealMessage.ts';
import { createTestWorld, type TestWorld, type TestUser } from '../../src/testing/testWorld.ts';
import { vectorChains } from '../node/chain/localChain.ts';
import { walletOf } from '../support/builders.ts';
import { itemsOf, text, textsOf, until } from '../support/until.ts';
import { parseDid } from '../../src/protocol/did.ts';

let world: TestWorld;
let alice: TestUser;
let bob: TestUser;
let node: Transport;

beforeEach(async () => {
  world = createTestWorld();
  node = directTransport(world.node);
  [alice, bob] = await Promise.all([world.join('Alice'), world.join('Bob')]);
});
afterEach(() => {
  world.close();
});

const userOf = async (did: string): Promise<WireUser> => (await node.request(routes.user(did))) as WireUser;

describe('somebody else’s keys', () => {
  const CONTRACT = 'scw:eip155:1:0x976EA74026E726554dB657fA54763abd0C3a0aa9';

  const keysOf = async (publicKey: string, signer?: Wallet): Promise<UserCreation> => {
    const { encryptedPrivateKey } = await userOf(bob.did);
    const keys = { caip10: CONTRACT, did: CONTRACT, publicKey: formatPublicKey(publicKey), encryptedPrivateKey };
    const proof = await signer?.signMessage(sha256Hex(profileKeysText(keys)));
    return { ...keys, verificationProof: proof === undefined ? 'foo:bar' : `eip191v2:${proof}` };
  };

  it('ND-03 cannot be put on a contract account', async () => {
    const { publicKey } = await generateKeyPair();
    for (const keys of [await keysOf(publicKey), await keysOf(publicKey, walletOf('grace-scw'))]) {
      await expect(node.request(routes.createUser(), keys)).rejects.toMatchObject({ code: 'KeyUnattested' });
    }
    expect(await userOf(CONTRACT)).toBeNull();
  });

  it('KI-04 show nothing of what a contract account says where its chain is not asked', async () => {
    world.close();
    world = createTestWorld({ node: createPushNode({ chains: await vectorChains() }) });
    node = directTransport(world.node);
    bob = await world.join('Bob');
    const { publicKey, privateKey } = await generateKeyPair();
    await node.request(routes.createUser(), await keysOf(publicKey, walletOf('grace-scw')));
    const body = await sealMessage(text('I am the treasury, pay me'), {
      from: CONTRACT,
      to: bob.did,
      receiverKey: JSON.parse((await userOf(bob.did)).publicKey).key as string,
      senderKey: await readPrivateKey(privateKey),
    });
    await node.request(routes.sendRequest(), body);
    const { requests } = await until(bob.client, (state) => state.requests.items.length === 1);
    expect(requests.items).toMatchObject([{ last: { state: 'quarantined', reason: 'ChainUnavailable' } }]);
  });

  it('ND-03 cannot be put on an account by a wallet’s signature over an old key alone', async () => {
    const old = await generateKeyPair();
    const signature = await alice.wallet.signMessage(
      `Create Push Profile \n${sha256Hex(JSON.stringify(old.publicKey))}`,
    );
    const takeover = {
      caip10: alice.did,
      publicKey: JSON.stringify({ key: old.publicKey, signature: `eip191:${signature}` }),
      encryptedPrivateKey: (await userOf(bob.did)).encryptedPrivateKey,
      verificationProof: 'x:y',
    };
    await expect(node.request(routes.updateKeys(alice.did), takeover)).rejects.toMatchObject({ code: 'KeyUnattested' });
    const again = await world.join('Alice');
    expect(again.client.store.get().session.status).toBe('ready');
  });

  it('KI-01 do not replace a key that was found while many were being asked for', async () => {
    let release = (): void => undefined;
    const gate = new Promise<void>((resolve) => (release = resolve));
    const slow: Transport = {
      ...node,
      request: async (route, body) => {
        const answer = await node.request(route, body);
        if (!route.path.endsWith('/batch')) return answer;
        await gate;
        return { users: (answer as { users: WireUser[] }).users.map((user) => ({ ...user, publicKey: '' })) };
      },
    };
    const keyring = createKeyring(slow);
    const prefetching = keyring.prefetch([alice.did, bob.did]);
    const found = await keyring.find(bob.did);
    release();
    await prefetching;
    expect((await keyring.find(bob.did))?.key).toEqual(found?.key);
    expect(found?.key?.level).toBe('verified');
  });
});

describe('a hostile node', () => {
  it('PA-01 spoils no list by one bad row of a batch lookup', async () => {
    const carol = await world.join('Carol');
    await alice.client.sendMessage(bob.did, text('one'));
    await carol.client.sendMessage(bob.did, text('two'));
    const device = await world.join('Bob', {
      through: (transport) => ({
        ...transport,
        request: async (route, body) => {
          const answer = await transport.request(route, body);
          if (!route.path.endsWith('/batch')) return answer;
          const [first] = (answer as { users: WireUser[] }).users;
          return { users: [null, { ...first, did: 'x' }] };
        },
      }),
    });
    const { requests } = await until(device.client, (state) => state.requests.loading.status === 'loaded');
    expect(requests.items.map(({ last }) => last?.state)).toEqual(['verified', 'verified']);
  });

  it('makes no message that is on its way vanish by an event in my name', async () => {
    let heard: LiveListener | undefined;
    let off = false;
    const device = await world.join('Alice', {
      through: (transport) => ({
        request: (route, body) =>
          off ? Promise.reject(new PushChatError('NetworkUnavailable', 'off')) : transport.request(route, body),
        subscribe: (did, listener) => {
          heard = listener;
          return transport.subscribe(did, listener);
        },
      }),
    });
    await device.client.openThread(bob.did);
    off = true;
    const sending = device.client.sendMessage(bob.did, text('mine'));
    const event = { fromDID: alice.did, fromCAIP10: alice.did, toDID: bob.did, toCAIP10: bob.did, messageType: 'Text' };
    const rest = {
      messageObj: { content: 'x' },
      encType: 'PlainText',
      encryptedSecret: '',
      messageContent: 'x',
      signature: '',
      sigType: '',
    };
    const chat = {
      messageCategory: 'Chat',
      messageOrigin: 'self',
      hasIntent: true,
      chatId: 'c',
      timestamp: 1,
      link: null,
      cid: 'x',
    };
    heard?.event({ ...event, ...rest, ...chat });
    await until(device.client, () => itemsOf(device.client, bob.did).some((item) => 'delay' in item));
    expect(itemsOf(device.client, bob.did).at(-1)).toMatchObject({ state: 'pending', content: text('mine') });
    off = false;
    heard?.status('offline');
    heard?.status('online');
    await sending;
    expect(textsOf(device.client, bob.did).at(-1)).toBe('mine');
  });
});

describe('a message that was to go unencrypted', () => {
  it('is sealed anew for a receiver who has joined before it was sent again', async () => {
    let off = false;
    let heard: LiveListener | undefined;
    const device = await world.join('Alice', {
      through: (transport) => ({
        subscribe: (did, listener) => {
          heard = listener;
          return transport.subscribe(did, listener);
        },
        request: (route, body) =>
          off && route.path.endsWith('/chat/request')
            ? Promise.reject(new PushChatError('NetworkUnavailable', 'off'))
            : transport.request(route, body),
      }),
    });
    const peer = parseDid(world.wallet('Late').address);
    await device.client.openThread(peer);
    off = true;
    const sending = device.client.sendMessage(peer, text('hi'), { allowPlaintext: true });
    await until(device.client, () => itemsOf(device.client, peer).some((item) => 'delay' in item));
    await world.join('Late');
    off = false;
    heard?.status('offline');
    heard?.status('online');
    await sending;
    expect(textsOf(device.client, peer)).toEqual(['hi']);
    expect(itemsOf(device.client, peer)).toMatchObject([{ state: 'verified', encrypted: true }]);
  });
});

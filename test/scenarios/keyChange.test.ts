import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPushChat } from '../../src/client/createPushChat.ts';
import { directTransport } from '../../src/client/directTransport.ts';
import { noticesOf, type ThreadNotice } from '../../src/client/notices.ts';
import type { PushChatClient } from '../../src/client/PushChatClient.ts';
import type { Identity } from '../../src/client/state.ts';
import { memoryStorage } from '../../src/client/storage/memoryStorage.ts';
import type { PushChatError } from '../../src/errors.ts';
import { routes } from '../../src/protocol/routes.ts';
import { createTestWorld, type TestWorld, type TestUser } from '../../src/testing/testWorld.ts';
import { hostileNode, inUser, type Lie } from '../../src/testing/hostileNode.ts';
import { rotateKeys } from '../support/rotateKeys.ts';
import { itemsOf, text, textsOf, until } from '../support/until.ts';

let world: TestWorld;
let alice: TestUser;
let bob: TestUser;

beforeEach(async () => {
  world = createTestWorld();
  [alice, bob] = await Promise.all([world.join('Alice'), world.join('Bob')]);
  await alice.client.sendMessage(bob.did, text('before'));
  await until(bob.client, ({ requests }) => requests.items.length === 1);
  await bob.client.acceptRequest(alice.did);
  await bob.client.openThread(alice.did);
});
afterEach(() => {
  world.close();
});

const identityOf = (client: PushChatClient): Identity | undefined => client.store.get().identities[alice.did];
const noticesIn = (client: PushChatClient): readonly ThreadNotice[] => {
  const { threads, identities } = client.store.get();
  const thread = threads[alice.did];
  return thread ? noticesOf(thread, identities[alice.did]) : [];
};

/** Alice comes back with other keys, and writes. */
async function changeKeys(words = 'after'): Promise<TestUser> {
  await rotateKeys(directTransport(world.node), alice.wallet, Date.now() + 2_000);
  const device = await world.join('Alice', { now: () => Date.now() + 4_000 });
  await device.client.sendMessage(bob.did, text(words));
  return device;
}

describe('a peer with another key', () => {
  it('KI-08 is noticed with the first message that it signs, which is verified, and said in the thread', async () => {
    const before = identityOf(bob.client);
    expect(before).toMatchObject({ change: null, earlier: [], attestedBy: 'eip191v2' });
    await changeKeys();
    await until(bob.client, () => textsOf(bob.client, alice.did).includes('after'));
    const after = identityOf(bob.client);
    expect(after?.fingerprint).not.toBe(before?.fingerprint);
    expect(after).toMatchObject({
      earlier: [before?.fingerprint],
      change: { from: before?.fingerprint, to: after?.fingerprint },
      needsConsent: false,
    });
    expect(noticesIn(bob.client)).toMatchObject([{ code: 'KeyChanged', change: { to: after?.fingerprint } }]);
    // Nobody had compared the old key, so writing goes on.
    await bob.client.sendMessage(alice.did, text('welcome back'));
  });

  it('KI-10 leaves its old messages verified, and says that they are of an earlier key', async () => {
    const before = identityOf(bob.client);
    await changeKeys();
    await until(bob.client, () => textsOf(bob.client, alice.did).includes('after'));
    await bob.client.openThread(alice.did);
    const [old, recent] = itemsOf(bob.client, alice.did);
    expect(old).toMatchObject({
      state: 'verified',
      verification: { failed: null, key: { fingerprint: before?.fingerprint, earlier: true } },
    });
    expect(recent).toMatchObject({ state: 'verified', verification: { key: { earlier: false } } });
  });

  it('KI-08 gets nothing from who had compared the old one, until they agree', async () => {
    await bob.client.markVerified(alice.did);
    expect(identityOf(bob.client)?.compared).toBe(true);
    const device = await changeKeys();
    await until(bob.client, () => textsOf(bob.client, alice.did).includes('after'));
    expect(identityOf(bob.client)).toMatchObject({ compared: false, needsConsent: true });
    await expect(bob.client.sendMessage(alice.did, text('secret'))).rejects.toMatchObject({ code: 'KeyChanged' });
    await bob.client.sendMessage(alice.did, text('I called you'), { acceptKeyChange: true });
    expect(identityOf(bob.client)).toMatchObject({ compared: false, needsConsent: false });
    await device.client.openThread(bob.did);
    expect(textsOf(device.client, bob.did)).toContain('I called you');
    expect(textsOf(device.client, bob.did)).not.toContain('secret');
  });

  it('a number compared anew is as good as the first', async () => {
    await bob.client.markVerified(alice.did);
    await changeKeys();
    await until(bob.client, () => identityOf(bob.client)?.needsConsent === true);
    await bob.client.markVerified(alice.did);
    expect(identityOf(bob.client)).toMatchObject({ compared: true, needsConsent: false });
    await bob.client.sendMessage(alice.did, text('good'));
  });
});

describe('a node that plays with keys', () => {
  it('KI-09 serving an older attested key again changes nothing, and is KeyRollback', async () => {
    const old = await directTransport(world.node).request(routes.user(alice.did));
    const storage = memoryStorage();
    const warned: PushChatError[] = [];
    const lies: Lie[] = [];
    const join = async (): Promise<PushChatClient> => {
      const transport = directTransport(hostileNode(world.node, () => lies));
      const logger = { warn: (error: PushChatError) => warned.push(error) };
      const client = createPushChat({ signer: bob.wallet, transport, storage, logger });
      await client.unlock();
      await client.openThread(alice.did);
      return client;
    };
    const device = await changeKeys();
    const first = await join();
    const fingerprint = identityOf(first)?.fingerprint;
    first.close();

    lies.push({ name: 'KI-09', answer: inUser(alice.did, () => old) });
    const second = await join();
    expect(warned.map(({ code }) => code)).toContain('KeyRollback');
    expect(identityOf(second)?.fingerprint).toBe(fingerprint);
    await second.sendMessage(alice.did, text('to the new key'));
    await device.client.openThread(bob.did);
    expect(textsOf(device.client, bob.did)).toContain('to the new key');
    second.close();
  });

  it('KI-01 a pinned key outlives the session, so that a swapped one is refused and a hidden one not missed', async () => {
    const storage = memoryStorage();
    const lies: Lie[] = [];
    const transport = directTransport(hostileNode(world.node, () => lies));
    const join = async (): Promise<PushChatClient> => {
      const client = createPushChat({ signer: bob.wallet, transport, storage });
      await client.unlock();
      await client.openThread(alice.did);
      return client;
    };
    (await join()).close();
    const mallory = await world.join('Mallory');
    const { publicKey } = (await transport.request(routes.user(mallory.did))) as { publicKey: string };
    for (const answer of [
      inUser(alice.did, (user) => ({ ...user, publicKey })),
      inUser(alice.did, (user) => ({ ...user, publicKey: '', verificationProof: null })),
      inUser(alice.did, () => null),
    ]) {
      lies.splice(0, lies.length, { name: 'KI-01', answer });
      const client = await join();
      expect(textsOf(client, alice.did)).toEqual(['before']);
      expect(client.store.get().threads[alice.did]?.peerKey).toBe('verified');
      client.close();
    }
    lies.length = 0;
  });

  it('KeyRollback hides what was signed with an old key long after it was replaced', async () => {
    const { sealMessage } = await import('../../src/protocol/sealMessage.ts');
    const { openMessage } = await import('../../src/protocol/openMessage.ts');
    const { readerOf, didOf } = await import('../support/builders.ts');
    const { privateKeyOf, stored, vectorUser } = await import('../support/vectors.ts');
    const signed = new Date('2027-03-01T00:00:00Z');
    const body = await sealMessage(text('stolen key'), {
      from: didOf('alice'),
      to: didOf('bob'),
      receiverKey: vectorUser('bob').publicKey,
      senderKey: await privateKeyOf('alice'),
      date: signed,
    });
    const open = async (until: number): Promise<unknown> =>
      openMessage(stored(body), {
        ...(await readerOf('bob', 'alice')),
        now: signed,
        keyOf: () => Promise.resolve({ armored: vectorUser('alice').publicKey, level: 'verified', until }),
      });
    const day = 24 * 60 * 60 * 1000;
    expect(await open(signed.getTime() - 2 * day)).toMatchObject({ state: 'quarantined', reason: 'KeyRollback' });
    expect(await open(signed.getTime())).toMatchObject({ state: 'verified', verification: { key: { earlier: true } } });
  });
});

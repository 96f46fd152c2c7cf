import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestWorld, type TestWorld, type TestUser } from '../../src/testing/testWorld.ts';
import { itemsOf, text, textsOf, until } from '../support/until.ts';
import { parseDid } from '../../src/protocol/did.ts';

let world: TestWorld;
let alice: TestUser;

beforeEach(async () => {
  world = createTestWorld();
  // Of the two kinds of keys one each.
  alice = await world.join('Alice', { keyType: 'rsa2048' });
});
afterEach(() => {
  world.close();
});

/** Alice has asked, Bob has accepted. */
async function chatWithBob(): Promise<TestUser> {
  const bob = await world.join('Bob');
  await alice.client.openThread(bob.did);
  await alice.client.sendMessage(bob.did, text('May I?'));
  await until(bob.client, ({ requests }) => requests.items.length === 1);
  await bob.client.openThread(alice.did);
  await bob.client.acceptRequest(alice.did);
  await until(alice.client, ({ threads }) => threads[bob.did]?.relation === 'chat');
  return bob;
}

describe('a first message to a stranger', () => {
  it('is a request: seen in a separate list, without notification, until it is accepted', async () => {
    const bob = await world.join('Bob');
    await alice.client.openThread(bob.did);
    expect(alice.client.store.get().threads[bob.did]).toMatchObject({ relation: 'none', peerKey: 'verified' });
    await alice.client.sendMessage(bob.did, text('Hello Bob'));

    const { requests, chats } = await until(bob.client, (state) => state.requests.items.length === 1);
    expect(requests.items).toMatchObject([
      { peer: alice.did, unread: 0, last: { state: 'verified', encrypted: true } },
    ]);
    expect(chats.items).toEqual([]);
    expect(alice.client.store.get().threads[bob.did]?.relation).toBe('request-sent');

    await bob.client.openThread(alice.did);
    expect(bob.client.store.get().threads[alice.did]?.relation).toBe('request-received');
    await bob.client.acceptRequest(alice.did);
    expect(bob.client.store.get()).toMatchObject({ requests: { items: [] }, chats: { items: [{ peer: alice.did }] } });
    await until(alice.client, ({ threads }) => threads[bob.did]?.relation === 'chat');

    await alice.client.sendMessage(bob.did, text('Thank you'));
    const after = await until(bob.client, ({ threads }) => threads[alice.did]?.items.length === 2);
    expect(after.chats.items).toMatchObject([{ peer: alice.did, unread: 1 }]);
  });

  it('can be rejected, and the stranger may ask again', async () => {
    const bob = await world.join('Bob');
    await alice.client.openThread(bob.did);
    await alice.client.sendMessage(bob.did, text('one'));
    await until(bob.client, ({ requests }) => requests.items.length === 1);
    await bob.client.rejectRequest(alice.did);
    expect(bob.client.store.get().requests.items).toEqual([]);
    await until(alice.client, ({ threads }) => threads[bob.did]?.relation === 'none');
    await alice.client.sendMessage(bob.did, text('two'));
    await until(bob.client, ({ requests }) => requests.items.length === 1);
  });

  it('goes unencrypted to an account that never used Push Chat, only with the user’s word, and says so', async () => {
    const { address } = world.wallet('Nobody yet');
    const peer = parseDid(address);
    await alice.client.openThread(peer);
    expect(alice.client.store.get().threads[peer]?.peerKey).toBe('missing');
    await expect(alice.client.sendMessage(peer, text('hi'))).rejects.toMatchObject({ code: 'PlaintextRefused' });
    expect(itemsOf(alice.client, peer)).toEqual([]);

    await alice.client.sendMessage(peer, text('hi'), { allowPlaintext: true });
    expect(itemsOf(alice.client, peer)).toMatchObject([{ state: 'verified', encrypted: false, from: 'me' }]);

    const nobody = await world.join('Nobody yet');
    await until(nobody.client, ({ requests }) => requests.items.length === 1);
    await nobody.client.openThread(alice.did);
    expect(itemsOf(nobody.client, alice.did)).toMatchObject([{ state: 'verified', encrypted: false, from: 'peer' }]);

    // From now on there is a key, so nothing goes in plain text any more.
    await alice.client.sendMessage(peer, text('welcome'));
    expect(itemsOf(alice.client, peer).at(-1)).toMatchObject({ state: 'verified', encrypted: true });
  });
});

describe('an accepted chat', () => {
  it('goes both ways, live, every message verified', async () => {
    const bob = await chatWithBob();
    for (let i = 0; i < 5; i++) {
      await alice.client.sendMessage(bob.did, text(`a${i}`));
      await bob.client.sendMessage(alice.did, text(`b${i}`));
    }
    const expected = ['May I?', ...[0, 1, 2, 3, 4].flatMap((i) => [`a${i}`, `b${i}`])];
    await until(alice.client, ({ threads }) => threads[bob.did]?.items.length === expected.length);
    await until(bob.client, ({ threads }) => threads[alice.did]?.items.length === expected.length);
    for (const [client, peer] of [
      [alice.client, bob.did],
      [bob.client, alice.did],
    ] as const) {
      expect(textsOf(client, peer)).toEqual(expected);
      expect(new Set(itemsOf(client, peer).map(({ state }) => state))).toEqual(new Set(['verified']));
    }
  });

  it('keeps the order of messages that are sent without waiting', async () => {
    const bob = await chatWithBob();
    const words = Array.from({ length: 12 }, (_, i) => `word ${i}`);
    await Promise.all(words.map((word) => alice.client.sendMessage(bob.did, text(word))));
    await until(bob.client, ({ threads }) => threads[alice.did]?.items.length === 13);
    expect(textsOf(bob.client, alice.did).slice(1)).toEqual(words);
    expect(textsOf(alice.client, bob.did).slice(1)).toEqual(words);
  });

  it('reads older pages back to the first message', async () => {
    const bob = await chatWithBob();
    for (let i = 0; i < 69; i++) await alice.client.sendMessage(bob.did, text(`m${i}`));
    const phone = await world.join('Alice');
    await phone.client.openThread(bob.did);
    expect(itemsOf(phone.client, bob.did)).toHaveLength(30);
    await phone.client.loadOlder(bob.did);
    await phone.client.loadOlder(bob.did);
    expect(phone.client.store.get().threads[bob.did]?.older).toBeNull();
    expect(textsOf(phone.client, bob.did)).toEqual(['May I?', ...Array.from({ length: 69 }, (_, i) => `m${i}`)]);
  });

  it('shows what another device of the same user sent', async () => {
    const bob = await chatWithBob();
    const phone = await world.join('Alice');
    await phone.client.sendMessage(bob.did, text('from my phone'));
    await until(alice.client, ({ threads }) => threads[bob.did]?.items.length === 2);
    expect(itemsOf(alice.client, bob.did).at(-1)).toMatchObject({ from: 'me', state: 'verified' });
  });

  it.each([
    { type: 'Image', content: 'data:image/png;base64,AAAA' },
    { type: 'File', content: '{"content":"data:text/plain;base64,aGk=","name":"a.txt","type":"text/plain","size":2}' },
    { type: 'MediaEmbed', content: 'https://example.org/a.gif' },
    {
      type: 'Composite',
      content: [
        { type: 'Text', content: 'a' },
        { type: 'Image', content: 'data:image/png;base64,AAAA' },
      ],
    },
  ] as const)('carries $type', async (content) => {
    const bob = await chatWithBob();
    await alice.client.sendMessage(bob.did, content);
    await until(bob.client, ({ threads }) => threads[alice.did]?.items.length === 2);
    expect(itemsOf(bob.client, alice.did).at(-1)).toMatchObject({ state: 'verified', content });
  });

  it('carries replies and reactions that name a message', async () => {
    const bob = await chatWithBob();
    const reference = await alice.client.sendMessage(bob.did, text('What do you think?'));
    await until(bob.client, ({ threads }) => threads[alice.did]?.items.length === 2);
    await bob.client.sendMessage(alice.did, { type: 'Reply', content: text('Yes'), reference });
    await bob.client.sendMessage(alice.did, { type: 'Reaction', content: '👍', reference });
    await until(alice.client, ({ threads }) => threads[bob.did]?.items.length === 4);
    expect(itemsOf(alice.client, bob.did).slice(2)).toMatchObject([
      { content: { type: 'Reply', reference } },
      { content: { type: 'Reaction', reference } },
    ]);
  });
});

describe('blocking', () => {
  it('GR-08 blocks and unblocks one account and leaves the list otherwise unchanged, profile changes too', async () => {
    const bob = await chatWithBob();
    const [carol, dave] = await Promise.all([world.join('Carol'), world.join('Dave')]);
    for (const peer of [carol.did, dave.did, bob.did]) await alice.client.blockUser(peer);
    await alice.client.updateProfile({ name: 'Alice', about: 'here' });
    expect(alice.client.store.get().blocked).toEqual([carol.did, dave.did, bob.did]);
    await expect(alice.client.sendMessage(bob.did, text('x'))).rejects.toMatchObject({ code: 'BlockedPeer' });
    await expect(bob.client.sendMessage(alice.did, text('x'))).rejects.toMatchObject({ code: 'BlockedPeer' });

    await alice.client.unblockUser(bob.did);
    const other = await world.join('Alice');
    await until(other.client, ({ blocked }) => blocked.length > 0);
    expect(other.client.store.get().blocked).toEqual([carol.did, dave.did]);
    expect(await other.client.getProfile(alice.did)).toMatchObject({ name: 'Alice', about: 'here' });
    expect(alice.client.store.get().threads[bob.did]?.relation).toBe('chat');
    await bob.client.sendMessage(alice.did, text('back'));
    await until(alice.client, () => textsOf(alice.client, bob.did).includes('back'));
  });

  it('keeps requests of blocked accounts out of the list, also after a reload', async () => {
    const stranger = await world.join('Stranger');
    await stranger.client.openThread(alice.did);
    await stranger.client.sendMessage(alice.did, text('spam'));
    await until(alice.client, ({ requests }) => requests.items.length === 1);
    await alice.client.blockUser(stranger.did);
    expect(alice.client.store.get().requests.items).toEqual([]);
    const reloaded = await world.join('Alice');
    await until(
      reloaded.client,
      ({ requests, blocked }) => requests.loading.status === 'loaded' && blocked.length === 1,
    );
    expect(reloaded.client.store.get().requests.items).toEqual([]);
  });
});

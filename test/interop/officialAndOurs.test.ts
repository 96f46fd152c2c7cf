import { Wallet, type HDNodeWallet } from 'ethers';
import { afterAll, afterEach, beforeAll, describe, expect, it, vi } from 'vitest';
import { createPushChat } from '../../src/client/createPushChat.ts';
import type { PushChatClient } from '../../src/client/PushChatClient.ts';
import type { KeyType } from '../../src/crypto/pgp.ts';
import type { ThreadItem } from '../../src/client/state.ts';
import { parseDid, type Did } from '../../src/protocol/did.ts';
import type { MessageContent } from '../../src/protocol/messageContent.ts';
import { everyContent, officialContent, officialObject } from './contents.ts';
import { startLocalNode } from './localNode.ts';
import { startOfficialUser, type KeyVersion, type OfficialUser } from './official.ts';
import { until } from './until.ts';

const START_MS = 180_000;
const CASE_MS = 120_000;

/** Our client of one wallet, unlocked and live, and how often its wallet signed. */
interface Ours {
  readonly did: Did;
  readonly client: PushChatClient;
  readonly prompts: () => number;
}

let node: Awaited<ReturnType<typeof startLocalNode>> | undefined;
const closing: (() => Promise<void> | void)[] = [];

async function official(wallet: HDNodeWallet = Wallet.createRandom()): Promise<OfficialUser> {
  const user = await startOfficialUser(wallet);
  closing.push(user.close);
  return user;
}

async function liveOfficial(wallet?: HDNodeWallet): Promise<OfficialUser> {
  const user = await official(wallet);
  await user.initialize();
  await user.stream();
  return user;
}

async function ours(wallet: HDNodeWallet = Wallet.createRandom(), keyType: KeyType = 'rsa2048'): Promise<Ours> {
  const asked = [vi.spyOn(wallet, 'signMessage'), vi.spyOn(wallet, 'signTypedData')];
  const client = createPushChat({ signer: wallet, node: 'http://localhost:4000', keyType });
  closing.push(client.close);
  await client.unlock();
  client.start();
  await until(client, 'online', ({ connection }) => connection === 'online');
  return {
    did: parseDid(wallet.address),
    client,
    prompts: () => asked.reduce((sum, { mock }) => sum + mock.calls.length, 0),
  };
}

const items = ({ client }: Ours, peer: { readonly did: string }): readonly ThreadItem[] =>
  client.store.get().threads[parseDid(peer.did)]?.items ?? [];

/** The thread once it shows this message. */
const untilShown = (me: Ours, peer: { readonly did: string }, id: string): Promise<readonly ThreadItem[]> =>
  until(me.client, `the message ${id}`, ({ threads }) => {
    const all = threads[parseDid(peer.did)]?.items;
    return all?.some((item) => item.id === id) && all;
  });

/** The thread once the peer's request stands accepted. */
const untilAccepted = (me: Ours, peer: { readonly did: string }): Promise<boolean> =>
  until(me.client, 'an accepted chat', ({ threads }) => {
    return threads[parseDid(peer.did)]?.relation === 'chat';
  });

const contentsOf = (all: readonly ThreadItem[]): (MessageContent | string)[] =>
  all.map((item) => ('content' in item ? item.content : item.reason));

const statesOf = (all: readonly ThreadItem[]): string[] => [...new Set(all.map(({ state }) => state))];

const text = (content: string): MessageContent => ({ type: 'Text', content });

/** An accepted chat, asked for by the official user. */
async function acceptedChat(): Promise<[OfficialUser, Ours]> {
  const [olga, me] = await Promise.all([liveOfficial(), ours()]);
  await olga.sendText(me.did, 'May I?');
  await until(me.client, 'a request', ({ requests }) => requests.items[0]);
  await me.client.acceptRequest(olga.did);
  await me.client.openThread(olga.did);
  return [olga, me];
}

beforeAll(async () => {
  node = await startLocalNode();
}, START_MS);

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

afterAll(() => node?.close());

describe('the official client and ours on our node', { timeout: CASE_MS }, () => {
  it.each<[string, KeyType, number]>([
    ['default: ', 'rsa2048', 10],
    ['behavior: with Curve25519 keys of ours ', 'curve25519', 3],
  ])('%sthe official user asks, ours accepts, messages each way', async (_, keyType, count) => {
    const [olga, me] = await Promise.all([liveOfficial(), ours(undefined, keyType)]);
    const request = await olga.sendText(me.did, 'May I?');
    expect(request).toMatchObject({ encType: 'pgp', toDID: me.did });
    const row = await until(me.client, 'a request', ({ requests }) => requests.items[0]);
    expect(row).toMatchObject({
      peer: parseDid(olga.did),
      last: { id: request.cid, from: 'peer', state: 'verified', encrypted: true, content: text('May I?') },
    });

    await me.client.acceptRequest(olga.did);
    await me.client.openThread(olga.did);
    expect(await olga.event(({ event }) => event === 'chat.accept')).toMatchObject({ from: me.did, origin: 'other' });
    expect(me.client.store.get().requests.items).toEqual([]);
    expect(me.client.store.get().chats.items).toMatchObject([{ peer: parseDid(olga.did) }]);

    const said = [text('May I?')];
    for (let number = 1; number <= count; number += 1) {
      const theirs = await olga.sendText(me.did, `official ${String(number)}`);
      await untilShown(me, olga, theirs.cid);
      const mine = await me.client.sendMessage(olga.did, text(`ours ${String(number)}`));
      expect(await olga.event(({ reference }) => reference === mine)).toMatchObject({
        event: 'chat.message',
        origin: 'other',
        from: me.did,
        to: [olga.did],
        message: { type: 'Text', content: `ours ${String(number)}` },
        raw: { encType: 'pgp', sigType: 'pgpv3', previousReference: theirs.cid },
      });
      said.push(text(`official ${String(number)}`), text(`ours ${String(number)}`));
    }
    expect(contentsOf(items(me, olga))).toEqual(said);
    expect(statesOf(items(me, olga))).toEqual(['verified']);
    expect(items(me, olga).map(({ from }) => from)).toEqual(
      said.map((_, at) => (at % 2 === 0 && at > 0 ? 'me' : 'peer')),
    );

    const history = await olga.history(me.did, { limit: 30 });
    expect(history.toReversed().map(({ messageType, messageObj }) => ({ messageType, messageObj }))).toMatchObject(
      said.map((content) => ({ messageType: 'Text', messageObj: officialObject(content) })),
    );
    expect(olga.complaints).toEqual([]);
  });

  it('behavior: ours reads every message type of the official client', async () => {
    const [olga, me] = await acceptedChat();
    const contents = everyContent(items(me, olga)[0]?.id ?? '');
    let last = '';
    for (const content of contents) last = (await olga.send(me.did, officialContent(content))).cid;
    const live = await untilShown(me, olga, last);
    expect(contentsOf(live).slice(1)).toEqual(contents);
    expect(statesOf(live)).toEqual(['verified']);
    expect(live.some((item) => 'mirrorDiffers' in item && item.mirrorDiffers)).toBe(false);
  });

  it('behavior: the official client reads every message type of ours, live and in history', async () => {
    const [olga, me] = await acceptedChat();
    const contents = everyContent(items(me, olga)[0]?.id ?? '');
    const ids: string[] = [];
    for (const content of contents) ids.push(await me.client.sendMessage(olga.did, content));

    const history = (await olga.history(me.did, { limit: 30 })).toReversed().slice(1);
    expect(history).toMatchObject(
      contents.map((content, index) => ({
        cid: ids[index],
        messageType: content.type,
        messageObj: officialObject(content),
      })),
    );
    for (const [index, content] of contents.entries()) {
      expect(await olga.event(({ reference }) => reference === ids[index])).toMatchObject({
        event: 'chat.message',
        message: { type: content.type, ...officialObject(content) },
      });
    }
    expect(statesOf(items(me, olga))).toEqual(['verified']);
    expect(olga.complaints).toEqual([]);
  });

  it('behavior: ours asks, the official user accepts', async () => {
    const [olga, me] = await Promise.all([liveOfficial(), ours()]);
    await me.client.openThread(olga.did);
    const id = await me.client.sendMessage(olga.did, text('Hello Olga'));
    expect(await olga.event(({ reference }) => reference === id)).toMatchObject({
      event: 'chat.request',
      origin: 'other',
      from: me.did,
      message: { type: 'Text', content: 'Hello Olga' },
      raw: { encType: 'pgp', previousReference: null },
    });
    expect(await olga.list('REQUESTS')).toMatchObject([
      { did: me.did, msg: { messageObj: { content: 'Hello Olga' } } },
    ]);
    await olga.accept(me.did);
    await untilAccepted(me, olga);
    const answer = await olga.sendText(me.did, 'Hello');
    expect(contentsOf(await untilShown(me, olga, answer.cid))).toEqual([text('Hello Olga'), text('Hello')]);
    expect(statesOf(items(me, olga))).toEqual(['verified']);
    expect(olga.complaints).toEqual([]);
  });

  it('behavior: the official user rejects our request', async () => {
    const [olga, me] = await Promise.all([liveOfficial(), ours()]);
    const id = await me.client.sendMessage(olga.did, text('Hello Olga'));
    await olga.event(({ reference }) => reference === id);
    await olga.reject(me.did);
    expect(await olga.event(({ event }) => event === 'chat.reject')).toMatchObject({ from: olga.did, to: [me.did] });
    expect(await olga.list('REQUESTS')).toEqual([]);
  });

  it('behavior: ours rejects the request of an official user', async () => {
    const [olga, me] = await Promise.all([liveOfficial(), ours()]);
    await olga.sendText(me.did, 'May I?');
    await until(me.client, 'a request', ({ requests }) => requests.items[0]);
    await me.client.rejectRequest(olga.did);
    expect(await olga.event(({ event }) => event === 'chat.reject')).toMatchObject({ from: me.did, to: [olga.did] });
    expect(me.client.store.get().requests.items).toEqual([]);
  });

  it('behavior: an official user whom ours blocks reaches nobody until unblocked', async () => {
    const [olga, me] = await acceptedChat();
    await me.client.blockUser(olga.did);
    expect(await olga.userInfo(me.did)).toMatchObject({ profile: { blockedUsersList: [olga.did] } });
    await expect(olga.sendText(me.did, 'Do you hear me?')).rejects.toThrow('blocked');
    await me.client.unblockUser(olga.did);
    expect(await olga.userInfo(me.did)).toMatchObject({ profile: { blockedUsersList: [] } });
    const { cid } = await olga.sendText(me.did, 'And now?');
    expect(contentsOf(await untilShown(me, olga, cid))).toEqual([text('May I?'), text('And now?')]);
  });

  it('behavior: ours keeps the other blocked accounts when it unblocks one', async () => {
    const [olga, me] = await acceptedChat();
    const other = Wallet.createRandom().address;
    await me.client.blockUser(olga.did);
    await me.client.blockUser(other);
    await me.client.updateProfile({ name: 'Me' });
    await me.client.unblockUser(olga.did);
    expect(await olga.userInfo(me.did)).toMatchObject({
      profile: { name: 'Me', blockedUsersList: [`eip155:${other}`] },
    });
    await olga.sendText(me.did, 'And now?');
  });

  it('behavior: ours writes in cleartext to an unknown peer, who comes later by the official client', async () => {
    const [olga, me] = await Promise.all([official(), ours()]);
    await expect(me.client.sendMessage(olga.did, text('Secret?'))).rejects.toMatchObject({ code: 'PlaintextRefused' });
    const id = await me.client.sendMessage(olga.did, text('Not here yet?'), { allowPlaintext: true });
    await olga.initialize();
    await olga.stream();
    expect(await olga.list('REQUESTS')).toMatchObject([
      { did: me.did, msg: { cid: id, encType: 'PlainText', messageObj: { content: 'Not here yet?' } } },
    ]);
    await olga.accept(me.did);
    await untilAccepted(me, olga);
    await me.client.openThread(olga.did);
    const sealed = await me.client.sendMessage(olga.did, text('Now in confidence'));
    expect(await olga.event(({ reference }) => reference === sealed)).toMatchObject({
      message: { content: 'Now in confidence' },
      raw: { encType: 'pgp' },
    });
    expect(items(me, olga)).toMatchObject([
      { state: 'verified', encrypted: false },
      { state: 'verified', encrypted: true },
    ]);
    expect(olga.complaints).toEqual([]);
  });

  it('behavior: the official user writes in cleartext to an unknown peer, who comes later by ours', async () => {
    const wallet = Wallet.createRandom();
    const olga = await liveOfficial();
    const request = await olga.sendText(wallet.address, 'Not here yet?');
    expect(request).toMatchObject({ encType: 'PlainText' });
    const me = await ours(wallet);
    const row = await until(me.client, 'a request', ({ requests }) => requests.items[0]);
    expect(row.last).toMatchObject({ id: request.cid, state: 'verified', encrypted: false });
    await me.client.acceptRequest(olga.did);
    await me.client.openThread(olga.did);
    expect(contentsOf(items(me, olga))).toEqual([text('Not here yet?')]);
    const sealed = await olga.sendText(me.did, 'Now in confidence');
    expect(sealed).toMatchObject({ encType: 'pgp' });
    expect((await untilShown(me, olga, sealed.cid)).at(-1)).toMatchObject({ state: 'verified', encrypted: true });
  });

  it('behavior: ours opens an account which the official client made, and reads its history', async () => {
    const wallet = Wallet.createRandom();
    const [before, peer] = await Promise.all([liveOfficial(wallet), liveOfficial()]);
    await before.sendText(peer.did, 'Remember me');
    await peer.accept(before.did);
    const { cid } = await peer.sendText(before.did, 'I will');
    await before.close();

    const me = await ours(wallet);
    expect(me.prompts()).toBe(1);
    await me.client.openThread(peer.did);
    expect(contentsOf(await untilShown(me, peer, cid))).toEqual([text('Remember me'), text('I will')]);
    expect(statesOf(items(me, peer))).toEqual(['verified']);
    const id = await me.client.sendMessage(peer.did, text('from another client'));
    expect(await peer.event(({ reference }) => reference === id)).toMatchObject({
      message: { content: 'from another client' },
    });
    expect(peer.complaints).toEqual([]);
  });

  it.each<KeyType>(['rsa2048', 'curve25519'])(
    'behavior: the official client opens an account which ours made with %s, and reads its history',
    async (keyType) => {
      const wallet = Wallet.createRandom();
      const [me, peer] = await Promise.all([ours(wallet, keyType), liveOfficial()]);
      expect(me.prompts()).toBe(2);
      await me.client.openThread(peer.did);
      await me.client.sendMessage(peer.did, text('Remember me'));
      await peer.accept(me.did);
      const { cid } = await peer.sendText(me.did, 'I will');
      await untilShown(me, peer, cid);
      me.client.close();

      const returning = await official(wallet);
      expect(await returning.initialize()).toMatchObject({ prompts: 1 });
      await returning.stream();
      expect(await returning.history(peer.did)).toMatchObject([
        { messageObj: { content: 'I will' } },
        { messageObj: { content: 'Remember me' } },
      ]);
      await returning.sendText(peer.did, 'from another client');
      expect(await peer.event(({ message }) => message.content === 'from another client')).toMatchObject({
        event: 'chat.message',
      });
      expect([...peer.complaints, ...returning.complaints]).toEqual([]);
    },
  );

  it.each<[string, KeyVersion]>([
    ['V1', 'x25519-xsalsa20-poly1305'],
    ['V2', 'aes256GcmHkdfSha256'],
  ])('behavior: ours opens an account of the official client with a %s key', async (_, version) => {
    const wallet = Wallet.createRandom();
    const [before, peer] = await Promise.all([official(wallet), liveOfficial()]);
    await before.initialize(version);
    const { cid } = await peer.sendText(before.did, 'Remember me');
    await before.close();
    const me = await ours(wallet);
    const row = await until(me.client, 'a request', ({ requests }) => requests.items[0]);
    expect(row.last).toMatchObject({ id: cid, state: 'verified', content: text('Remember me') });
  });

  it('behavior: an official user who writes our address in lower case is understood', async () => {
    const [olga, me] = await Promise.all([liveOfficial(), ours()]);
    const { cid } = await olga.sendText(me.did.toLowerCase(), 'May I?');
    const row = await until(me.client, 'a request', ({ requests }) => requests.items[0]);
    expect(row).toMatchObject({ peer: parseDid(olga.did), last: { id: cid, state: 'verified' } });
    await me.client.acceptRequest(olga.did);
    const answer = await me.client.sendMessage(olga.did.toLowerCase(), text('You may'));
    expect(await olga.event(({ reference }) => reference === answer)).toMatchObject({ event: 'chat.message' });
  });

  it('behavior: one wallet in both clients at once shows the same thread', async () => {
    const wallet = Wallet.createRandom();
    const [peer, twin] = await Promise.all([liveOfficial(), liveOfficial(wallet)]);
    const me = await ours(wallet);
    await me.client.openThread(peer.did);
    const mine = await me.client.sendMessage(peer.did, text('from ours'));
    expect(await twin.event(({ reference }) => reference === mine)).toMatchObject({
      event: 'chat.request',
      origin: 'self',
      message: { content: 'from ours' },
    });
    await peer.accept(me.did);
    await untilAccepted(me, peer);
    const { cid } = await twin.sendText(peer.did, 'from the official one');
    const shown = await untilShown(me, peer, cid);
    expect(shown).toMatchObject([
      { from: 'me', state: 'verified', content: text('from ours') },
      { from: 'me', state: 'verified', content: text('from the official one') },
    ]);
    expect(twin.complaints).toEqual([]);
  });
});

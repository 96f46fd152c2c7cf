import { Wallet } from 'ethers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { everyContent, officialContent, officialObject } from './contents.ts';
import { startLocalNode } from './localNode.ts';
import {
  startOfficialUser,
  type KeyVersion,
  type OfficialEvent,
  type OfficialMessage,
  type OfficialUser,
  type OfficialUserRecord,
} from './official.ts';

const START_MS = 180_000;
const CASE_MS = 120_000;
const HASH = /^[0-9a-f]{64}$/;

let node: Awaited<ReturnType<typeof startLocalNode>> | undefined;
const started: OfficialUser[] = [];

async function user(wallet = Wallet.createRandom()): Promise<OfficialUser> {
  const official = await startOfficialUser(wallet);
  started.push(official);
  return official;
}

async function liveUser(): Promise<OfficialUser> {
  const official = await user();
  await official.initialize();
  await official.stream();
  return official;
}

async function acceptedChat(): Promise<[OfficialUser, OfficialUser]> {
  const [alice, bob] = await Promise.all([liveUser(), liveUser()]);
  await alice.sendText(bob.did, 'May I?');
  await bob.accept(alice.did);
  return [alice, bob];
}

const saying =
  (content: string) =>
  ({ message }: OfficialEvent): boolean =>
    message.content === content;

const of =
  (event: OfficialEvent['event'], origin: OfficialEvent['origin']) =>
  (seen: OfficialEvent): boolean =>
    seen.event === event && seen.origin === origin;

const versionOf = (record: OfficialUserRecord | null): unknown =>
  (JSON.parse(record?.encryptedPrivateKey ?? '{}') as { readonly version?: unknown }).version;

const refused = expect.objectContaining({
  name: 'ValidationError',
  status: 403,
  message: 'Access denied: one of the two accounts has blocked the other.',
});

beforeAll(async () => {
  node = await startLocalNode();
}, START_MS);

afterEach(async () => {
  await Promise.all(started.splice(0).map((official) => official.close()));
});

afterAll(() => node?.close());

describe('the official client on our node', { timeout: CASE_MS }, () => {
  it('default: two new users, a request, an answer, both live', async () => {
    const [alice, bob] = await Promise.all([user(), user()]);
    const [identity] = await Promise.all([alice.initialize(), bob.initialize()]);
    expect(identity).toMatchObject({ account: alice.did.slice('eip155:'.length), prompts: 2 });
    expect(identity.pgpPublicKey).toContain('-----BEGIN PGP PUBLIC KEY BLOCK-----');
    const record = await bob.userInfo(alice.did);
    expect(record).toMatchObject({ did: alice.did, wallets: alice.did, publicKey: identity.pgpPublicKey });
    expect(versionOf(record)).toBe('eip191-aes256-gcm-hkdf-sha256');
    expect(record?.profile).toMatchObject({ picture: expect.stringMatching(/^data:image\//) });
    await Promise.all([alice.stream(), bob.stream()]);

    const request = await alice.sendText(bob.did, 'Hello Bob');
    expect(request).toMatchObject({ encType: 'pgp', link: null, fromDID: alice.did, toDID: bob.did });
    const received = await bob.event(of('chat.request', 'other'));
    expect(received).toMatchObject({
      from: alice.did,
      to: [bob.did],
      chatId: expect.stringMatching(HASH),
      message: { type: 'Text', content: 'Hello Bob' },
      meta: { group: false },
      reference: request.cid,
      timestamp: String(request.timestamp),
      raw: {
        fromCAIP10: alice.did,
        toCAIP10: bob.did,
        fromDID: alice.did,
        toDID: bob.did,
        encType: 'pgp',
        encryptedSecret: request.encryptedSecret,
        signature: request.signature,
        sigType: 'pgpv3',
        verificationProof: request.verificationProof,
        previousReference: null,
      },
    });
    const { chatId } = received;
    expect(await alice.event(of('chat.request', 'self'))).toMatchObject({
      ...received,
      origin: 'self',
    });

    const second = await alice.sendText(bob.did, 'One more before you answer');
    expect(second).toMatchObject({ link: request.cid });
    expect(await bob.event(saying('One more before you answer'))).toMatchObject({
      event: 'chat.request',
      origin: 'other',
      chatId,
      raw: { previousReference: request.cid },
    });

    expect(await bob.list('CHATS')).toEqual([]);
    expect(await bob.list('REQUESTS')).toMatchObject([
      {
        did: alice.did,
        wallets: alice.did,
        chatId,
        intent: alice.did,
        intentSentBy: alice.did,
        threadhash: second.cid,
        combinedDID: [alice.did, bob.did].sort().join('_'),
        groupInformation: null,
        msg: { cid: second.cid, messageObj: { content: 'One more before you answer' } },
      },
    ]);
    expect(await bob.chatInfo(alice.did)).toMatchObject({ list: 'REQUESTS', chatId, recipient: alice.did });
    expect(await alice.chatInfo(bob.did)).toMatchObject({ list: 'CHATS', chatId, recipient: bob.did });
    expect(await bob.history(alice.did)).toMatchObject([{ listType: 'REQUESTS' }, { listType: 'REQUESTS' }]);

    const intent = await bob.accept(alice.did);
    expect(intent.split('+').sort()).toEqual([alice.did, bob.did].sort());
    const accepted = { from: bob.did, to: [alice.did], chatId, meta: { group: false }, reference: null };
    expect(await alice.event(of('chat.accept', 'other'))).toMatchObject(accepted);
    expect(await bob.event(of('chat.accept', 'self'))).toMatchObject(accepted);
    expect((await alice.event(of('chat.accept', 'other'))).raw.verificationProof).toContain('BEGIN PGP SIGNATURE');
    expect(await bob.list('REQUESTS')).toEqual([]);
    expect(await bob.list('CHATS')).toMatchObject([{ did: alice.did, chatId, threadhash: second.cid }]);
    expect(await alice.list('CHATS')).toMatchObject([{ did: bob.did, chatId, threadhash: second.cid }]);

    const answer = await bob.sendText(alice.did, 'Hello Alice');
    const answered = { chatId, from: bob.did, to: [alice.did], reference: answer.cid, message: { type: 'Text' } };
    expect(await alice.event(saying('Hello Alice'))).toMatchObject({
      ...answered,
      event: 'chat.message',
      origin: 'other',
      raw: { verificationProof: answer.verificationProof, previousReference: second.cid },
    });
    expect(await bob.event(saying('Hello Alice'))).toMatchObject({
      ...answered,
      event: 'chat.message',
      origin: 'self',
    });
    expect(await alice.latest(bob.did)).toMatchObject([
      { cid: answer.cid, link: second.cid, listType: 'CHATS', messageObj: { content: 'Hello Alice' } },
    ]);
    expect(await alice.message(bob.did, request.cid)).toMatchObject({ messageObj: { content: 'Hello Bob' } });
    expect([...alice.complaints, ...bob.complaints]).toEqual([]);
  });

  it('behavior: each event comes once to each side', async () => {
    const [alice, bob] = await acceptedChat();
    await alice.sendText(bob.did, 'first');
    await bob.sendText(alice.did, 'last');
    for (const official of [alice, bob]) {
      await official.event(saying('last'));
      const names = official.events.map(({ event }) => event);
      expect(names).toEqual(['chat.request', 'chat.accept', 'chat.message', 'chat.message']);
    }
  });

  it('behavior: a first message to somebody unknown is cleartext, and waits for them', async () => {
    const [alice, bob] = await Promise.all([liveUser(), user()]);
    expect(await alice.userInfo(bob.did)).toBe(null);
    expect(await alice.chatInfo(bob.did)).toMatchObject({ list: 'UNINITIALIZED', chatId: null, meta: null });
    expect(await alice.latest(bob.did)).toEqual({});
    expect(await alice.history(bob.did)).toEqual([]);

    const request = await alice.sendText(bob.did, 'Not here yet?');
    expect(request).toMatchObject({
      encType: 'PlainText',
      encryptedSecret: '',
      messageObj: { content: 'Not here yet?' },
      messageContent: 'Not here yet?',
    });
    expect(await alice.userInfo(bob.did)).toMatchObject({ did: bob.did, publicKey: '', encryptedPrivateKey: '' });
    expect(await alice.history(bob.did)).toMatchObject([
      { cid: request.cid, messageObj: { content: 'Not here yet?' } },
    ]);

    expect(await bob.initialize()).toMatchObject({ prompts: 2 });
    await bob.stream();
    expect(await bob.list('REQUESTS')).toMatchObject([
      { did: alice.did, msg: { cid: request.cid, messageObj: { content: 'Not here yet?' } } },
    ]);
    await bob.accept(alice.did);
    const sealed = await alice.sendText(bob.did, 'Now in confidence');
    expect(sealed).toMatchObject({ encType: 'pgp', link: request.cid });
    expect(await bob.event(saying('Now in confidence'))).toMatchObject({ event: 'chat.message' });
    expect(await bob.history(alice.did)).toMatchObject([
      { messageObj: { content: 'Now in confidence' } },
      { messageObj: { content: 'Not here yet?' } },
    ]);
    expect([...alice.complaints, ...bob.complaints]).toEqual([]);
  });

  it('behavior: every message type arrives live and in history, opened', async () => {
    const [alice, bob] = await acceptedChat();
    const [first] = await bob.latest(alice.did);
    const contents = everyContent(first?.cid ?? '');
    const sent: OfficialMessage[] = [];
    for (const content of contents) sent.push(await alice.send(bob.did, officialContent(content)));

    const shown = contents.map((content) => ({ messageType: content.type, messageObj: officialObject(content) }));
    for (const official of [alice, bob]) {
      const history = await official.history(official === alice ? bob.did : alice.did, { limit: 30 });
      expect(history.toReversed().slice(1)).toMatchObject(
        shown.map((message, index) => ({ ...message, cid: sent[index]?.cid })),
      );
      for (const [index, { messageType, messageObj }] of shown.entries()) {
        const event = await official.event(({ reference }) => reference === sent[index]?.cid);
        expect(event).toMatchObject({ event: 'chat.message', message: { type: messageType, ...messageObj } });
      }
    }
    expect([...alice.complaints, ...bob.complaints]).toEqual([]);
  });

  it('behavior: 36 messages are read page by page along their links', async () => {
    const [alice, bob] = await acceptedChat();
    const sent: OfficialMessage[] = [];
    for (let number = 1; number <= 35; number += 1) {
      const [sender, receiver] = number % 2 === 0 ? [alice, bob] : [bob, alice];
      sent.push(await sender.sendText(receiver.did, `message ${String(number)}`));
    }
    const texts = sent.map((_, index) => `message ${String(35 - index)}`).concat('May I?');

    const newest = await bob.history(alice.did, { limit: 30 });
    expect(newest).toHaveLength(30);
    const older = await bob.history(alice.did, { limit: 30, reference: newest.at(-1)?.link ?? '' });
    const all = [...newest, ...older];
    expect(all.map(({ messageObj }) => messageObj)).toEqual(texts.map((content) => ({ content })));
    expect(all.map(({ link }) => link)).toEqual([...all.slice(1).map(({ cid }) => cid), null]);
    expect(new Set(all.map(({ cid }) => cid)).size).toBe(36);
    const times = all.map(({ timestamp }) => timestamp);
    expect(times).toEqual(times.toSorted((one, other) => other - one));

    expect(await alice.history(bob.did)).toHaveLength(10);
    const again = await alice.history(bob.did, { limit: 5, reference: newest[29]?.cid ?? '' });
    expect(again.map(({ cid }) => cid)).toEqual(all.slice(29, 34).map(({ cid }) => cid));
    expect(await alice.latest(bob.did)).toMatchObject([{ cid: sent[34]?.cid, messageObj: { content: 'message 35' } }]);
  });

  it('behavior: lists are paged', async () => {
    const bob = await liveUser();
    const senders = await Promise.all([liveUser(), liveUser(), liveUser()]);
    for (const sender of senders) await sender.sendText(bob.did, 'May I?');
    const pages = await Promise.all([1, 2, 3].map((page) => bob.list('REQUESTS', { page, limit: 2 })));
    const [first, second, third] = senders.map(({ did }) => did);
    expect(pages.map((page) => page.map(({ did }) => did))).toEqual([[third, second], [first], []]);
  });

  it('behavior: a blocked user reaches nobody until unblocked', async () => {
    const [alice, bob] = await acceptedChat();
    await alice.profileUpdate({ name: 'Alice', desc: 'here' });
    const before = await alice.list('CHATS');

    const { profile } = await alice.block(bob.did);
    expect(profile).toMatchObject({ name: 'Alice', desc: 'here', blockedUsersList: [bob.did] });
    await expect(bob.sendText(alice.did, 'Do you hear me?')).rejects.toEqual(refused);
    await expect(alice.sendText(bob.did, 'I do not want to')).rejects.toEqual(refused);
    expect(await alice.list('CHATS')).toEqual(before.map((chat) => ({ ...chat, msg: expect.anything() })));
    expect(await alice.history(bob.did)).toMatchObject([{ messageObj: { content: 'May I?' } }]);

    const other = Wallet.createRandom().address;
    expect((await alice.block(other)).profile.blockedUsersList).toEqual([bob.did, `eip155:${other}`]);
    const unblocked = await alice.unblock(bob.did);
    // The official client's own mistake: it signs an empty list whomever it unblocks.
    expect(unblocked.profile).toMatchObject({ name: 'Alice', desc: 'here', blockedUsersList: [] });
    await bob.sendText(alice.did, 'And now?');
    expect(await alice.event(saying('And now?'))).toMatchObject({ event: 'chat.message', from: bob.did });
  });

  it('behavior: a stranger who is blocked cannot ask again', async () => {
    const [alice, bob] = await Promise.all([liveUser(), liveUser()]);
    await alice.block(bob.did);
    await expect(bob.sendText(alice.did, 'May I?')).rejects.toEqual(refused);
    expect(await alice.list('REQUESTS')).toEqual([]);
  });

  it('behavior: a rejected request is gone from the list, and may be made again', async () => {
    const [alice, bob] = await Promise.all([liveUser(), liveUser()]);
    await alice.sendText(bob.did, 'May I?');
    const { chatId } = await bob.event(of('chat.request', 'other'));
    await bob.reject(alice.did);
    const rejected = { from: bob.did, to: [alice.did], chatId, meta: { group: false } };
    expect(await alice.event(of('chat.reject', 'other'))).toMatchObject(rejected);
    expect(await bob.event(of('chat.reject', 'self'))).toMatchObject(rejected);
    expect(await bob.list('REQUESTS')).toEqual([]);
    expect(await bob.list('CHATS')).toEqual([]);

    await alice.sendText(bob.did, 'Please?');
    expect(await bob.event(saying('Please?'))).toMatchObject({ event: 'chat.request', origin: 'other' });
    expect(await bob.list('REQUESTS')).toMatchObject([{ did: alice.did, msg: { messageObj: { content: 'Please?' } } }]);
  });

  it('behavior: a profile is written by its owner and read by others', async () => {
    const [alice, bob] = await Promise.all([liveUser(), liveUser()]);
    const picture =
      'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
    const profile = { name: 'Alice ✨', desc: 'Two\nlines', picture };
    expect(await alice.profileUpdate(profile)).toMatchObject(profile);
    expect(await bob.profileInfo(alice.did)).toMatchObject(profile);
    expect(await alice.profileUpdate({ desc: 'One line' })).toMatchObject({ ...profile, desc: 'One line' });
    await bob.sendText(alice.did, 'Hello');
    expect(await alice.list('REQUESTS')).toMatchObject([{ did: bob.did }]);
    expect(await bob.list('CHATS')).toMatchObject([{ name: 'Alice ✨', about: 'One line', profilePicture: picture }]);
    expect([...alice.complaints, ...bob.complaints]).toEqual([]);
  });

  it('behavior: a returning user opens the old messages with one signature', async () => {
    const wallet = Wallet.createRandom();
    const [first, bob] = await Promise.all([user(wallet), liveUser()]);
    const created = await first.initialize();
    await first.sendText(bob.did, 'Remember me');
    await bob.accept(first.did);
    await bob.sendText(first.did, 'I will');
    await first.close();

    const returning = await user(wallet);
    const opened = await returning.initialize();
    expect(opened).toEqual({ ...created, prompts: 1 });
    await returning.stream();
    const both = [{ messageObj: { content: 'I will' } }, { messageObj: { content: 'Remember me' } }];
    expect(await returning.history(bob.did)).toMatchObject(both);
    await bob.sendText(returning.did, 'Welcome back');
    expect(await returning.event(saying('Welcome back'))).toMatchObject({ event: 'chat.message', origin: 'other' });
    expect(returning.complaints).toEqual([]);
  });

  it.each<[string, KeyVersion]>([
    ['V1', 'x25519-xsalsa20-poly1305'],
    ['V2', 'aes256GcmHkdfSha256'],
  ])('behavior: an account with a %s key is opened again and upgraded to V3', async (_, version) => {
    const wallet = Wallet.createRandom();
    const [old, bob] = await Promise.all([user(wallet), liveUser()]);
    const { pgpPublicKey } = await old.initialize(version);
    expect(versionOf(await bob.userInfo(old.did))).toBe(version);
    await bob.sendText(old.did, 'Remember me');
    await old.close();

    const returning = await user(wallet);
    expect(await returning.initialize()).toMatchObject({ pgpPublicKey });
    const upgraded = await bob.userInfo(old.did);
    expect(versionOf(upgraded)).toBe('eip191-aes256-gcm-hkdf-sha256');
    expect(upgraded).toMatchObject({ publicKey: pgpPublicKey });
    expect(await returning.list('REQUESTS')).toMatchObject([{ msg: { messageObj: { content: 'Remember me' } } }]);
    expect([...returning.complaints, ...bob.complaints]).toEqual([]);
  });

  it('behavior: a receiver written in lower case is the same account', async () => {
    const [alice, bob] = await Promise.all([liveUser(), liveUser()]);
    const lower = bob.did.toLowerCase();
    const request = await alice.sendText(lower, 'in lower case');
    expect(request).toMatchObject({ encType: 'pgp', toDID: lower });
    expect(await bob.event(saying('in lower case'))).toMatchObject({ event: 'chat.request', origin: 'other' });
    const second = await alice.sendText(bob.did, 'as it should be');
    expect(second).toMatchObject({ link: request.cid });
    expect(await bob.list('REQUESTS')).toMatchObject([{ did: alice.did, threadhash: second.cid }]);
    await bob.accept(alice.did.toLowerCase());
    expect(await bob.list('CHATS')).toMatchObject([{ did: alice.did }]);
    expect(await alice.list('CHATS')).toHaveLength(1);
    expect(await alice.history(lower)).toHaveLength(2);
    await alice.block(lower);
    await expect(bob.sendText(alice.did, 'Do you hear me?')).rejects.toEqual(refused);
  });

  it('behavior: a chat is also found by its id', async () => {
    const [alice, bob] = await acceptedChat();
    const { chatId } = await bob.event(of('chat.request', 'other'));
    const sent = await alice.sendText(chatId, 'by chat id');
    expect(sent).toMatchObject({ toDID: bob.did });
    expect(await bob.event(saying('by chat id'))).toMatchObject({ event: 'chat.message', chatId });
    expect(await bob.history(chatId)).toMatchObject([{ cid: sent.cid }, { messageObj: { content: 'May I?' } }]);
    expect(await bob.latest(chatId)).toMatchObject([{ cid: sent.cid }]);
    expect(await bob.chatInfo(chatId)).toMatchObject({ list: 'CHATS', chatId, recipient: alice.did });
  });
});

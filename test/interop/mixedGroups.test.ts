import { Wallet } from 'ethers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { createPushChat } from '../../src/client/createPushChat.ts';
import type { PushChatClient } from '../../src/client/PushChatClient.ts';
import type { Group, ThreadItem } from '../../src/client/state.ts';
import { parseDid, type Did } from '../../src/protocol/did.ts';
import { isGroupId, type GroupId } from '../../src/protocol/peer.ts';
import { startLocalNode } from './localNode.ts';
import { startOfficialUser, type OfficialEvent, type OfficialUser } from './official.ts';
import { until } from './until.ts';

const START_MS = 180_000;
const CASE_MS = 120_000;

interface Ours {
  readonly did: Did;
  readonly client: PushChatClient;
}

let node: Awaited<ReturnType<typeof startLocalNode>> | undefined;
const closing: (() => Promise<void> | void)[] = [];

async function official(sessionKeys: boolean): Promise<OfficialUser> {
  const user = await startOfficialUser(Wallet.createRandom(), { sessionKeys });
  closing.push(user.close);
  await user.initialize();
  await user.stream();
  return user;
}

async function ours(): Promise<Ours> {
  const wallet = Wallet.createRandom();
  const client = createPushChat({ signer: wallet, node: 'http://localhost:4000' });
  closing.push(client.close);
  await client.unlock();
  client.start();
  await until(client, 'online', ({ connection }) => connection === 'online');
  return { did: parseDid(wallet.address), client };
}

const groupIn = ({ client }: Ours, chatId: GroupId): Group | undefined => client.store.get().groups[chatId];

const untilInvited = (me: Ours, chatId: string): Promise<unknown> =>
  until(me.client, 'an invitation', ({ requests }) => requests.items.find(({ peer }) => peer === chatId));

const untilSaid = (me: Ours, chatId: GroupId, words: string): Promise<ThreadItem> =>
  until(me.client, words, ({ threads }) =>
    threads[chatId]?.items.find((item) => 'content' in item && item.content.content === words),
  );

const untilCounted = (me: Ours, chatId: GroupId, accepted: number): Promise<unknown> =>
  until(me.client, `${accepted} members`, ({ groups }) => groups[chatId]?.counts?.accepted === accepted);

const saying =
  (content: string) =>
  (seen: OfficialEvent): boolean =>
    seen.event === 'chat.message' && seen.message.content === content;

const text = (content: string): { readonly type: 'Text'; readonly content: string } => ({ type: 'Text', content });

function idOf(chatId: string): GroupId {
  if (!isGroupId(chatId)) throw new Error(`${chatId} is no group`);
  return chatId;
}

beforeAll(async () => {
  node = await startLocalNode();
}, START_MS);

afterEach(async () => {
  for (const close of closing.splice(0)) await close();
});

afterAll(async () => {
  await node?.close();
});

const ENC_TYPES = { public: 'PlainText', message: 'pgp', session: 'pgpv1:group' } as const;

describe.each(['public', 'message', 'session'] as const)('a mixed group (%s)', { timeout: CASE_MS }, (kind) => {
  const encType = ENC_TYPES[kind];

  it('behavior: is made by the official client, and ours joins, writes, becomes an admin, adds and removes', async () => {
    const [olga, otto, me, mia] = await Promise.all([
      official(kind === 'session'),
      official(kind === 'session'),
      ours(),
      ours(),
    ]);
    const made = await olga.group('create', 'Gardeners', {
      ...{ description: 'Roses and more', members: [me.did, otto.did], admins: [], private: kind !== 'public' },
    });
    const chatId = idOf(made.chatId);
    await untilInvited(me, chatId);
    expect(groupIn(me, chatId)).toMatchObject({ name: 'Gardeners', standing: 'invited', creator: olga.did });
    await otto.accept(chatId);
    await me.client.acceptRequest(chatId);
    await me.client.openThread(chatId);
    expect(groupIn(me, chatId)).toMatchObject({ membership: 'proven', standing: 'member', counts: { accepted: 3 } });

    const sent = await olga.sendText(chatId, 'hello from Olga');
    expect(sent.encType).toBe(encType);
    expect(await untilSaid(me, chatId, 'hello from Olga')).toMatchObject({
      ...{ state: 'verified', from: 'peer', sender: olga.did },
      verification: { member: 'proven' },
    });
    await me.client.sendMessage(chatId, text('hello from me'));
    for (const user of [olga, otto]) expect(await user.event(saying('hello from me'))).toMatchObject({ chatId });

    await olga.group('modify', chatId, { role: 'ADMIN', accounts: [me.did] });
    await until(me.client, 'the role', ({ groups }) => groups[chatId]?.standing === 'admin');
    await me.client.groups.addMembers(chatId, [mia.did]);
    await untilInvited(mia, chatId);
    await mia.client.acceptRequest(chatId);
    await mia.client.openThread(chatId);
    await mia.client.sendMessage(chatId, text('hello from Mia'));
    expect(await olga.event(saying('hello from Mia'))).toMatchObject({ chatId });

    await me.client.groups.removeMembers(chatId, [otto.did]);
    expect(await otto.event(({ event }) => event === 'chat.group.participant.remove')).toMatchObject({ from: me.did });
    await expect(otto.sendText(chatId, 'still here?')).rejects.toThrow();
    await olga.sendText(chatId, 'without Otto');
    await untilSaid(mia, chatId, 'without Otto');
    await me.client.groups.update(chatId, { name: 'Rose growers' });
    expect(await olga.group('info', chatId)).toMatchObject({ groupName: 'Rose growers' });
    await me.client.groups.leave(chatId);
    await untilCounted(mia, chatId, 2);
    await olga.sendText(chatId, 'the last two');
    await untilSaid(mia, chatId, 'the last two');
    expect(await olga.history(chatId)).toMatchObject(
      ['the last two', 'without Otto', 'hello from Mia', 'hello from me', 'hello from Olga'].map((content) => ({
        messageObj: { content },
      })),
    );
    expect(olga.complaints).toEqual([]);
  });

  it('behavior: is made by ours, and the official client joins, writes, becomes an admin, adds and removes', async () => {
    const [olga, me, mia] = await Promise.all([official(kind === 'session'), ours(), ours()]);
    const chatId = await me.client.groups.create({
      ...{ name: 'Readers', description: 'One book a month', members: [olga.did], isPublic: kind === 'public' },
      encryption: kind === 'session' ? 'session' : 'message',
    });
    await me.client.openThread(chatId);
    expect(await olga.event(({ event }) => event === 'chat.request')).toMatchObject({ from: me.did, chatId });
    if (kind === 'public') await olga.group('join', chatId);
    else await olga.accept(chatId);
    await untilCounted(me, chatId, 2);

    await me.client.sendMessage(chatId, text('which book?'));
    expect(await olga.event(saying('which book?'))).toMatchObject({ chatId });
    const answer = await olga.sendText(chatId, 'the red one');
    expect(answer.encType).toBe(encType);
    await untilSaid(me, chatId, 'the red one');

    await me.client.groups.setRole(chatId, [olga.did], 'admin');
    expect(await olga.event(({ event }) => event === 'chat.group.participant.role')).toMatchObject({ chatId });
    await olga.group('add', chatId, { role: 'MEMBER', accounts: [mia.did] });
    await untilInvited(mia, chatId);
    await mia.client.acceptRequest(chatId);
    await mia.client.openThread(chatId);
    await mia.client.sendMessage(chatId, text('which page?'));
    expect(await olga.event(saying('which page?'))).toMatchObject({ chatId });
    await untilSaid(me, chatId, 'which page?');

    if (kind !== 'public') {
      await me.client.groups.renewSecret(chatId);
      await olga.sendText(chatId, 'page seven');
      expect(await untilSaid(mia, chatId, 'page seven')).toMatchObject({ state: 'verified', encrypted: true });
    }
    await olga.group('remove', chatId, { accounts: [mia.did] });
    await until(mia.client, 'to be out', ({ groups }) => groups[chatId]?.standing === 'out');
    await expect(mia.client.sendMessage(chatId, text('hello?'))).rejects.toMatchObject({ code: 'NotMember' });
    await me.client.sendMessage(chatId, text('only us'));
    expect(await olga.event(saying('only us'))).toMatchObject({ chatId });
    await olga.group('leave', chatId);
    await untilCounted(me, chatId, 1);
    expect(me.client.store.get().threads[chatId]?.items.map(({ state }) => state)).not.toContain('quarantined');
    expect(olga.complaints).toEqual([]);
  });
});

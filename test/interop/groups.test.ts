import { Wallet } from 'ethers';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { startLocalNode } from './localNode.ts';
import {
  startOfficialUser,
  type OfficialEvent,
  type OfficialEventName,
  type OfficialGroup,
  type OfficialOptions,
  type OfficialUser,
} from './official.ts';

const START_MS = 180_000;
const CASE_MS = 120_000;

let node: Awaited<ReturnType<typeof startLocalNode>> | undefined;
const started: OfficialUser[] = [];

async function liveUser(options?: OfficialOptions): Promise<OfficialUser> {
  const official = await startOfficialUser(Wallet.createRandom(), options);
  started.push(official);
  await official.initialize();
  await official.stream();
  return official;
}

const liveUsers = async (count: number, options?: OfficialOptions): Promise<OfficialUser[]> =>
  Promise.all(Array.from({ length: count }, () => liveUser(options)));

const of =
  (event: OfficialEventName, chatId: string, from?: string) =>
  (seen: OfficialEvent): boolean =>
    seen.event === event && seen.chatId === chatId && (from === undefined || seen.from === from);

const saying =
  (content: string) =>
  (seen: OfficialEvent): boolean =>
    seen.event === 'chat.message' && seen.message.content === content;

const wallets = (members: OfficialGroup['members']): string[] => members.map(({ wallet }) => wallet).sort();
const dids = (...users: (OfficialUser | undefined)[]): string[] => users.map((user) => user?.did ?? '').sort();

const refused = expect.objectContaining({ name: 'ValidationError', status: 403 });

beforeAll(async () => {
  node = await startLocalNode();
}, START_MS);

afterEach(async () => {
  await Promise.all(started.splice(0).map((official) => official.close()));
});

afterAll(async () => {
  await node?.close();
});

describe('groups of the official client on our node', { timeout: CASE_MS }, () => {
  it('behavior: a public group is made, joined, written to, changed and left', async () => {
    const [alice, bob, carol] = (await liveUsers(3)) as [OfficialUser, OfficialUser, OfficialUser];
    const group = await alice.group('create', 'Gardeners', {
      description: 'Roses and more',
      members: [bob.did],
      admins: [],
      private: false,
    });
    const { chatId } = group;
    expect(group).toMatchObject({ groupName: 'Gardeners', isPublic: true, groupCreator: alice.did });
    expect([wallets(group.members), wallets(group.pendingMembers)]).toEqual([dids(alice), dids(bob)]);
    expect(await alice.event(of('chat.group.create', chatId))).toMatchObject({ origin: 'self' });
    expect(await bob.event(of('chat.request', chatId))).toMatchObject({ origin: 'other', from: alice.did });
    expect(await bob.list('REQUESTS')).toMatchObject([{ chatId, groupInformation: { groupName: 'Gardeners' } }]);

    await bob.group('join', chatId);
    expect(await alice.event(of('chat.accept', chatId, bob.did))).toMatchObject({ meta: { group: true }, to: null });
    await carol.group('join', chatId);
    expect(await bob.event(of('chat.group.participant.join', chatId, carol.did))).toMatchObject({ origin: 'other' });
    expect(await carol.group('participants.status', chatId, { account: carol.did })).toEqual({
      pending: false,
      role: 'member',
      participant: true,
    });
    expect(await alice.group('participants.count', chatId)).toMatchObject({ participants: 3, pending: 0 });

    const sent = await carol.sendText(chatId, 'What grows here?');
    expect(sent).toMatchObject({ encType: 'PlainText', toDID: chatId, link: null });
    for (const member of [alice, bob]) {
      expect(await member.event(saying('What grows here?'))).toMatchObject({
        event: 'chat.message',
        chatId,
        origin: 'other',
        meta: { group: true },
        reference: sent.cid,
      });
    }
    const answer = await alice.sendText(chatId, 'Everything');
    expect(answer.link).toBe(sent.cid);
    expect(await bob.history(chatId)).toMatchObject([
      { messageObj: { content: 'Everything' }, listType: 'CHATS' },
      { messageObj: { content: 'What grows here?' } },
    ]);
    expect(await bob.chatInfo(chatId)).toMatchObject({ list: 'CHATS', chatId, meta: { group: true } });

    await alice.group('modify', chatId, { role: 'ADMIN', accounts: [bob.did] });
    expect(await bob.event(of('chat.group.participant.role', chatId))).toMatchObject({ newRole: 'ADMIN' });
    const renamed = await bob.group('update', chatId, { name: 'Rose growers', description: 'Only roses' });
    expect(renamed).toMatchObject({ groupName: 'Rose growers', groupDescription: 'Only roses' });
    expect(await alice.event(of('chat.group.update', chatId, bob.did))).toMatchObject({ origin: 'other' });

    await bob.group('remove', chatId, { accounts: [carol.did] });
    expect(await carol.event(of('chat.group.participant.remove', chatId))).toMatchObject({ from: bob.did });
    await expect(carol.sendText(chatId, 'Hello?')).rejects.toEqual(refused);
    await bob.group('leave', chatId);
    expect(await alice.event(of('chat.group.participant.leave', chatId, bob.did))).toMatchObject({ origin: 'other' });
    expect(wallets((await alice.group('info', chatId)).members)).toEqual(dids(alice));
    expect([...alice.complaints, ...bob.complaints]).toEqual([]);
  });

  it('behavior: a private group is entered by invitation, and read by those in it', async () => {
    const [alice, bob, carol] = (await liveUsers(3)) as [OfficialUser, OfficialUser, OfficialUser];
    const { chatId } = await alice.group('create', 'Between us', {
      description: 'Nobody else',
      members: [bob.did],
      admins: [],
      private: true,
    });
    await expect(carol.group('join', chatId)).rejects.toThrow('This group is private.');
    await bob.accept(chatId);
    const sent = await alice.sendText(chatId, 'In confidence');
    expect(sent).toMatchObject({ encType: 'pgp', toDID: chatId });
    expect(await bob.event(saying('In confidence'))).toMatchObject({ chatId, reference: sent.cid });

    await alice.group('add', chatId, { role: 'MEMBER', accounts: [carol.did] });
    expect(await carol.event(of('chat.request', chatId))).toMatchObject({ from: alice.did });
    await carol.group('reject', chatId);
    expect(await carol.list('REQUESTS')).toEqual([]);
    await bob.sendText(chatId, 'Just the two of us');
    expect(await alice.history(chatId)).toMatchObject([
      { messageObj: { content: 'Just the two of us' } },
      { messageObj: { content: 'In confidence' } },
    ]);
    expect(await bob.list('CHATS')).toMatchObject([{ chatId, msg: { messageObj: { content: 'Just the two of us' } } }]);
    expect([...alice.complaints, ...bob.complaints]).toEqual([]);
  });

  it('behavior: session keys are renewed when readers change, and each message is read with its own', async () => {
    const [alice, bob, carol] = (await liveUsers(3, { sessionKeys: true })) as [
      OfficialUser,
      OfficialUser,
      OfficialUser,
    ];
    const { chatId } = await alice.group('create', 'With a key', {
      description: 'One secret for all',
      members: [bob.did, carol.did],
      admins: [],
      private: true,
    });
    await bob.accept(chatId);
    const first = (await alice.group('info', chatId)).sessionKey;
    expect(first).toMatch(/^[0-9a-f]{64}$/);
    expect(await alice.sendText(chatId, 'for two')).toMatchObject({ encType: 'pgpv1:group', sessionKey: first });
    expect(await bob.event(saying('for two'))).toMatchObject({ chatId });

    await carol.accept(chatId);
    const second = (await alice.group('info', chatId)).sessionKey;
    expect(second).not.toBe(first);
    await carol.sendText(chatId, 'for three');
    for (const member of [alice, bob]) expect(await member.event(saying('for three'))).toMatchObject({ chatId });

    await alice.group('remove', chatId, { accounts: [bob.did] });
    const third = (await alice.group('info', chatId)).sessionKey;
    expect([first, second]).not.toContain(third);
    // The new secret is not for him: his client has nothing to encrypt with.
    await expect(bob.sendText(chatId, 'still here')).rejects.toThrow('Session key decryption failed');
    await alice.sendText(chatId, 'without bob');
    expect(await carol.event(saying('without bob'))).toMatchObject({ chatId });
    expect(await alice.history(chatId)).toMatchObject(
      ['without bob', 'for three', 'for two'].map((content) => ({ messageObj: { content } })),
    );
    await carol.group('leave', chatId);
    expect(await alice.group('participants.count', chatId)).toMatchObject({ participants: 1, pending: 0 });
    expect((await alice.group('info', chatId)).sessionKey).not.toBe(third);
    expect([...alice.complaints, ...carol.complaints]).toEqual([]);
  });
});

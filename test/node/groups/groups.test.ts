import { beforeEach, describe, expect, it } from 'vitest';
import type { RuleChecker } from '../../../src/node/rules.ts';
import { routes } from '../../../src/protocol/routes.ts';
import { sha256Hex } from '../../../src/crypto/hash.ts';
import { encryptText } from '../../../src/crypto/pgp.ts';
import { profileKeysText } from '../../../src/protocol/canonical.ts';
import { didOf, walletOf } from '../../support/builders.ts';
import { vectorUser } from '../../support/vectors.ts';
import { profile, STORES, type Answer } from '../nodeWorld.ts';
import { createGroupWorld, type GroupWorld } from './groupWorld.ts';

let world: GroupWorld;

const refusal = ({ status, body }: Answer): unknown[] => [status, body?.details?.code];
const [alice, bob, carol, dave] = ['alice', 'bob', 'carol', 'dave'].map(didOf) as [string, string, string, string];
const listed = async (name: string): Promise<string[][]> => {
  const [chats, requests] = [routes.chats(didOf(name), 1, 30), routes.requests(didOf(name), 1, 30)];
  const ids = (rows: { chatId: string }[]): string[] => rows.map(({ chatId }) => chatId);
  return [ids((await world.call(chats)).body.chats), ids((await world.call(requests)).body.requests)];
};
const events = (heard: readonly object[]): unknown[] =>
  heard.map((event) => {
    const { eventType, messageCategory, messageOrigin } = event as Record<string, unknown>;
    return `${String(eventType ?? messageCategory)} ${String(messageOrigin)}`;
  });

describe.each(STORES)('a group, in a store in %s', (_, open) => {
  beforeEach(async () => {
    world = createGroupWorld(await open());
    await world.join('alice', 'bob', 'carol', 'dave');
  });

  it('has its creator as its admin, and everybody else as invited', async () => {
    const heard = ['alice', 'bob', 'dave'].map(world.listen);
    const { status, body } = await world.call(
      routes.createGroup(),
      await world.creation('alice', { members: ['bob'], admins: ['carol'] }),
    );
    expect(status).toBe(200);
    expect(body).toMatchObject({ groupName: 'A group', isPublic: true, groupCreator: alice, sessionKey: null });
    const { chatId } = body as { chatId: string };
    expect((await world.call(routes.group(chatId))).body).toEqual(body);
    expect((await world.call(routes.groupWithMembers(chatId))).body).toMatchObject({
      chatId,
      members: [{ wallet: alice, isAdmin: true, publicKey: vectorUser('alice').publicKey }],
      pendingMembers: [
        { wallet: carol, isAdmin: true },
        { wallet: bob, isAdmin: false },
      ],
    });
    expect((await world.call(routes.groupCounts(chatId))).body.totalMembersCount).toEqual({
      overallCount: 3,
      adminsCount: 2,
      membersCount: 1,
      pendingCount: 2,
      approvedCount: 1,
      roles: { ADMIN: { total: 2, pending: 1 }, MEMBER: { total: 1, pending: 1 } },
    });
    expect(await world.status('carol', chatId)).toEqual({ isMember: true, isPending: true, isAdmin: true });
    expect(await world.status('dave', chatId)).toEqual({ isMember: false, isPending: false, isAdmin: false });
    expect([await listed('alice'), await listed('bob'), await listed('dave')]).toEqual([
      [[chatId], []],
      [[], [chatId]],
      [[], []],
    ]);
    expect(heard.map(events)).toEqual([['create self'], ['request other'], []]);
  });

  it('is made once by the same signed body', async () => {
    const body = await world.creation('alice', { members: ['bob'] });
    const first = await world.call(routes.createGroup(), body);
    expect(await world.call(routes.createGroup(), body)).toEqual(first);
    expect((await listed('alice'))[0]).toHaveLength(1);
  });

  it('is entered by the invited and left by its members, and everybody in it hears of both', async () => {
    const chatId = await world.group('alice', { members: ['bob', 'carol'] });
    await world.enter('bob', chatId);
    const heard = ['alice', 'bob', 'carol'].map(world.listen);
    const entered = await world.enter('carol', chatId);
    expect(entered.status).toBe(201);
    expect((entered.body as string).split('+').sort()).toEqual([alice, bob, carol].sort());
    expect(await listed('carol')).toEqual([[chatId], []]);
    expect((await world.change('bob', chatId, { remove: ['bob'] })).status).toBe(200);
    expect(await world.status('bob', chatId)).toEqual({ isMember: false, isPending: false, isAdmin: false });
    expect(await listed('bob')).toEqual([[], []]);
    expect(heard.map(events)).toEqual([
      ['Approve other', 'leaveGroup other'],
      ['Approve other', 'leaveGroup self'],
      ['Approve self', 'leaveGroup other'],
    ]);
  });

  it('that is public may be joined without an invitation', async () => {
    const chatId = await world.group('alice');
    const heard = world.listen('alice');
    expect((await world.change('bob', chatId, { members: ['bob'] })).status).toBe(200);
    expect(await world.status('bob', chatId)).toEqual({ isMember: true, isPending: false, isAdmin: false });
    expect(heard).toMatchObject([{ eventType: 'joinGroup', from: bob, to: [bob], chatId, isGroup: true }]);
  });

  it('that is private is joined by invitation only', async () => {
    const chatId = await world.group('alice', { isPublic: false });
    expect(refusal(await world.change('bob', chatId, { members: ['bob'] }))).toEqual([403, 'NotPermitted']);
    expect(refusal(await world.enter('bob', chatId))).toEqual([403, 'NotPermitted']);
    await world.change('alice', chatId, { members: ['bob'] });
    expect((await world.enter('bob', chatId)).status).toBe(201);
  });

  it('is not entered by an act that names no group, by who is invited: it may have been made for another', async () => {
    for (const isPublic of [false, true]) {
      const chatId = await world.group('alice', { isPublic, members: ['bob'] });
      expect(refusal(await world.change('bob', chatId, { members: ['bob'] }))).toEqual([403, 'NotPermitted']);
      expect((await world.enter('bob', chatId)).status).toBe(201);
    }
  });

  it('is changed by its admins only', async () => {
    const chatId = await world.group('alice', { members: ['bob'], admins: ['carol'] });
    await world.enter('bob', chatId);
    const tries: [string, Parameters<GroupWorld['change']>[2]][] = [
      ['bob', { members: ['dave'] }],
      ['bob', { admins: ['bob'] }],
      ['bob', { remove: ['alice'] }],
      ['carol', { members: ['dave'] }],
      ['dave', { members: ['dave', 'bob'] }],
      ['dave', { admins: ['dave'] }],
    ];
    for (const [signer, change] of tries) {
      expect(refusal(await world.change(signer, chatId, change))).toEqual([403, 'NotPermitted']);
    }
    const renamed = await world.call(
      routes.updateGroupProfile(chatId),
      await world.profileUpdate('bob', { groupName: 'Mine' }),
    );
    expect(refusal(renamed)).toEqual([403, 'NotPermitted']);
    await world.enter('carol', chatId);
    expect((await world.change('carol', chatId, { members: ['dave'] })).status).toBe(200);
  });

  it('has roles that its admins give and take, and says so', async () => {
    const chatId = await world.group('alice', { members: ['bob'] });
    await world.enter('bob', chatId);
    const heard = world.listen('bob');
    await world.change('alice', chatId, { admins: ['bob'] });
    expect(await world.status('bob', chatId)).toEqual({ isMember: true, isPending: false, isAdmin: true });
    await world.change('bob', chatId, { members: ['alice'] });
    expect(heard).toMatchObject([
      { eventType: 'roleChange', from: alice, to: [bob], newRole: 'ADMIN', previousRole: 'MEMBER' },
      { eventType: 'roleChange', from: bob, to: [alice], newRole: 'MEMBER', previousRole: 'ADMIN' },
    ]);
    expect(refusal(await world.change('alice', chatId, { remove: ['bob'] }))).toEqual([403, 'NotPermitted']);
  });

  it('is renamed, and found by a part of its new name', async () => {
    const chatId = await world.group('alice', { name: 'Gardeners' });
    const heard = world.listen('alice');
    const update = await world.profileUpdate('alice', { groupName: 'Rose growers' });
    expect((await world.call(routes.updateGroupProfile(chatId), update)).body).toMatchObject({
      chatId,
      groupName: 'Rose growers',
    });
    expect(heard).toMatchObject([{ eventType: 'update', groupName: 'Rose growers', messageOrigin: 'self' }]);
    const search = async (searchTerm: string): Promise<unknown> =>
      (await world.call(routes.searchGroups(), { searchTerm, pageNumber: 1, pageSize: 10 })).body;
    expect(await search('ROSE')).toMatchObject([{ chatId, groupName: 'Rose growers' }]);
    expect(await search('garden')).toEqual([]);
  });

  it('forgets an invitation that was declined, and may make it again', async () => {
    const chatId = await world.group('alice', { members: ['bob'] });
    const no = await world.no('bob', chatId);
    expect((await world.call(routes.rejectRequest(), no)).body).toEqual({ success: true });
    expect(await listed('bob')).toEqual([[], []]);
    expect((await world.call(routes.rejectRequest(), no)).status).toBe(200);
    await world.change('alice', chatId, { members: ['bob'] });
    expect(refusal(await world.call(routes.rejectRequest(), no))).toEqual([409, 'ReplayDetected']);
    expect((await world.enter('bob', chatId)).status).toBe(201);
  });

  it('GR-06 an old yes does not bring back who was removed, nor answer a new invitation', async () => {
    const chatId = await world.group('alice', { members: ['bob'] });
    const yes = await world.yes('bob', chatId);
    const first = await world.call(routes.acceptRequest(), yes);
    expect(await world.call(routes.acceptRequest(), yes)).toEqual(first);
    await world.change('alice', chatId, { remove: ['bob'] });
    expect(refusal(await world.call(routes.acceptRequest(), yes))).toEqual([409, 'ReplayDetected']);
    await world.change('alice', chatId, { members: ['bob'] });
    expect(refusal(await world.call(routes.acceptRequest(), yes))).toEqual([409, 'ReplayDetected']);
    expect(await world.status('bob', chatId)).toMatchObject({ isPending: true });
  });

  it('a change that was signed for one group does nothing in another', async () => {
    const [one, other] = [await world.group('alice', { name: 'One' }), await world.group('alice', { name: 'Other' })];
    for (const chatId of [one, other]) await world.change('alice', chatId, { members: ['bob'] });
    const removal = await world.membersUpdate('alice', { remove: ['bob'] });
    expect((await world.call(routes.updateMembers(one), removal)).status).toBe(200);
    expect((await world.call(routes.updateMembers(one), removal)).status).toBe(200);
    expect(refusal(await world.call(routes.updateMembers(other), removal))).toEqual([409, 'ReplayDetected']);
    expect(await world.status('bob', other)).toMatchObject({ isMember: true });
  });

  it('the signatures that made one group neither change another nor make one', async () => {
    const [one, two] = [await world.creation('alice', { name: 'One' }), await world.creation('alice', { name: 'Two' })];
    const made = [];
    for (const body of [one, two]) made.push((await world.call(routes.createGroup(), body)).body.chatId as string);
    expect(refusal(await world.call(routes.updateGroupProfile(made[1] ?? ''), one))).toEqual([409, 'ReplayDetected']);
    const { profileVerificationProof, groupName } = one as Record<string, unknown>;
    const mixed = { ...two, profileVerificationProof, groupName };
    expect(refusal(await world.call(routes.createGroup(), mixed))).toEqual([409, 'ReplayDetected']);
    expect((await world.call(routes.group(made[1] ?? ''))).body).toMatchObject({ groupName: 'Two' });
  });

  it('GR-05 a forged proof changes nothing', async () => {
    const chatId = await world.group('alice', { members: ['bob'] });
    const forged = await world.membersUpdate('bob', { admins: ['bob'] });
    const asAlice = JSON.parse(JSON.stringify(forged).replace(/:eip155:0x\w+"}$/, `:${alice}"}`)) as object;
    expect(refusal(await world.call(routes.updateMembers(chatId), asAlice))).toEqual([403, 'ProofInvalid']);
    const swapped = { ...(await world.yes('carol', chatId)), fromDID: bob };
    expect(refusal(await world.call(routes.acceptRequest(), swapped))).toEqual([403, 'ProofInvalid']);
    const other = { ...(await world.yes('bob', chatId)), status: 'Other' };
    expect(refusal(await world.call(routes.acceptRequest(), other))).toEqual([400, 'PayloadMalformed']);
  });
});

describe('messages of a group', () => {
  beforeEach(async () => {
    world = createGroupWorld();
    await world.join('alice', 'bob', 'carol', 'dave');
  });

  it('reach all who are in it, and stand in its history', async () => {
    const chatId = await world.group('alice', { members: ['bob', 'carol'] });
    await world.enter('bob', chatId);
    const heard = ['alice', 'bob', 'carol'].map(world.listen);
    const first = await world.say('alice', chatId, { words: 'one' });
    const second = await world.say('bob', chatId, { words: 'two' });
    expect([first, second]).toMatchObject([
      { status: 201, body: { link: null, chatId } },
      { status: 201, body: { link: first.body.cid, chatId } },
    ]);
    expect(heard.map(events)).toEqual([['Chat self', 'Chat other'], ['Chat other', 'Chat self'], []]);
    expect(heard[0]).toMatchObject([{ isGroup: true, chatId, hasIntent: true, cid: first.body.cid }, {}]);
    const head = routes.head(bob, chatId);
    expect((await world.call(head)).body).toEqual({ threadHash: second.body.cid, intent: true });
    const history = (await world.call(routes.history(second.body.cid as string, 10))).body as { cid: string }[];
    expect(history.map(({ cid }) => cid)).toEqual([second.body.cid, first.body.cid]);
    expect((await world.call(routes.chat(bob, chatId))).body).toMatchObject({
      chatId,
      did: null,
      threadhash: second.body.cid,
      msg: { cid: second.body.cid },
      groupInformation: { groupName: 'A group' },
    });
    expect((await world.call(routes.chat(dave, chatId))).body).toEqual({});
  });

  it('are stored once, however often they are posted', async () => {
    const chatId = await world.group('alice');
    const body = await world.message('alice', chatId);
    const first = await world.call(routes.sendMessage(), body);
    expect(await world.call(routes.sendMessage(), body)).toEqual(first);
    const other = await world.group('alice', { name: 'Other' });
    const elsewhere = { ...body, toDID: other, toCAIP10: other };
    expect(refusal(await world.call(routes.sendMessage(), elsewhere))).toEqual([403, 'ProofInvalid']);
    expect(refusal(await world.call(routes.sendMessage(), { ...body, toDID: other }))).toEqual([
      403,
      'ReceiverMismatch',
    ]);
  });

  it('GR-14 of strangers, the invited and the removed are refused, and the removed hear nothing', async () => {
    const chatId = await world.group('alice', { members: ['bob', 'carol'] });
    await world.enter('bob', chatId);
    expect((await world.say('bob', chatId)).status).toBe(201);
    await world.change('alice', chatId, { remove: ['bob'] });
    const heard = world.listen('bob');
    for (const name of ['bob', 'carol', 'dave']) {
      expect(refusal(await world.say(name, chatId))).toEqual([403, 'NotPermitted']);
    }
    await world.say('alice', chatId, { words: 'without you' });
    expect(heard).toEqual([]);
    expect((await world.call(routes.chat(bob, chatId))).body).toEqual({});
    expect((await world.call(routes.groupKeys(chatId, 1, 10))).body.members).toMatchObject([{ did: alice }]);
  });

  it('are plain in public groups and encrypted in private ones', async () => {
    const open = await world.group('alice', { name: 'Open' });
    const closed = await world.group('alice', { name: 'Closed', isPublic: false });
    expect(refusal(await world.say('alice', open, { encType: 'pgp' }))).toEqual([400, 'UnsupportedEncType']);
    expect(refusal(await world.say('alice', closed))).toEqual([400, 'PlaintextRefused']);
    expect((await world.say('alice', closed, { encType: 'pgp' })).status).toBe(201);
  });

  it('about the group itself are its admins’', async () => {
    const chatId = await world.group('alice', { members: ['bob'] });
    await world.enter('bob', chatId);
    const meta = { messageType: 'Meta', messageObj: { content: 'UPDATE_GROUP', info: { affected: [] } } };
    expect((await world.say('alice', chatId, meta)).status).toBe(201);
    expect(refusal(await world.say('bob', chatId, meta))).toEqual([403, 'NotPermitted']);
  });

  it('GR-10 nobody is invited across a block, whatever the spelling, nor hears whom they block', async () => {
    const blocking = await profile('bob', [`eip155:1:${alice.slice(7).toLowerCase()}`]);
    await world.call(routes.updateProfile(bob), blocking);
    const heard = world.listen('bob');
    expect(
      refusal(await world.call(routes.createGroup(), await world.creation('alice', { members: ['bob'] }))),
    ).toEqual([403, 'BlockedPeer']);
    expect(
      refusal(await world.call(routes.createGroup(), await world.creation('bob', { members: ['alice'] }))),
    ).toEqual([403, 'BlockedPeer']);
    const chatId = await world.group('carol', { members: ['alice', 'bob'] });
    await world.enter('alice', chatId);
    await world.enter('bob', chatId);
    await world.say('alice', chatId, { words: 'Do you hear me?' });
    await world.say('carol', chatId, { words: 'I do' });
    expect(heard.filter((event) => 'messageContent' in event && event.fromDID === alice)).toEqual([]);
    expect(heard).toContainEqual(expect.objectContaining({ messageContent: 'I do' }));
  });
});

describe('a group’s secret', () => {
  const wrappedFor = (...names: string[]): Promise<string> =>
    encryptText(
      'secret',
      names.map((name) => vectorUser(name).publicKey),
    );

  beforeEach(async () => {
    world = createGroupWorld();
    await world.join('alice', 'bob', 'carol', 'dave');
  });

  it('is renewed whenever readers change, and messages name the newest', async () => {
    const chatId = await world.group('alice', { isPublic: false, members: ['bob', 'carol'] });
    const [one, two] = [await wrappedFor('alice', 'bob'), await wrappedFor('alice')];
    const yes = (await world.yes('bob', chatId, one)) as { verificationProof: string };
    expect((await world.call(routes.acceptRequest(), yes)).status).toBe(201);
    const first = sha256Hex(yes.verificationProof);
    expect((await world.call(routes.group(chatId))).body).toMatchObject({
      sessionKey: first,
      encryptedSecret: one,
    });
    expect((await world.say('bob', chatId, { encType: 'pgpv1:group', sessionKey: first })).status).toBe(201);
    expect(refusal(await world.enter('carol', chatId))).toEqual([403, 'ProofDowngrade']);
    expect(refusal(await world.change('alice', chatId, { remove: ['bob'] }))).toEqual([403, 'ProofDowngrade']);
    expect((await world.change('alice', chatId, { members: ['dave'] })).status).toBe(200);
    expect((await world.change('alice', chatId, { remove: ['carol'] })).status).toBe(200);
    const { body } = await world.change('alice', chatId, { remove: ['bob'], secret: two });
    expect(body).toMatchObject({ encryptedSecret: two });
    expect(refusal(await world.say('alice', chatId, { encType: 'pgpv1:group', sessionKey: first }))).toEqual([
      409,
      'HeadConflict',
    ]);
    const secret = async (key: string): Promise<Answer> => world.call(routes.groupSecret(key));
    expect((await secret(first)).body).toEqual({ encryptedSecret: one });
    expect((await secret(body.sessionKey as string)).body).toEqual({ encryptedSecret: two });
    expect((await secret('0'.repeat(64))).status).toBe(400);
  });

  it('GR-02 leaves out nobody who came meanwhile, and names nobody who went: who did not know reads anew', async () => {
    const chatId = await world.group('alice', { isPublic: false, members: ['bob', 'carol'], admins: ['dave'] });
    expect((await world.enter('bob', chatId, await wrappedFor('alice', 'bob'))).status).toBe(201);
    const late = await world.enter('carol', chatId, await wrappedFor('alice', 'carol'));
    expect(refusal(late)).toEqual([409, 'HeadConflict']);
    expect((await world.enter('carol', chatId, await wrappedFor('alice', 'bob', 'carol'))).status).toBe(201);
    expect((await world.enter('dave', chatId, await wrappedFor('alice', 'bob', 'carol', 'dave'))).status).toBe(201);

    const removed = await world.change('alice', chatId, {
      remove: ['bob'],
      secret: await wrappedFor('alice', 'carol', 'dave'),
    });
    expect(removed.status).toBe(200);
    const unaware = { remove: ['carol'], secret: await wrappedFor('alice', 'bob', 'dave') };
    expect(refusal(await world.change('dave', chatId, unaware))).toEqual([409, 'HeadConflict']);
    const aware = { remove: ['carol'], secret: await wrappedFor('alice', 'dave') };
    expect((await world.change('dave', chatId, aware)).status).toBe(200);
  });

  it('may be wrapped for a key that somebody who went had published as theirs', async () => {
    const chatId = await world.group('bob', { isPublic: false, members: ['alice', 'carol'] });
    await world.enter('alice', chatId, await wrappedFor('bob', 'alice'));
    await world.enter('carol', chatId, await wrappedFor('bob', 'alice', 'carol'));
    // Keys are attested by wallets, and nobody has to show that they have them.
    const { creation } = vectorUser('alice');
    const keys = { ...creation, publicKey: vectorUser('bob').creation.publicKey };
    const proof = await walletOf('alice').signMessage(sha256Hex(profileKeysText(keys)));
    const update = { ...keys, verificationProof: `eip191v2:${proof}` };
    expect((await world.call(routes.updateKeys(alice), update)).status).toBe(200);
    const change = { remove: ['alice'], secret: await wrappedFor('bob', 'carol') };
    expect((await world.change('bob', chatId, change)).status).toBe(200);
  });

  it('is none that nobody can open', async () => {
    const chatId = await world.group('alice', { isPublic: false, members: ['bob'] });
    expect(refusal(await world.enter('bob', chatId, 'a secret'))).toEqual([400, 'PayloadMalformed']);
  });

  it('is none in a public group, and none without a proof of it', async () => {
    const chatId = await world.group('alice', { members: ['bob'] });
    expect(refusal(await world.change('alice', chatId, { members: ['carol'], secret: 'x' }))).toEqual([
      400,
      'PayloadMalformed',
    ]);
    const yes = await world.yes('bob', chatId);
    expect(refusal(await world.call(routes.acceptRequest(), { ...yes, encryptedSecret: 'x' }))).toEqual([
      400,
      'PayloadMalformed',
    ]);
  });
});

const holds = { type: 'PUSH', category: 'ERC20', subcategory: 'holder' };
const token = { ...holds, data: { contract: `eip155:1:0x${'ab'.repeat(20)}`, amount: 1, decimals: 0 } };
const invited = { type: 'PUSH', category: 'INVITE', subcategory: 'DEFAULT', data: { inviterRoles: ['ADMIN'] } };

describe('a group with rules', () => {
  const holders = new Set([alice, bob]);
  const rules: RuleChecker = {
    check: (_, account) =>
      Promise.resolve(holders.has(account) ? { access: true } : { access: false, reason: 'No token here.' }),
  };

  beforeEach(async () => {
    world = createGroupWorld(undefined, { rules });
    await world.join('alice', 'bob', 'carol', 'dave');
  });

  it('lets in who passes them, without an invitation too', async () => {
    const chatId = await world.group('alice', { isPublic: false, rules: { entry: { conditions: token } } });
    expect((await world.change('bob', chatId, { members: ['bob'] })).status).toBe(200);
    const refused = await world.change('carol', chatId, { members: ['carol'] });
    expect(refusal(refused)).toEqual([403, 'NotPermitted']);
    expect(refused.body.message).toContain('No token here.');
    await world.change('alice', chatId, { members: ['carol'] });
    expect(refusal(await world.enter('carol', chatId))).toEqual([403, 'NotPermitted']);
  });

  it('may take an invitation instead, and shows each result', async () => {
    const chatId = await world.group('alice', {
      isPublic: false,
      rules: { entry: { conditions: { any: [token, invited] } } },
      members: ['carol'],
    });
    expect((await world.enter('carol', chatId)).status).toBe(201);
    expect(refusal(await world.change('dave', chatId, { members: ['dave'] }))).toEqual([403, 'NotPermitted']);
    const access = async (did: string): Promise<unknown> => (await world.call(routes.groupAccess(chatId, did))).body;
    expect(await access(carol)).toEqual({
      entry: true,
      chat: true,
      rules: {
        entry: {
          conditions: {
            any: [
              { ...token, access: false },
              { ...invited, access: true },
            ],
          },
        },
      },
    });
    expect(await access(dave)).toMatchObject({ entry: false, chat: true });
  });

  it('may keep some of its members from writing', async () => {
    const chatId = await world.group('alice', { rules: { chat: { conditions: [token] } }, members: ['carol'] });
    await world.enter('carol', chatId);
    expect(refusal(await world.say('carol', chatId))).toEqual([403, 'NotPermitted']);
    expect((await world.say('alice', chatId)).status).toBe(201);
  });

  it('is closed, with the reason, on a node that can check none of them', async () => {
    world = createGroupWorld();
    await world.join('alice', 'bob');
    const chatId = await world.group('alice', { rules: { entry: { conditions: token } } });
    const { status, body } = await world.change('bob', chatId, { members: ['bob'] });
    expect([status, body.message]).toEqual([403, expect.stringContaining('Push Node')]);
  });
});

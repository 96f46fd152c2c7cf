import type { Wallet } from 'ethers';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { encryptText, generateKeyPair, readPrivateKey } from '../../src/crypto/pgp.ts';
import { randomBytes } from '../../src/crypto/random.ts';
import { sha256Hex } from '../../src/crypto/hash.ts';
import { PushChatError } from '../../src/errors.ts';
import { createPushNode } from '../../src/node/createPushNode.ts';
import { directTransport } from '../../src/client/directTransport.ts';
import type { Transport } from '../../src/client/transport.ts';
import { anyOf, groupRules, holdsErc20, isInvitedBy } from '../../src/protocol/groups/buildRules.ts';
import { signGroupAct } from '../../src/protocol/groups/signGroup.ts';
import { armoredKey, formatPublicKey } from '../../src/protocol/publicKey.ts';
import { profileKeysText } from '../../src/protocol/canonical.ts';
import { parseDid, type Did } from '../../src/protocol/did.ts';
import type { GroupId } from '../../src/protocol/peer.ts';
import { routes } from '../../src/protocol/routes.ts';
import { hostileNode, inHistory, inUser, renamed, type Lie } from '../../src/testing/hostileNode.ts';
import { createTestWorld, type TestUser, type TestWorld } from '../../src/testing/testWorld.ts';
import { vectorChains } from '../node/chain/localChain.ts';
import { walletOf } from '../support/builders.ts';
import { inActs, inGroup, withGhost, withoutActs, type Row } from '../support/hostileGroup.ts';
import { itemsOf, text, textsOf, until } from '../support/until.ts';

let world: TestWorld;
let lies: readonly Lie[] = [];
let warned: PushChatError[] = [];
let ada: TestUser;
let bo: TestUser;
/** A client whose node lies. */
let eve: TestUser;
/** What Eve's client posted as messages. */
let posted: object[] = [];

const through = (): Transport => {
  const way = directTransport(hostileNode(world.node, () => lies));
  return {
    ...way,
    request: (route, body, token) => {
      if (body && route.path === routes.sendMessage().path) posted.push(body);
      return way.request(route, body, token);
    },
  };
};

beforeEach(async () => {
  world = createTestWorld();
  lies = [];
  warned = [];
  posted = [];
  ada = await world.join('Ada');
  bo = await world.join('Bo');
  eve = await world.join('Eve', { through, logger: { warn: (error) => warned.push(error) } });
});

afterEach(() => world.close());

type Kind = 'public' | 'message' | 'session';

/** A group that Ada made, with Bo and Eve in it. */
async function groupOf(kind: Kind): Promise<GroupId> {
  const members = [bo.did, eve.did];
  const encryption = kind === 'session' ? kind : 'message';
  const chatId = await ada.client.groups.create({ name: 'A group', isPublic: kind === 'public', encryption, members });
  for (const { client } of [bo, eve]) await client.acceptRequest(chatId);
  return chatId;
}

/** An account of a wallet of its own, with these keys. */
async function publish(publicKey: string, owner?: { readonly did: Did; readonly wallet: Wallet }): Promise<Did> {
  const node = directTransport(world.node);
  const { wallet } = owner ?? { wallet: world.wallet('Stranger') };
  const did = owner?.did ?? parseDid(wallet.address);
  const { encryptedPrivateKey } = (await node.request(routes.user(bo.did))) as { encryptedPrivateKey: string };
  const keys = { caip10: did, did, publicKey: formatPublicKey(publicKey), encryptedPrivateKey };
  const proof = await wallet.signMessage(sha256Hex(profileKeysText(keys)));
  await node.request(routes.createUser(), { ...keys, verificationProof: `eip191v2:${proof}` });
  return did;
}

const send = (chatId: GroupId, words = 'secret', options = {}): Promise<string> =>
  eve.client.sendMessage(chatId, text(words), options);

describe.each(['message', 'session'] as const)('a node that lies about a private group (%s)', (kind) => {
  it('GR-01 names a member whom nobody let in, and sends nothing before the user agrees', async () => {
    const chatId = await groupOf(kind);
    const ghost = await world.join('Ghost');
    lies = [{ name: 'GR-01', answer: withGhost(ghost) }];
    const refusal = { code: 'MembersUnconfirmed', concerns: [{ reason: 'unproven', name: ghost.did }] };
    await expect(send(chatId)).rejects.toMatchObject(refusal);
    expect(eve.client.store.get().groups[chatId]?.concerns).toEqual(refusal.concerns);
    expect(posted).toEqual([]);
    expect(itemsOf(eve.client, chatId)).toEqual([]);

    // Another name is no agreement.
    await expect(send(chatId, 'secret', { acceptMembers: [bo.did] })).rejects.toMatchObject(refusal);
    await send(chatId, 'to all, the ghost too', { acceptMembers: [ghost.did.toLowerCase()] });
    await send(chatId, 'agreed before');
    expect(posted).toHaveLength(2);
    expect(eve.client.store.get().groups[chatId]?.concerns).toEqual([]);
  });

  it('GR-01 names a member for whose key no wallet vouches', async () => {
    const chatId = await groupOf(kind);
    const other = await world.join('Other');
    const { publicKey } = (await directTransport(world.node).request(routes.user(other.did))) as { publicKey: string };
    // Nothing of Bo is known to this device yet.
    const fresh = await world.join('Eve', {
      through: () =>
        directTransport(
          hostileNode(world.node, [{ name: 'GR-01', answer: inUser(bo.did, (user) => ({ ...user, publicKey })) }]),
        ),
    });
    const concern = { reason: 'unproven', name: bo.did };
    await expect(fresh.client.sendMessage(chatId, text('secret'))).rejects.toMatchObject({
      code: 'MembersUnconfirmed',
      concerns: expect.arrayContaining([concern]) as unknown,
    });
    const device = await world.join('Ada', {
      through: () =>
        directTransport(
          hostileNode(world.node, [{ name: 'GR-01', answer: inUser(eve.did, (user) => ({ ...user, publicKey })) }]),
        ),
    });
    const naming = {
      code: 'MembersUnconfirmed',
      concerns: [
        { reason: 'unproven', name: eve.did },
        { reason: 'unattested', name: eve.did },
      ],
    };
    await expect(device.client.groups.renewSecret(chatId)).rejects.toMatchObject(naming);
  });

  it('GR-01 shows nothing that a member whom nobody let in has written', async () => {
    const chatId = await groupOf(kind);
    const ghost = await world.join('Ghost');
    const names = (act: Row): boolean => JSON.stringify(act['body']).includes(ghost.did);
    lies = [{ name: 'GR-01', answer: inActs((acts) => acts.filter((act) => !names(act))) }];
    await ada.client.groups.addMembers(chatId, [ghost.did]);
    await ghost.client.acceptRequest(chatId);
    await ghost.client.sendMessage(chatId, text('one of you'));
    await eve.client.openThread(chatId);
    expect(itemsOf(eve.client, chatId)).toMatchObject([{ state: 'quarantined', reason: 'NotMember' }]);
  });

  it('GR-03 PlaintextRefused: a private group does not become a public one', async () => {
    const chatId = await groupOf(kind);
    lies = [{ name: 'GR-03', answer: inGroup((group) => ({ ...group, isPublic: true })) }];
    await expect(send(chatId, 'secret', { allowPlaintext: true })).rejects.toMatchObject({ code: 'PlaintextRefused' });
    expect(posted).toEqual([]);
    expect(eve.client.store.get().groups[chatId]).toMatchObject({ isPublic: false });
  });

  it('GR-03 does not believe a node that has hidden the acts, either', async () => {
    const chatId = await groupOf(kind);
    lies = [withoutActs, { name: 'GR-03', answer: inGroup((group) => ({ ...group, isPublic: true })) }];
    const fresh = await world.join('Eve', { through });
    await expect(fresh.client.sendMessage(chatId, text('secret'))).rejects.toMatchObject({ code: 'PlaintextRefused' });
    expect(posted).toEqual([]);
  });

  it('GR-14 NotMember: who was removed is not heard, whatever time the node gives their message', async () => {
    const chatId = await groupOf(kind);
    await bo.client.sendMessage(chatId, text('while I was in'));
    await ada.client.groups.removeMembers(chatId, [bo.did]);
    await until(bo.client, ({ groups }) => groups[chatId]?.standing === 'out');
    await expect(bo.client.sendMessage(chatId, text('after'))).rejects.toMatchObject({ code: 'NotMember' });
    const later = Date.now() + 1_000;
    lies = [{ name: 'GR-14', answer: inHistory((all) => all.map((m) => renamed({ ...m, timestamp: later }))) }];
    await eve.client.openThread(chatId);
    expect(itemsOf(eve.client, chatId).at(-1)).toMatchObject({ state: 'quarantined', reason: 'NotMember' });
    lies = [];
    await send(chatId, 'without Bo');
    const bob = await world.join('Bo');
    await bob.client.openThread(chatId);
    expect(textsOf(bob.client, chatId)).not.toContain('without Bo');
  });

  it('hides what was written for another group', async () => {
    const [chatId, other] = [await groupOf(kind), await groupOf(kind)];
    await bo.client.sendMessage(chatId, text('for this one'));
    const from = (await directTransport(world.node).request(routes.head(bo.did, chatId))) as { threadHash: string };
    const [message] = (await directTransport(world.node).request(routes.history(from.threadHash, 1))) as object[];
    await bo.client.sendMessage(other, text('for the other one'));
    lies = [{ name: 'replay', answer: inHistory(() => [message]) }];
    await eve.client.openThread(other);
    const states = itemsOf(eve.client, other).map((item) => ('reason' in item ? item.reason : item.state));
    expect(states).toContain('ReceiverMismatch');
    expect(textsOf(eve.client, other)).not.toContain('for this one');
  });

  it('hides what somebody wrote whom the user blocks', async () => {
    const chatId = await groupOf(kind);
    await eve.client.blockUser(bo.did);
    await bo.client.sendMessage(chatId, text('you will hear me'));
    await eve.client.openThread(chatId);
    expect(itemsOf(eve.client, chatId)).toMatchObject([{ state: 'quarantined', reason: 'BlockedPeer' }]);
  });

  it('sends on a node without a list of acts only to members whom the user agreed to by name', async () => {
    const chatId = await groupOf(kind);
    lies = [withoutActs];
    const fresh = await world.join('Eve', { through });
    const client = fresh.client;
    await client.openThread(chatId);
    expect(client.store.get().groups[chatId]).toMatchObject({ membership: 'unchecked', standing: 'member' });
    expect(client.store.get().threads[chatId]?.peerKey).toBe('unchecked');
    const refusal = (await client.sendMessage(chatId, text('x')).catch((error: unknown) => error)) as PushChatError;
    const unproven = [ada.did, bo.did].map((name) => ({ reason: 'unproven', name }));
    expect(refusal.concerns).toEqual(expect.arrayContaining(unproven));
    expect(refusal.concerns).toHaveLength(kind === 'session' ? 3 : 2);
    const acceptMembers = refusal.concerns?.map(({ name }) => name) ?? [];
    await client.sendMessage(chatId, text('agreed'), { acceptMembers });
    await bo.client.openThread(chatId);
    expect(textsOf(bo.client, chatId)).toEqual(['agreed']);
    await bo.client.sendMessage(chatId, text('and back'));
    await until(client, () => textsOf(client, chatId).includes('and back'));
    expect(itemsOf(client, chatId).at(-1)).toMatchObject({ state: 'verified', verification: { member: 'unchecked' } });
  });

  it('keeps what was proven when the node shows no acts any more', async () => {
    const chatId = await groupOf(kind);
    lies = [withoutActs];
    await send(chatId, 'still proven');
    expect(eve.client.store.get().groups[chatId]?.membership).toBe('proven');
    const ghost = await world.join('Ghost');
    lies = [withoutActs, { name: 'GR-01', answer: withGhost(ghost) }];
    await expect(send(chatId)).rejects.toMatchObject({ code: 'MembersUnconfirmed' });
  });
});

describe.each(['message', 'session'] as const)('one member of a private group (%s)', (kind) => {
  it('whose profile cannot be read hides what they wrote, and keeps nobody from reading and writing', async () => {
    const chatId = await groupOf(kind);
    await bo.client.sendMessage(chatId, text('from Bo'));
    await ada.client.sendMessage(chatId, text('from Ada'));
    lies = [{ name: 'garbled', answer: inUser(bo.did, (user) => ({ ...user, publicKey: 42 })) }];
    const { client } = await world.join('Eve', { through });
    await client.openThread(chatId);
    expect(itemsOf(client, chatId)).toMatchObject([
      { state: 'quarantined', reason: 'PayloadMalformed' },
      { state: 'verified', content: text('from Ada') },
    ]);
    // Nobody is left out without a word.
    const refusal = (await client.sendMessage(chatId, text('x')).catch((error: unknown) => error)) as PushChatError;
    expect(refusal).toMatchObject({ code: 'MembersUnconfirmed' });
    expect(refusal.concerns).toContainEqual({ reason: 'unattested', name: bo.did });
    const acceptMembers = refusal.concerns?.map(({ name }) => name) ?? [];
    await client.sendMessage(chatId, text('to all others'), { acceptMembers });
    await ada.client.openThread(chatId);
    expect(textsOf(ada.client, chatId)).toContain('to all others');
  });
});

describe.each(['message', 'session'] as const)('one member whose blockchain cannot be asked (%s)', (encryption) => {
  let chatId: GroupId;
  let page: TestUser;
  const safe = parseDid('scw:eip155:1:0x976EA74026E726554dB657fA54763abd0C3a0aa9');

  beforeEach(async () => {
    const chains = await vectorChains();
    world.close();
    world = createTestWorld({ node: createPushNode({ chains }) });
    [ada, bo] = [await world.join('Ada', { chains }), await world.join('Bo', { chains })];
    const keys = await generateKeyPair(undefined, 'curve25519');
    await publish(keys.publicKey, { did: safe, wallet: walletOf('grace-scw') });
    chatId = await ada.client.groups.create({ name: 'A group', encryption, members: [bo.did, safe] });
    await bo.client.acceptRequest(chatId);
    const node = directTransport(world.node);
    const users = (await Promise.all([ada, bo].map(({ did }) => node.request(routes.user(did))))) as {
      publicKey: string;
    }[];
    const readers = [...users.map(({ publicKey }) => armoredKey(publicKey)), keys.publicKey];
    const signing = { signer: safe, key: await readPrivateKey(keys.privateKey), random: randomBytes };
    const draft = { kind: 'accept' as const, chatId, readers: encryption === 'session' ? readers : null };
    await node.request(routes.acceptRequest(), await signGroupAct(draft, signing));
    await ada.client.sendMessage(chatId, text('hello'));
    const silent = (): Promise<never> => Promise.reject(new PushChatError('ChainUnavailable', 'Nobody answers.'));
    const dead = new Map([...chains].map(([id, chain]) => [id, { ...chain, ownerOf: silent, isSignedBy: silent }]));
    page = await world.join('Ada', { chains: dead });
  });

  it('hides what they did and wrote, and keeps nobody else from reading', async () => {
    await page.client.openThread(chatId);
    expect(textsOf(page.client, chatId)).toEqual(encryption === 'message' ? ['hello'] : ['<quarantined>']);
    expect(page.client.store.get().groups[chatId]?.counts).toMatchObject({ accepted: 2, pending: 1 });
  });

  it('keeps no admin from putting them out, and everybody from nothing after that', async () => {
    await page.client.groups.removeMembers(chatId, [safe], { acceptMembers: [safe] });
    await page.client.sendMessage(chatId, text('goes on'));
    await bo.client.openThread(chatId);
    expect(textsOf(bo.client, chatId)).toContain('goes on');
  });
});

describe('a node that lies about the secret of a group', () => {
  it('GR-02 asks anew about another secret under a name that the user agreed to', async () => {
    const chatId = await groupOf('session');
    lies = [withoutActs];
    const { client } = await world.join('Eve', { through });
    const refusal = (await client.sendMessage(chatId, text('x')).catch((error: unknown) => error)) as PushChatError;
    const acceptMembers = refusal.concerns?.map(({ name }) => name) ?? [];
    await client.sendMessage(chatId, text('agreed'), { acceptMembers });
    expect(posted).toHaveLength(1);
    const { encryptedSecret } = await chosen();
    lies = [withoutActs, { name: 'GR-02', answer: inGroup((group) => ({ ...group, encryptedSecret })) }];
    await expect(client.sendMessage(chatId, text('secret'))).rejects.toMatchObject({
      code: 'MembersUnconfirmed',
      concerns: [{ reason: 'secret' }],
    });
    expect(posted).toHaveLength(1);
  });

  it('an old secret that cannot be had hides its messages, and those alone; one that can is asked for once', async () => {
    const chatId = await groupOf('session');
    for (const words of ['one', 'two', 'three']) await bo.client.sendMessage(chatId, text(words));
    await ada.client.groups.renewSecret(chatId);
    await bo.client.sendMessage(chatId, text('new'));
    const asked: string[] = [];
    const counting: Lie = {
      name: 'counting',
      response: (response, { path }) => {
        if (path.includes('/encryptedsecret/')) asked.push(path);
        return response;
      },
    };
    lies = [counting];
    const reader = await world.join('Eve', { through });
    await reader.client.openThread(chatId);
    expect(textsOf(reader.client, chatId)).toEqual(['one', 'two', 'three', 'new']);
    expect(asked).toHaveLength(1);
    lies = [
      {
        name: 'broken',
        response: (response, { path }) =>
          path.includes('/encryptedsecret/') ? new Response('Oh no', { status: 500 }) : response,
      },
    ];
    const other = await world.join('Eve', { through });
    await other.client.openThread(chatId);
    expect(textsOf(other.client, chatId)).toEqual(['<quarantined>', '<quarantined>', '<quarantined>', 'new']);
  });

  /** A secret that the node knows, wrapped for everybody. */
  async function chosen(): Promise<{ sessionKey: string; encryptedSecret: string }> {
    const users = (await Promise.all(
      [ada, bo, eve].map(({ did }) => directTransport(world.node).request(routes.user(did))),
    )) as { publicKey: string }[];
    const keys = users.map(({ publicKey }) => armoredKey(publicKey));
    return {
      sessionKey: sha256Hex('a proof of nobody'),
      encryptedSecret: await encryptText('known to the node', keys),
    };
  }

  it.each([
    ['in a group that has one', 'session'],
    ['in a group that has none', 'message'],
  ] as const)('GR-02 KeyUnattested: sends with no secret that the node chose, %s', async (_, kind) => {
    const chatId = await groupOf(kind);
    const secret = await chosen();
    lies = [{ name: 'GR-02', answer: inGroup((group) => ({ ...group, ...secret })) }];
    await expect(send(chatId)).rejects.toMatchObject({ code: 'KeyUnattested' });
    expect(posted).toEqual([]);
  });

  it('GR-02 sends with no other secret under the name of the right one', async () => {
    const chatId = await groupOf('session');
    const { encryptedSecret } = await chosen();
    lies = [{ name: 'GR-02', answer: inGroup((group) => ({ ...group, encryptedSecret })) }];
    await expect(send(chatId)).rejects.toMatchObject({ code: 'KeyUnattested' });
    expect(posted).toEqual([]);
  });

  it('GR-02 names a key of nobody in the group that a member wrapped the secret for', async () => {
    const stranger = await world.join('Stranger');
    // The node tells Ada of one member more when she makes the secret; she believes it, and agrees.
    const chatId = await ada.client.groups.create({ name: 'A group', members: [bo.did, eve.did] });
    for (const { client } of [bo, eve]) await client.acceptRequest(chatId);
    const believing = await world.join('Ada', {
      through: () => directTransport(hostileNode(world.node, [{ name: 'GR-01', answer: withGhost(stranger) }])),
    });
    await believing.client.groups.renewSecret(chatId, { acceptMembers: [stranger.did] });
    await expect(send(chatId)).rejects.toMatchObject({
      code: 'MembersUnconfirmed',
      concerns: [{ reason: 'key' }],
    });
    expect(posted).toEqual([]);
  });

  it('GR-02 shows no message under a secret that no member gave', async () => {
    const chatId = await groupOf('session');
    await bo.client.sendMessage(chatId, text('hello'));
    lies = [
      { name: 'GR-02', answer: inActs((acts) => acts.filter(({ verb }) => verb !== 'groupMembers')) },
      { name: 'GR-02', answer: inHistory((all) => all.map((m) => renamed({ ...m, sessionKey: sha256Hex('other') }))) },
    ];
    const fresh = await world.join('Eve', { through });
    await fresh.client.openThread(chatId);
    expect(itemsOf(fresh.client, chatId)).toMatchObject([{ state: 'quarantined' }]);
  });
});

describe('a node that lies about a public group', () => {
  it('GR-03 PlaintextRefused: what was never signed to be public is not written to in plain text', async () => {
    const chatId = await groupOf('message');
    lies = [
      withoutActs,
      { name: 'GR-03', answer: inGroup((group) => ({ ...group, isPublic: true, profileVerificationProof: null })) },
    ];
    const fresh = await world.join('Eve', { through });
    await expect(fresh.client.sendMessage(chatId, text('secret'))).rejects.toMatchObject({ code: 'PlaintextRefused' });
    expect(posted).toEqual([]);
  });

  it('GR-03 asks before it writes in plain text to one that only a stranger’s word makes public', async () => {
    const chatId = await groupOf('public');
    lies = [withoutActs];
    const fresh = await world.join('Eve', { through });
    await expect(fresh.client.sendMessage(chatId, text('secret'))).rejects.toMatchObject({ code: 'PlaintextRefused' });
    expect(posted).toEqual([]);
    await fresh.client.sendMessage(chatId, text('for everybody'), { allowPlaintext: true });
    expect(posted).toMatchObject([{ encType: 'PlainText' }]);
  });

  it('GR-14 hides who wrote without being in it', async () => {
    const chatId = await groupOf('public');
    await bo.client.sendMessage(chatId, text('hello'));
    lies = [
      {
        name: 'GR-14',
        answer: inActs((acts) =>
          acts.filter(({ verb, body }) => verb !== 'groupAccept' || (body as Row)['fromDID'] !== bo.did),
        ),
      },
    ];
    const fresh = await world.join('Eve', { through });
    await fresh.client.openThread(chatId);
    expect(itemsOf(fresh.client, chatId)).toMatchObject([{ state: 'quarantined' }]);
  });
});

describe('a node that lies about what was done', () => {
  it('does not take a change of one group for one of another', async () => {
    const [chatId, other] = [await groupOf('message'), await groupOf('message')];
    const ghost = await world.join('Ghost');
    await ada.client.groups.addMembers(other, [ghost.did]);
    await eve.client.groups.load(other);
    const { acts } = (await directTransport(world.node).request(routes.groupActs(other, ''))) as { acts: Row[] };
    const invitation = acts.find(({ body }) => JSON.stringify(body).includes(ghost.did));
    if (!invitation) throw new Error('no invitation');
    lies = [{ name: 'replay', answer: inActs((own) => (own.length > 0 ? own : [{ ...invitation, place: '9' }])) }];
    await eve.client.groups.load(chatId);
    expect(warned.map(({ code }) => code)).toContain('ReplayDetected');
    await eve.client.groups.loadMembers(chatId, 1);
    expect(eve.client.store.get().groups[chatId]?.counts).toMatchObject({ pending: 0 });
  });

  it('does not follow a node that forgets what was signed', async () => {
    const chatId = await groupOf('message');
    lies = [
      {
        name: 'rollback',
        answer: (answer, { path }) => (path.includes('/acts') ? { acts: [], total: 1, records: [] } : answer),
      },
    ];
    await eve.client.groups.load(chatId);
    expect(warned.map(({ code }) => code)).toContain('HistoryRollback');
    expect(eve.client.store.get().groups[chatId]?.counts).toMatchObject({ accepted: 3 });
  });

  it('GR-14 does not let a node that begins anew forget who was removed', async () => {
    const chatId = await groupOf('message');
    await ada.client.groups.removeMembers(chatId, [bo.did]);
    await eve.client.groups.load(chatId);
    let calls = 0;
    lies = [
      {
        name: 'begins anew',
        answer: (answer, { path }) => {
          if (!path.includes('/acts')) return answer;
          calls += 1;
          const page = answer as { acts: readonly Row[]; total: number };
          // Nothing where more was told, so that all is read from its beginning: and that ends before the removal.
          if (calls === 1) return { ...page, acts: [], total: page.total + 1 };
          const acts = page.acts.slice(0, -1);
          return { ...page, acts, total: acts.length };
        },
      },
    ];
    await eve.client.groups.load(chatId);
    expect(calls).toBeGreaterThan(1);
    expect(warned.map(({ code }) => code)).toContain('HistoryRollback');
    await expect(send(chatId)).rejects.toMatchObject({
      code: 'MembersUnconfirmed',
      concerns: [{ reason: 'unproven', name: bo.did }],
    });
    expect(posted).toEqual([]);
  });

  it('GR-14 does not believe a node that dates a removal later than it was signed', async () => {
    const chatId = await groupOf('message');
    await bo.client.sendMessage(chatId, text('while I was in'));
    await ada.client.groups.removeMembers(chatId, [bo.did]);
    const day = 24 * 60 * 60 * 1000;
    const late = inActs((acts) =>
      acts.map((act, i) => (i < acts.length - 1 ? act : { ...act, at: Date.now() + 3 * day })),
    );
    lies = [{ name: 'GR-14', answer: late }];
    const fresh = await world.join('Eve', { through, logger: { warn: (error) => warned.push(error) } });
    await fresh.client.groups.load(chatId);
    expect(warned.map(({ code }) => code)).toContain('HistoryRollback');
    lies = [];
    await fresh.client.groups.load(chatId);
    await fresh.client.groups.loadMembers(chatId, 1);
    expect(fresh.client.store.get().groups[chatId]?.counts).toMatchObject({ accepted: 2 });
  });

  it('GR-14 does not let a node turn round what was done', async () => {
    const chatId = await groupOf('message');
    await ada.client.groups.removeMembers(chatId, [bo.did]);
    await ada.client.groups.addMembers(chatId, [bo.did]);
    await bo.client.acceptRequest(chatId);
    await ada.client.groups.removeMembers(chatId, [bo.did]);
    // The first removal comes last.
    const turned = inActs((acts) => {
      const removals = acts.filter(({ body }) => (body as { remove?: string[] }).remove?.length);
      const rest = acts.filter((act) => !removals.includes(act));
      return [...rest.slice(0, 3), ...removals, ...rest.slice(3)];
    });
    lies = [{ name: 'GR-14', answer: turned }];
    const fresh = await world.join('Eve', { through, logger: { warn: (error) => warned.push(error) } });
    await fresh.client.groups.load(chatId);
    expect(warned.map(({ code }) => code)).toContain('HistoryRollback');
    expect(fresh.client.store.get().groups[chatId]?.counts).toMatchObject({ accepted: 2 });
    lies = [];
    await fresh.client.groups.load(chatId);
    expect(fresh.client.store.get().groups[chatId]?.counts).toMatchObject({ accepted: 2, pending: 0 });
  });

  it('GR-13 ends reading though a node always has more', async () => {
    const chatId = await groupOf('message');
    let pages = 0;
    lies = [
      {
        name: 'GR-13',
        answer: (answer, { path }) => {
          if (!path.includes('/acts')) return answer;
          pages += 1;
          const page = answer as { acts: readonly Row[]; total: number };
          const junk = { place: `junk ${pages}`, verb: 'groupConfig', at: Date.now(), body: {} };
          return { ...page, acts: [...page.acts, junk], total: page.total + 10 + 2 * pages };
        },
      },
    ];
    const fresh = await world.join('Eve', { through });
    await fresh.client.groups.load(chatId);
    expect(pages).toBeLessThan(50);
    expect(fresh.client.store.get().groups[chatId]?.counts).toMatchObject({ accepted: 3 });
  });

  it('an act counts in its group, though another was shown it first and refused it', async () => {
    const [chatId, other] = [await groupOf('message'), await groupOf('message')];
    const ghost = await world.join('Ghost');
    await ada.client.groups.addMembers(chatId, [ghost.did]);
    await ada.client.groups.removeMembers(chatId, [ghost.did]);
    const { acts } = (await directTransport(world.node).request(routes.groupActs(chatId, ''))) as { acts: Row[] };
    const removal = acts.at(-1);
    lies = [
      {
        name: 'replay',
        answer: (answer, call) =>
          call.path.includes(other) ? inActs((own) => (removal ? [...own, removal] : own))(answer, call) : answer,
      },
    ];
    const fresh = await world.join('Eve', { through, logger: { warn: (error) => warned.push(error) } });
    await fresh.client.groups.load(other);
    expect(warned.map(({ code }) => code)).toEqual(['NotFound']);
    await fresh.client.groups.load(chatId);
    expect(fresh.client.store.get().groups[chatId]?.counts).toMatchObject({ accepted: 3, pending: 0 });
  });

  it('GR-01 names who lets themselves in by conditions that the group was not made with: they may be another’s', async () => {
    const chatId = await groupOf('message');
    const token = holdsErc20({ chain: 1, contract: `0x${'f4'.repeat(20)}`, amount: 1, decimals: 18 });
    const gated = await ada.client.groups.create({ name: 'Holders', rules: groupRules({ entry: token }) });
    const profileOf = async (id: GroupId): Promise<Row> => {
      const { acts } = (await directTransport(world.node).request(routes.groupActs(id, ''))) as { acts: Row[] };
      const { groupName, groupDescription, groupImage, rules, profileVerificationProof } = acts[0]?.['body'] as Row;
      return { groupName, groupDescription, groupImage, rules, profileVerificationProof };
    };
    const at = Date.now() + 5_000;
    const keys = await generateKeyPair(undefined, 'curve25519');
    const stranger = await publish(keys.publicKey);
    const upsert = { members: [stranger], admins: [] };
    const draft = { kind: 'members' as const, upsert, remove: [], readers: null };
    const key = await readPrivateKey(keys.privateKey);
    const join = await signGroupAct(draft, { signer: stranger, key, random: randomBytes });
    const more = [
      { verb: 'groupProfile', at, place: 'a', body: await profileOf(gated) },
      { verb: 'groupMembers', at: at + 1, place: 'b', body: join },
    ];
    const opened: Lie = {
      name: 'opened',
      answer: (answer, call) =>
        call.path.includes(chatId) ? inActs((own) => [...own, ...more])(answer, call) : answer,
    };
    lies = [opened, { name: 'told', answer: withGhost({ did: stranger }) }];
    const concerns = expect.arrayContaining([{ reason: 'unproven', name: stranger }]) as unknown;
    const refusal = { code: 'MembersUnconfirmed', concerns };
    // Whoever has read the other group sees the replay; who has not, is asked about the newcomer.
    await expect(send(chatId)).rejects.toMatchObject(refusal);
    lies = [];
    await eve.client.groups.load(gated);
    lies = [opened, { name: 'told', answer: withGhost({ did: stranger }) }];
    await expect(send(chatId)).rejects.toMatchObject(refusal);
    expect(warned.map(({ code }) => code)).toContain('ReplayDetected');
    expect(posted).toEqual([]);
  });

  it('GR-01 a group that was made open, and closed since, is not opened by conditions of another', async () => {
    const token = holdsErc20({ chain: 1, contract: `0x${'f4'.repeat(20)}`, amount: 1, decimals: 18 });
    const open = groupRules({ entry: anyOf(isInvitedBy('ADMIN', 'OWNER'), token) });
    const chatId = await ada.client.groups.create({ name: 'A group', members: [eve.did], rules: open });
    await eve.client.acceptRequest(chatId);
    await ada.client.groups.update(chatId, { rules: {} });
    await eve.client.groups.load(chatId);
    const other = await ada.client.groups.create({ name: 'Other' });
    await ada.client.groups.update(other, { rules: open });
    const { acts } = (await directTransport(world.node).request(routes.groupActs(other, ''))) as { acts: Row[] };
    const keys = await generateKeyPair(undefined, 'curve25519');
    const stranger = await publish(keys.publicKey);
    const upsert = { members: [stranger], admins: [] };
    const signing = { signer: stranger, key: await readPrivateKey(keys.privateKey), random: randomBytes };
    const join = await signGroupAct({ kind: 'members', upsert, remove: [], readers: null }, signing);
    const at = Date.now() + 5_000;
    const more = [
      { ...acts.at(-1), at, place: 'a' },
      { verb: 'groupMembers', at: at + 1, place: 'b', body: join },
    ];
    lies = [
      {
        name: 'reopened',
        answer: (answer, call) =>
          call.path.includes(chatId) ? inActs((own) => [...own, ...more])(answer, call) : answer,
      },
    ];
    await expect(send(chatId)).rejects.toMatchObject({
      code: 'MembersUnconfirmed',
      concerns: [{ reason: 'unproven', name: stranger }],
    });
    expect(posted).toEqual([]);
  });

  it('GR-03 does not take a private group for a public one that the user has made', async () => {
    const secret = await eve.client.groups.create({ name: 'The board', members: [bo.did] });
    const open = await eve.client.groups.create({ name: 'The board', isPublic: true });
    const info = (await directTransport(world.node).request(routes.group(open))) as Row;
    lies = [
      withoutActs,
      { name: 'GR-03', answer: inGroup((group) => (group['chatId'] === secret ? { ...info, chatId: secret } : group)) },
    ];
    const fresh = await world.join('Eve', { through });
    await expect(fresh.client.sendMessage(secret, text('gold'))).rejects.toMatchObject({ code: 'PlaintextRefused' });
    expect(posted).toEqual([]);
  });

  it('GR-13 asks a node that has the same page of members again and again no more than once for each', async () => {
    const chatId = await groupOf('message');
    const rowsFrom = (start: number): object[] =>
      Array.from({ length: 50 }, (_, i) => ({
        address: `0x${String(start + i).padStart(40, '0')}`,
        ...{ intent: true, role: 'member', userInfo: {} },
      }));
    let calls = 0;
    lies = [
      {
        name: 'GR-13',
        answer: (answer, { path }) => {
          if (path.includes('/members/count')) {
            const { totalMembersCount } = answer as { totalMembersCount: object };
            return { totalMembersCount: { ...totalMembersCount, approvedCount: 500, overallCount: 500 } };
          }
          if (!/members[?]/.test(path)) return answer;
          calls += 1;
          return { members: rowsFrom(calls === 2 ? 101 : 1) };
        },
      },
    ];
    await eve.client.groups.load(chatId);
    await eve.client.groups.loadMembers(chatId, 1);
    await eve.client.groups.loadMembers(chatId);
    await ada.client.groups.update(chatId, { name: 'Another name' });
    await until(eve.client, ({ groups }) => groups[chatId]?.name === 'Another name');
    await eve.client.groups.load(chatId);
    expect(calls).toBeLessThan(10);
  });

  it('does not take another group for the one that was made', async () => {
    const chatId = await groupOf('message');
    const other = (await directTransport(world.node).request(routes.group(chatId))) as object;
    const isCreation = ({ method, path }: { method: string; path: string }): boolean =>
      method === 'POST' && path.endsWith('/chat/groups');
    lies = [{ name: 'confused', answer: (answer, call) => (isCreation(call) ? other : answer) }];
    await expect(eve.client.groups.create({ name: 'For Bo alone', members: [bo.did] })).rejects.toMatchObject({
      code: 'ReplayDetected',
    });
  });

  it('does not take a false act for a true one', async () => {
    const chatId = await groupOf('message');
    lies = [
      {
        name: 'forged',
        answer: inActs((acts) =>
          acts.map((act) =>
            act['verb'] === 'groupAccept' ? { ...act, body: { ...(act['body'] as Row), fromDID: ada.did } } : act,
          ),
        ),
      },
    ];
    const fresh = await world.join('Eve', { through });
    await fresh.client.groups.load(chatId);
    expect(fresh.client.store.get().groups[chatId]?.counts).toMatchObject({ accepted: 1, pending: 2 });
  });

  it('GR-13 reads no more than a page of members at once', async () => {
    const chatId = await groupOf('message');
    const many = Array.from({ length: 5_001 }, () => ({ did: bo.did, publicKey: '' }));
    lies = [
      { name: 'GR-13', answer: withGhost(bo) },
      {
        name: 'GR-13',
        answer: (answer, { path }) => (path.includes('/members/publicKeys') ? { members: many } : answer),
      },
    ];
    await expect(send(chatId)).rejects.toMatchObject({ code: 'PayloadTooLarge' });
    expect(posted).toEqual([]);
  });
});

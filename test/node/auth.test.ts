import { beforeEach, describe, expect, it } from 'vitest';
import { parseChallenge, signChallenge, walletAnswer, walletChallengeText } from '../../src/protocol/challenge.ts';
import { routes, type Route } from '../../src/protocol/routes.ts';
import { createMemoryStore } from '../../src/node/store/memoryStore.ts';
import { didOf, NOW, walletOf } from '../support/builders.ts';
import { privateKeyOf } from '../support/vectors.ts';
import { createNodeWorld, type Answer, type NodeWorld, type Stored } from './nodeWorld.ts';

let world: NodeWorld;
let first: Stored;

/** Alice has written to Bob before the node began to want proof. */
beforeEach(async () => {
  const store = createMemoryStore();
  const before = createNodeWorld(store);
  await before.join('alice', 'bob', 'carol');
  first = (await before.ask('alice', 'bob')).body as Stored;
  world = createNodeWorld(store, { auth: 'required' });
});

const challengeOf = async (name: string): Promise<unknown> =>
  (await world.call(routes.challenge(), { did: didOf(name) })).body;

async function signIn(name: string, { signer = name, challenge }: { signer?: string; challenge?: unknown } = {}) {
  const asked = parseChallenge(challenge ?? (await challengeOf(name)));
  const answer = await signChallenge(asked, await privateKeyOf(signer), NOW);
  return world.call(routes.signIn(), { challenge: asked, answer });
}

async function get(route: Route, token?: string): Promise<Answer> {
  const headers = token === undefined ? {} : { authorization: `Bearer ${token}` };
  const response = await world.node.fetch(new Request(`http://node.test${route.path}`, { headers }));
  return { status: response.status, body: JSON.parse(await response.text()) as unknown };
}

/** Everything of the chat between Alice and Bob, and all that Alice was notified of. */
const THEIRS = (): Route[] => [
  routes.chats(didOf('alice'), 1, 10),
  routes.requests(didOf('alice'), 1, 10),
  routes.chat(didOf('alice'), didOf('bob')),
  routes.head(didOf('alice'), didOf('bob')),
  { method: 'GET', path: `/apis/v1/chat/${didOf('bob')}/address/${didOf('alice')}` },
  routes.history(first.cid, 10),
  routes.message(first.cid),
  { method: 'GET', path: `/apis/v1/w2w/conversationhash/${first.cid}` },
  routes.feeds(didOf('alice'), 1, 10, false),
  routes.channelFeeds(didOf('alice'), didOf('bob'), 1, 10, true),
  routes.subscriptions(didOf('alice')),
  routes.subscribers(didOf('alice'), 1, 10),
  { method: 'GET', path: `/ipfs/${first.cid}?format=raw` },
];

describe('a node that wants proof of who reads', () => {
  it('ND-14 shows an account’s threads to that account alone, and the same nothing to all others', async () => {
    const alice = (await signIn('alice')).body.token as string;
    const carol = (await signIn('carol')).body.token as string;
    for (const route of THEIRS()) {
      expect.soft([route.path, (await get(route)).status]).toEqual([route.path, 401]);
      expect.soft([route.path, (await get(route, carol)).status]).toEqual([route.path, 404]);
    }
    for (const route of THEIRS().slice(0, -1)) expect.soft((await get(route, alice)).status).toBe(200);
    const unknown = first.cid.replace(/.{5}$/, 'aaaaa');
    const [hidden, missing] = [await get(routes.message(first.cid), carol), await get(routes.message(unknown), carol)];
    const said = ({ status, body: { message, errorCode } }: Answer) => [status, message, errorCode];
    expect(said(hidden)).toEqual(said(missing));
  });

  it('ND-14 shows accounts’ records, wrapped keys included, to nobody who is nobody', async () => {
    expect((await get(routes.user(didOf('bob')))).status).toBe(401);
    expect((await world.call(routes.users(), { userIds: [didOf('bob')] })).status).toBe(401);
    const { token } = (await signIn('carol')).body as { token: string };
    expect((await get(routes.user(didOf('bob')), token)).body.encryptedPrivateKey).not.toBe('');
  });

  it('lets a wallet prove its account while the key is still wrapped', async () => {
    const challenge = parseChallenge(await challengeOf('alice'));
    const answer = walletAnswer(await walletOf('alice').signMessage(walletChallengeText(challenge)));
    const { status, body } = await world.call(routes.signIn(), { challenge, answer });
    expect(status).toBe(201);
    expect((await get(routes.user(didOf('alice')), body.token as string)).status).toBe(200);
  });

  it('ND-12 takes no answer of another account, twice, too late, to another node or to a challenge of one’s own', async () => {
    expect((await signIn('alice', { signer: 'carol' })).status).toBe(401);

    const challenge = await challengeOf('alice');
    expect((await signIn('alice', { challenge })).status).toBe(201);
    expect((await signIn('alice', { challenge })).status).toBe(401);

    for (const change of [{ host: 'other.test' }, { expires: NOW.getTime() + 9e9 }, { nonce: 'a'.repeat(97) }]) {
      const changed = { ...((await challengeOf('alice')) as object), ...change };
      expect.soft((await signIn('alice', { challenge: changed })).status).toBe(401);
    }
    const other = { ...((await challengeOf('alice')) as object), did: didOf('bob') };
    expect((await signIn('bob', { challenge: other })).status).toBe(401);

    const late = await challengeOf('alice');
    world.clock.time += 60_001;
    expect((await signIn('alice', { challenge: late })).status).toBe(401);
  });

  it('knows its own tokens, for an hour', async () => {
    const { token } = (await signIn('alice')).body as { token: string };
    const list = routes.chats(didOf('alice'), 1, 10);
    for (const forged of ['', 'x', token.replace(didOf('alice'), didOf('bob')), `${token.slice(0, -1)}x`]) {
      expect.soft((await get(list, forged)).status).toBe(401);
    }
    world.clock.time += 59 * 60_000;
    expect((await get(list, token)).status).toBe(200);
    world.clock.time += 2 * 60_000;
    expect((await get(list, token)).status).toBe(401);
  });

  it('takes writes as ever, since they carry their own proof', async () => {
    expect((await world.accept('alice', 'bob')).status).toBe(201);
    expect((await world.send('alice', 'bob')).status).toBe(201);
  });

  it('ND-12 tells a listener nothing before it proves, with an answer of that very connection, that it is the account', async () => {
    const heard: string[] = [];
    const bob = world.node.connect(didOf('bob'), (event) => heard.push(event));
    const carols = world.node.connect(didOf('bob'), (event) => heard.push(event));
    const answer = await signChallenge(bob.challenge, await privateKeyOf('bob'), NOW);

    await world.send('alice', 'bob');
    expect(heard).toEqual([]);
    await expect(carols.prove(answer)).rejects.toMatchObject({ code: 'AuthRequired' });
    await expect(
      world.node
        .connect(didOf('bob'), () => undefined)
        .prove(await signChallenge(bob.challenge, await privateKeyOf('carol'), NOW)),
    ).rejects.toMatchObject({ code: 'AuthRequired' });

    await bob.prove(answer);
    await expect(bob.prove(answer)).rejects.toMatchObject({ code: 'AuthRequired' });
    await world.send('alice', 'bob');
    expect(heard).toEqual(['CHATS']);
    bob.stop();
    await world.send('alice', 'bob');
    expect(heard).toEqual(['CHATS']);
  });

  it('ND-12 tells nobody who proved too late, or who left meanwhile', async () => {
    const heard: string[] = [];
    const late = world.node.connect(didOf('bob'), (event) => heard.push(event));
    const gone = world.node.connect(didOf('bob'), (event) => heard.push(event));
    const [lateAnswer, goneAnswer] = [
      await signChallenge(late.challenge, await privateKeyOf('bob'), NOW),
      await signChallenge(gone.challenge, await privateKeyOf('bob'), NOW),
    ];
    gone.stop();
    await gone.prove(goneAnswer);
    world.clock.time += 60_001;
    await expect(late.prove(lateAnswer)).rejects.toMatchObject({ code: 'AuthRequired' });
    await world.send('alice', 'bob');
    expect(heard).toEqual([]);
  });
});

describe('a node that wants no proof', () => {
  it('keeps places for the account itself, whatever strangers do', async () => {
    const open = createNodeWorld();
    await open.join('alice', 'bob');
    for (let i = 0; i < 70; i += 1) open.node.connect(didOf('bob'), () => undefined);
    const heard: string[] = [];
    const bob = open.node.connect(didOf('bob'), (event) => heard.push(event));
    expect(bob.isListening()).toBe(false);
    await bob.prove(await signChallenge(bob.challenge, await privateKeyOf('bob'), NOW));
    expect(bob.isListening()).toBe(true);
    await open.ask('alice', 'bob');
    expect(heard).toEqual(['CHATS']);
  });
});

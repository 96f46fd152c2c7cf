import { describe, expect, it } from 'vitest';
import { createLimits } from '../../src/node/limits/limits.ts';
import { parseDid } from '../../src/protocol/did.ts';
import { signGroupProof } from '../../src/protocol/groups/groupProof.ts';
import { groupConfigText } from '../../src/protocol/groups/groupTexts.ts';
import { routes, type Route } from '../../src/protocol/routes.ts';
import { didOf, NOW } from '../support/builders.ts';
import { privateKeyOf, vectorUser } from '../support/vectors.ts';
import users from '../vectors/a_users.json' with { type: 'json' };
import { createGroupWorld, type GroupWorld } from './groups/groupWorld.ts';
import { acceptance, createNodeWorld, profile, rejection } from './nodeWorld.ts';
import { dumpOf } from './replication/network.ts';

const limited = { status: 429, body: { details: { code: 'RateLimited' } } };
/** One act a second by each account. */
const ONE_A_SECOND = { limits: { account: { burst: 1, perSecond: 1 } } };

interface Scene {
  readonly world: GroupWorld;
  /** Lets everybody act once more. */
  readonly pass: () => void;
  /** Groups by how bob is in them: he made the first, was invited to the second, and came into the third. */
  readonly own: string;
  readonly invited: string;
  readonly joined: string;
  /** One that he is not in. */
  readonly open: string;
}

async function openScene(): Promise<Scene> {
  const world = createGroupWorld(undefined, ONE_A_SECOND);
  const pass = (): void => {
    world.clock.time += 1_000;
  };
  const group = async (creator: string, name: string, members: string[] = []): Promise<string> => {
    pass();
    return world.group(creator, { name, members });
  };
  await world.join('alice', 'bob', 'carol', 'dave');
  const own = await group('bob', 'Of bob');
  const invited = await group('alice', 'With bob', ['bob']);
  const joined = await group('alice', 'With bob inside', ['bob']);
  const open = await group('alice', 'Without bob');
  pass();
  expect((await world.enter('bob', joined)).status).toBe(201);
  expect((await world.ask('alice', 'bob')).status).toBe(201);
  pass();
  return { world, pass, own, invited, joined, open };
}

type Post = readonly [route: Route, body: unknown];

async function configUpdate(signer: string): Promise<object> {
  const config = { meta: 'Monday', scheduleAt: null, scheduleEnd: null, status: null };
  const proof = await signGroupProof(groupConfigText(config), didOf(signer), await privateKeyOf(signer), NOW);
  return { ...config, configVerificationProof: proof };
}

const ACTS: readonly [name: string, act: (scene: Scene) => Promise<Post>, actor?: string][] = [
  ['accepting a request', async () => [routes.acceptRequest(), await acceptance('alice', 'bob')]],
  ['rejecting a request', async () => [routes.rejectRequest(), await rejection('alice', 'bob')]],
  ['changing a profile', async () => [routes.updateProfile(didOf('bob')), await profile('bob', [], 'Bob')]],
  [
    'changing keys',
    () => {
      const { request } = users.users.find(({ name }) => name === 'dave-auth-update') ?? {};
      return Promise.resolve([{ method: 'PUT', path: request?.path ?? '' }, request?.body]);
    },
    'dave',
  ],
  ['making a group', async ({ world }) => [routes.createGroup(), await world.creation('bob')]],
  [
    'changing the profile of a group',
    async ({ world, own }) => [
      routes.updateGroupProfile(own),
      await world.profileUpdate('bob', { groupName: 'Renamed' }),
    ],
  ],
  ['changing the schedule of a group', async ({ own }) => [routes.updateGroupConfig(own), await configUpdate('bob')]],
  [
    'inviting to a group',
    async ({ world, own }) => [routes.updateMembers(own), await world.membersUpdate('bob', { members: ['carol'] })],
  ],
  [
    'joining a group',
    async ({ world, open }) => [routes.updateMembers(open), await world.membersUpdate('bob', { members: ['bob'] })],
  ],
  [
    'leaving a group',
    async ({ world, joined }) => [routes.updateMembers(joined), await world.membersUpdate('bob', { remove: ['bob'] })],
  ],
  ['accepting an invitation', async ({ world, invited }) => [routes.acceptRequest(), await world.yes('bob', invited)]],
  ['rejecting an invitation', async ({ world, invited }) => [routes.rejectRequest(), await world.no('bob', invited)]],
  ['writing to a group', async ({ world, own }) => [routes.sendMessage(), await world.message('bob', own)]],
];

describe('ND-05 floods of other acts than messages', () => {
  it.each(ACTS)('ND-05 %s counts, once, and against nobody else', async (_, act, actor = 'bob') => {
    const scene = await openScene();
    const { world, pass } = scene;
    const [route, body] = await act(scene);
    expect((await world.ask(actor, 'carol')).status).toBe(201);
    expect(await world.call(route, body)).toMatchObject(limited);
    expect((await world.ask('alice', 'carol')).status).toBe(201);
    pass();
    expect((await world.call(route, body)).status).toBeLessThan(300);
    expect(await world.send(actor, 'carol')).toMatchObject(limited);
    // The same again asks for nothing new, and so is no matter of limits.
    expect((await world.call(route, body)).status).not.toBe(429);
    pass();
    expect((await world.send(actor, 'carol')).status).toBe(201);
  });

  it('ND-05 publishing keys counts, and a blank record that a stranger made does not', async () => {
    const world = createNodeWorld(undefined, ONE_A_SECOND);
    const { did, creation } = vectorUser('bob');
    const blank = { caip10: did, did, publicKey: '', encryptedPrivateKey: '', signature: 'xyz', sigType: 'a' };
    expect((await world.call(routes.createUser(), blank)).status).toBe(201);
    await world.join('alice');
    expect((await world.call(routes.createUser(), creation)).status).toBe(201);
    expect(await world.ask('bob', 'alice')).toMatchObject(limited);
    expect((await world.call(routes.createUser(), creation)).status).toBe(201);
  });

  it('ND-05 what others forge in its name uses up nothing of an account', async () => {
    const world = createNodeWorld(undefined, ONE_A_SECOND);
    await world.join('bob', 'carol');
    world.clock.time += 1_000;
    const forged = await profile('bob', [], 'Not Bob', 'carol');
    for (let i = 0; i < 3; i++) {
      const refused = await world.call(routes.updateProfile(didOf('bob')), forged);
      expect(refused).toMatchObject({ status: 403, body: { details: { code: 'ProofInvalid' } } });
    }
    expect((await world.block('bob', 'carol')).status).toBe(201);
    expect(await world.call(routes.updateProfile(didOf('bob')), await profile('bob', []))).toMatchObject(limited);
  });

  it('ND-05 what was done on another node counts there alone: a node that follows it takes everything', async () => {
    const nodes: GroupWorld[] = [];
    const following = (index: number) => ({
      peers: [{ url: 'http://peer.test', fetch: (request: Request) => nodes[index]!.node.fetch(request) }],
    });
    const here = createGroupWorld(undefined, { ...ONE_A_SECOND, ...following(1) });
    const there = createGroupWorld(undefined, following(0));
    nodes.push(here, there);
    await there.join('alice', 'bob', 'carol');
    await here.node.peers[0]!.pull();
    for (const name of ['alice', 'bob']) expect((await here.ask(name, 'carol')).status).toBe(201);

    expect((await there.ask('alice', 'bob')).status).toBe(201);
    expect((await there.accept('alice', 'bob')).status).toBe(201);
    expect((await there.call(routes.updateProfile(didOf('bob')), await profile('bob', [], 'Bob'))).status).toBe(201);
    const chatId = await there.group('alice', { members: ['bob'] });
    expect((await there.enter('bob', chatId)).status).toBe(201);
    expect((await there.say('bob', chatId)).status).toBe(201);
    await there.node.peers[0]!.pull();
    await here.node.peers[0]!.pull();
    expect(await dumpOf(here, ['alice', 'bob'])).toEqual(await dumpOf(there, ['alice', 'bob']));
    expect(await here.status('bob', chatId)).toEqual(await there.status('bob', chatId));
    for (const name of ['alice', 'bob']) expect(await here.send(name, 'carol')).toMatchObject(limited);
  });

  it('ND-05 an honest busy client, 200 acts at once and then 10 a second for an hour, meets no limit', () => {
    const clock = { time: 0 };
    const limits = createLimits({}, () => clock.time);
    const act = (): void => {
      limits.call('PUT', '192.0.2.1');
      limits.act(parseDid(didOf('alice')));
    };
    for (let i = 0; i < 200; i++) act();
    for (; clock.time < 3_600_000; clock.time += 100) act();
    expect(clock.time).toBe(3_600_000);
  });
});

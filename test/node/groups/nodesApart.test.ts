import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { directTransport } from '../../../src/client/directTransport.ts';
import type { Transport } from '../../../src/client/transport.ts';
import type { GroupId } from '../../../src/protocol/peer.ts';
import { routes } from '../../../src/protocol/routes.ts';
import { createTestClock, type TestClock } from '../../../src/testing/testClock.ts';
import { createTestWorld, type TestWorld } from '../../../src/testing/testWorld.ts';
import { NOW } from '../../support/builders.ts';
import { createNetwork } from '../replication/network.ts';

let net: ReturnType<typeof createNetwork>;
let clock: TestClock;
/** People at one node, and those at the other. */
let here: TestWorld;
let there: TestWorld;
let [atHere, atThere]: Transport[] = [];

const worldOf = (place: number): TestWorld => {
  const node = net.nodes[place]?.node;
  if (!node) throw new RangeError('no such node');
  return createTestWorld({ node, clock });
};

beforeEach(() => {
  net = createNetwork(2);
  clock = createTestClock({ at: NOW, stopped: true });
  [here, there] = [worldOf(0), worldOf(1)];
  [atHere, atThere] = [directTransport(here.node), directTransport(there.node)];
});
afterEach(() => {
  here.close();
  there.close();
});

/** OpenPGP tells time in seconds. */
async function pass(ms = 1_000): Promise<void> {
  await clock.advance(ms);
  for (const each of net.nodes) each.clock.time += ms;
}

async function lastOf(chatId: GroupId): Promise<object> {
  const { acts } = (await atHere?.request(routes.groupActs(chatId, ''))) as { acts: { body: object }[] };
  const last = acts.at(-1)?.body;
  if (!last) throw new RangeError('no act');
  return last;
}

describe('nodes that were apart', () => {
  it('agree about a group in which one of them took an act of another group', async () => {
    const ada = await here.join('Ada');
    const mallory = await here.join('Mallory');
    await pass();
    const one = await ada.client.groups.create({ name: 'Group one', members: [mallory.did] });
    const two = await ada.client.groups.create({ name: 'Group two', members: [mallory.did] });
    for (const chatId of [one, two]) await mallory.client.acceptRequest(chatId);
    await net.settle();
    await pass();
    net.cut(0, 1);
    await ada.client.groups.setRole(one, [mallory.did], 'admin');
    await pass();
    await atThere?.request(routes.updateMembers(two), await lastOf(one));
    expect(await atThere?.request(routes.memberStatus(two, mallory.did))).toMatchObject({ isAdmin: true });
    net.mend();
    await net.settle();
    for (const way of [atHere, atThere]) {
      expect(await way?.request(routes.memberStatus(one, mallory.did))).toMatchObject({ isAdmin: true });
      expect(await way?.request(routes.memberStatus(two, mallory.did))).toMatchObject({ isAdmin: false });
    }
  });

  it('are followed by who read an act of both at the later time', async () => {
    const [ada, bo] = [await here.join('Ada'), await here.join('Bo')];
    await net.settle();
    const eve = await there.join('Eve');
    await net.settle();
    await pass();
    const chatId = await ada.client.groups.create({ name: 'A group', members: [bo.did, eve.did] });
    await pass();
    await bo.client.acceptRequest(chatId);
    await net.settle();
    await eve.client.acceptRequest(chatId);
    await net.settle();
    await pass();
    net.cut(0, 1);
    await ada.client.groups.update(chatId, { name: 'Another name' });
    const renaming = await lastOf(chatId);
    await pass(500);
    await ada.client.groups.removeMembers(chatId, [bo.did]);
    await pass(500);
    await atThere?.request(routes.updateGroupProfile(chatId), renaming);
    await eve.client.groups.load(chatId);
    net.mend();
    await net.settle();
    await eve.client.groups.load(chatId);
    expect(eve.client.store.get().groups[chatId]?.counts).toMatchObject({ accepted: 2 });
  });
});

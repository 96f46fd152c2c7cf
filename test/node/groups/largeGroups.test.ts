import { beforeEach, describe, expect, it } from 'vitest';
import { parseDid } from '../../../src/protocol/did.ts';
import { routes } from '../../../src/protocol/routes.ts';
import { didOf } from '../../support/builders.ts';
import { STORES } from '../nodeWorld.ts';
import { createGroupWorld, type GroupWorld } from './groupWorld.ts';

const stranger = (number: number): string => parseDid(`0x1${number.toString(16).padStart(39, '0')}`);
const MANY = 10_000;
const crowd = Array.from({ length: MANY }, (_, number) => stranger(number));

let world: GroupWorld;

describe.each(STORES.slice(0, 2))('a group of 10,000, in a store in %s', (_, open) => {
  beforeEach(async () => {
    world = createGroupWorld(await open());
    await world.join('alice', 'bob');
  });

  it('GR-13 ND-20 is made by one call, read in pages, and heard by all who are in it', async () => {
    const chatId = await world.group('alice', {
      members: ['bob', ...crowd.slice(5_000)],
      admins: crowd.slice(0, 5_000),
    });
    const { body: counts } = await world.call(routes.groupCounts(chatId));
    expect(counts.totalMembersCount).toMatchObject({
      overallCount: MANY + 2,
      pendingCount: MANY + 1,
      adminsCount: 5_001,
    });

    const page = async (number: number, size: number): Promise<{ address: string }[]> =>
      (await world.call(routes.groupMembers(chatId, number, size))).body.members;
    const pages = [await page(1, 100), await page(51, 100), await page(101, 100)];
    expect(pages.map((members) => members.length)).toEqual([100, 100, 2]);
    expect(pages[0]?.[0]).toMatchObject({ address: didOf('alice'), intent: true, role: 'admin' });
    expect((await world.call(routes.groupMembers(chatId, 1, 101))).status).toBe(400);

    const whole = (await world.call(routes.groupWithMembers(chatId))).body;
    expect([whole.members.length, whole.pendingMembers.length]).toEqual([1, 1_000]);
    const { chats } = (await world.call(routes.chats(didOf('alice'), 1, 30))).body;
    expect(chats[0].groupInformation.pendingMembers).toHaveLength(25);

    await world.enter('bob', chatId);
    const heard = world.listen('bob');
    expect((await world.say('alice', chatId)).status).toBe(201);
    expect(heard).toHaveLength(1);
  });

  it('GR-13 takes no account twice, and no more than fit', async () => {
    const twice = await world.creation('alice', { members: [...crowd.slice(0, 10), crowd[3] ?? ''] });
    expect((await world.call(routes.createGroup(), twice)).status).toBe(400);
    const crowded = await world.creation('alice', {
      isPublic: false,
      members: Array.from({ length: 15_001 }, (__, n) => stranger(n)),
    });
    expect((await world.call(routes.createGroup(), crowded)).status).toBe(413);
    expect((await world.call(routes.chats(didOf('alice'), 1, 30))).body.chats).toEqual([]);
  });
});

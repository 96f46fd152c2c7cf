import type { JoinOptions, TestUser, TestWorld } from '../../src/testing/testWorld.ts';
import { allOf, anyOf, groupRules, holdsErc20, isInvitedBy } from '../../src/protocol/groups/buildRules.ts';

export interface Circle {
  readonly ada: TestUser;
  readonly bo: TestUser;
  readonly cleo: TestUser;
  readonly chatId: string;
}

const NAMES = ['Ada', 'Bo', 'Cleo'] as const;

async function three(world: TestWorld, options: JoinOptions = {}): Promise<readonly [TestUser, TestUser, TestUser]> {
  const users = await Promise.all(NAMES.map((name) => world.join(name, { ...options, keyType: 'curve25519' })));
  await Promise.all(users.map(({ client }, place) => client.updateProfile({ name: NAMES[place] ?? '' })));
  const [ada, bo, cleo] = users;
  if (!ada || !bo || !cleo) throw new Error('There are three.');
  return [ada, bo, cleo];
}

interface Kind {
  readonly isPublic?: boolean;
  readonly encryption?: 'message' | 'session';
}

const PUBLIC: Kind = { isPublic: true };

/** Ada made a group; Bo is in it and they have talked; Cleo is invited. */
const talking =
  (kind: Kind, invitesCleo = true) =>
  async (world: TestWorld): Promise<Circle> => {
    const [ada, bo, cleo] = await three(world);
    const chatId = await ada.client.groups.create({
      name: 'Gardeners',
      description: 'Roses, beans, and what else grows on a balcony.',
      members: [bo.did],
      ...kind,
    });
    await bo.client.groups.join(chatId);
    const say = (user: TestUser, content: string) => user.client.sendMessage(chatId, { type: 'Text', content });
    await say(ada, 'Welcome! What grows on your side?');
    await say(bo, 'Beans, mostly. The roses did not like the wind.');
    await say(bo, 'I can bring seeds on Sunday, @Ada.');
    if (invitesCleo) await ada.client.groups.addMembers(chatId, [cleo.did]);
    return { ada, bo, cleo, chatId };
  };

export const privateGroup = talking({});
export const sessionGroup = talking({ encryption: 'session' });
export const publicGroup = talking(PUBLIC);
/** Cleo looks at it from outside. */
export const openGroup = talking(PUBLIC, false);

/** Bo and Cleo have read what Ada wrote, and their clients say so. */
export async function readGroup(world: TestWorld): Promise<Circle> {
  const [ada, bo, cleo] = await three(world, { readReceipts: true });
  const chatId = await ada.client.groups.create({ name: 'Gardeners', members: [bo.did, cleo.did] });
  const readers = [bo, cleo];
  for (const { client } of readers) await client.groups.join(chatId);
  const reference = await ada.client.sendMessage(chatId, { type: 'Text', content: 'Seeds on Sunday at ten?' });
  for (const { client } of readers) {
    await client.sendMessage(chatId, { type: 'Receipt', content: 'READ_RECEIPT', reference });
  }
  return { ada, bo, cleo, chatId };
}

/** Cleo came in last, into a group whose secret was renewed for her. */
export async function newcomer(world: TestWorld): Promise<Circle> {
  const circle = await sessionGroup(world);
  await circle.cleo.client.groups.join(circle.chatId);
  await circle.ada.client.sendMessage(circle.chatId, { type: 'Text', content: 'Hello Cleo!' });
  return circle;
}

/** A public group that asks for an invitation or tokens. */
export async function guardedGroup(world: TestWorld): Promise<Circle> {
  const [ada, bo, cleo] = await three(world);
  const token = holdsErc20({
    chain: 1,
    contract: '0xf418588522d5dd018b425E472991E52EBBeEEEEE',
    amount: 50,
    decimals: 18,
  });
  const chatId = await ada.client.groups.create({
    name: 'Holders',
    isPublic: true,
    members: [bo.did],
    rules: groupRules({ entry: anyOf(isInvitedBy('ADMIN', 'OWNER'), token), chat: allOf(token) }),
  });
  return { ada, bo, cleo, chatId };
}

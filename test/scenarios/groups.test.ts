import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Group } from '../../src/client/state.ts';
import type { GroupId } from '../../src/protocol/peer.ts';
import { createTestWorld, type TestUser, type TestWorld } from '../../src/testing/testWorld.ts';
import { itemsOf, text, textsOf, until } from '../support/until.ts';

let world: TestWorld;
let ada: TestUser;
let bo: TestUser;
let cy: TestUser;

beforeEach(async () => {
  world = createTestWorld();
  [ada, bo, cy] = (await Promise.all(['Ada', 'Bo', 'Cy'].map((name) => world.join(name)))) as [
    TestUser,
    TestUser,
    TestUser,
  ];
});

afterEach(() => world.close());

const groupOf = ({ client }: TestUser, chatId: GroupId): Group | undefined => client.store.get().groups[chatId];
const says = (user: TestUser, chatId: GroupId, words: string): Promise<unknown> =>
  until(user.client, () => textsOf(user.client, chatId).includes(words));

/** Opens the thread, as a window does. */
const look = (user: TestUser, chatId: GroupId): Promise<void> => user.client.openThread(chatId);

describe.each([
  ['public', { isPublic: true }, 'none'],
  ['private', { isPublic: false }, 'message'],
  ['private with a session key', { isPublic: false, encryption: 'session' }, 'session'],
] as const)('a %s group', (_, kind, encryption) => {
  it('is made, entered by invitation, written to and left', async () => {
    const chatId = await ada.client.groups.create({ name: 'Gardeners', members: [bo.did], ...kind });
    expect(groupOf(ada, chatId)).toMatchObject({
      ...{ name: 'Gardeners', standing: 'admin', membership: 'proven', encryption },
      counts: { accepted: 1, pending: 1, admins: 1 },
    });
    expect(ada.client.store.get().chats.items).toMatchObject([{ peer: chatId }]);

    await until(bo.client, ({ requests }) => requests.items.some(({ peer }) => peer === chatId));
    expect(groupOf(bo, chatId)).toMatchObject({ name: 'Gardeners', standing: 'invited', invitedBy: null });
    await look(bo, chatId);
    expect(groupOf(bo, chatId)).toMatchObject({ standing: 'invited', invitedBy: ada.did });
    expect(bo.client.store.get().threads[chatId]).toMatchObject({ relation: 'request-received', items: [] });
    await bo.client.acceptRequest(chatId);
    expect(bo.client.store.get().requests.items).toEqual([]);
    expect(groupOf(bo, chatId)).toMatchObject({ standing: 'member', membership: 'proven', encryption });

    await Promise.all([look(ada, chatId), look(bo, chatId)]);
    await ada.client.sendMessage(chatId, text('hello all'));
    await says(bo, chatId, 'hello all');
    await bo.client.sendMessage(chatId, text('hello Ada'));
    await says(ada, chatId, 'hello Ada');
    expect(itemsOf(bo.client, chatId)).toMatchObject([
      {
        ...{ state: 'verified', from: 'peer', sender: ada.did, encrypted: encryption !== 'none' },
        verification: { member: 'proven', failed: null, signer: ada.did },
      },
      { state: 'verified', from: 'me', sender: bo.did },
    ]);

    await ada.client.groups.addMembers(chatId, [cy.did]);
    await until(cy.client, ({ requests }) => requests.items.some(({ peer }) => peer === chatId));
    await cy.client.acceptRequest(chatId);
    await look(cy, chatId);
    await cy.client.sendMessage(chatId, text('I am here too'));
    await Promise.all([says(ada, chatId, 'I am here too'), says(bo, chatId, 'I am here too')]);

    await ada.client.groups.removeMembers(chatId, [cy.did]);
    await until(cy.client, ({ groups }) => groups[chatId]?.standing === 'out');
    await expect(cy.client.sendMessage(chatId, text('still here?'))).rejects.toMatchObject({ code: 'NotMember' });
    await bo.client.sendMessage(chatId, text('only us'));
    await says(ada, chatId, 'only us');
    await bo.client.groups.leave(chatId);
    await until(ada.client, ({ groups }) => groups[chatId]?.counts?.accepted === 1);
    await ada.client.sendMessage(chatId, text('alone'));
    expect(textsOf(ada.client, chatId)).toEqual(['hello all', 'hello Ada', 'I am here too', 'only us', 'alone']);
    expect(groupOf(ada, chatId)?.lines.map(({ kind: what, by, members }) => [what, by, ...members])).toEqual([
      ['created', ada.did],
      ['invited', ada.did, bo.did],
      ...(encryption === 'session' ? [['secret', ada.did]] : []),
      ['joined', bo.did, bo.did],
      ['invited', ada.did, cy.did],
      ['joined', cy.did, cy.did],
      ['removed', ada.did, cy.did],
      ['left', bo.did, bo.did],
    ]);
  });
});

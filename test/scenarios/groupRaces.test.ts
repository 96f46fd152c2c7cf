import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createTestWorld, type TestUser, type TestWorld } from '../../src/testing/testWorld.ts';
import { text, textsOf } from '../support/until.ts';

let world: TestWorld;
let people: readonly TestUser[];

const NAMES = ['Ada', 'Bo', 'Cy', 'Dee', 'Eve'];

beforeEach(async () => {
  world = createTestWorld();
  people = await Promise.all(NAMES.map((name) => world.join(name)));
});
afterEach(() => world.close());

describe.each(['message', 'session'] as const)('a private group that many change at once (%s)', (encryption) => {
  it('GR-02 has everybody in it who accepts, and nobody without its secret', async () => {
    const [ada, ...others] = people as [TestUser, ...TestUser[]];
    const members = others.map(({ did }) => did);
    const chatId = await ada.client.groups.create({ name: 'A group', encryption, members });
    await Promise.all(others.map(({ client }) => client.acceptRequest(chatId)));
    for (const { name, client } of people) await client.sendMessage(chatId, text(`I am ${name}`));
    for (const { client } of people) {
      await client.openThread(chatId);
      expect(textsOf(client, chatId)).toEqual(NAMES.map((name) => `I am ${name}`));
    }
  });

  it('GR-14 is read by none of those who are removed at once, each by another admin', async () => {
    const [ada, bo, cy, dee, eve] = people as [TestUser, TestUser, TestUser, TestUser, TestUser];
    const chatId = await ada.client.groups.create({
      ...{ name: 'A group', encryption },
      members: [cy.did, dee.did, eve.did],
      admins: [bo.did],
    });
    for (const { client } of [bo, cy, dee, eve]) await client.acceptRequest(chatId);
    await Promise.all([
      ada.client.groups.removeMembers(chatId, [cy.did]),
      bo.client.groups.removeMembers(chatId, [dee.did]),
    ]);
    await eve.client.sendMessage(chatId, text('for us three'));
    for (const { client } of [ada, bo]) {
      await client.openThread(chatId);
      expect(textsOf(client, chatId)).toEqual(['for us three']);
    }
  });
});

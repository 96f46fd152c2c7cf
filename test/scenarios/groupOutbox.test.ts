import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { directTransport } from '../../src/client/directTransport.ts';
import type { PushChatClient } from '../../src/client/PushChatClient.ts';
import { encryptedTo, identifyKey } from '../../src/crypto/identifyKey.ts';
import { PushChatError } from '../../src/errors.ts';
import type { StoredMessage } from '../../src/protocol/payload.ts';
import type { GroupId } from '../../src/protocol/peer.ts';
import { armoredKey } from '../../src/protocol/publicKey.ts';
import { routes, type Route } from '../../src/protocol/routes.ts';
import { hostileNode, type Lie } from '../../src/testing/hostileNode.ts';
import { createTestWorld, type TestUser, type TestWorld } from '../../src/testing/testWorld.ts';
import { deviceIn, type DevicePage } from '../support/device.ts';
import { itemsOf, text, textsOf, until } from '../support/until.ts';

let world: TestWorld;
let bo: TestUser;
let cy: TestUser;
let page: DevicePage;
let device: ReturnType<typeof deviceIn>;

const never = { wait: () => new Promise<void>(() => undefined) };

beforeEach(async () => {
  world = createTestWorld();
  [bo, cy] = [await world.join('Bo'), await world.join('Cy')];
  device = deviceIn(world);
  page = await device.open(never);
});
afterEach(() => {
  page.client.close();
  world.close();
});

type Kind = 'message' | 'session';

/** A group that Bo made, with Alice and Cy in it, and Alice looking at it. */
async function groupOf(encryption: Kind): Promise<GroupId> {
  const members = [world.wallet('Alice').address, cy.did];
  const chatId = await bo.client.groups.create({ name: 'A group', encryption, members });
  for (const client of [page.client, cy.client]) await client.acceptRequest(chatId);
  await page.client.openThread(chatId);
  return chatId;
}

const isSending = ({ path }: Route): boolean => path === routes.sendMessage().path;
const delayed = (chatId: GroupId): Promise<unknown> =>
  until(page.client, () => itemsOf(page.client, chatId).some((item) => 'delay' in item));

/** The network comes back, so that what waits is tried again. */
function mend(): void {
  page.wire.set({ offline: true, refuse: () => undefined });
  page.wire.set({ offline: false });
}

const settled = (client: PushChatClient, chatId: GroupId, words: string): Promise<unknown> =>
  until(client, () => itemsOf(client, chatId).some((i) => i.state === 'verified' && i.content.content === words));

/** What the node has of the group, the newest first. */
async function stored(chatId: GroupId): Promise<readonly StoredMessage[]> {
  const way = directTransport(world.node);
  const { threadHash } = (await way.request(routes.head(bo.did, chatId))) as { threadHash: string };
  return (await way.request(routes.history(threadHash, 30))) as StoredMessage[];
}

async function keyIdsOf({ did }: TestUser): Promise<readonly string[]> {
  const { publicKey } = (await directTransport(world.node).request(routes.user(did))) as { publicKey: string };
  return (await identifyKey(armoredKey(publicKey))).ids;
}

describe.each(['message', 'session'] as const)('what waits to be sent to a group (%s)', (kind) => {
  it('GR-14 is not sent to who was removed meanwhile, though it was sealed for them', async () => {
    const chatId = await groupOf(kind);
    const away = new PushChatError('NetworkUnavailable', 'Away.');
    page.wire.set({ refuse: (route) => (isSending(route) ? away : undefined) });
    const sending = page.client.sendMessage(chatId, text('the gold is under the oak'));
    await delayed(chatId);
    await bo.client.groups.removeMembers(chatId, [cy.did]);
    mend();
    await sending;
    await bo.client.openThread(chatId);
    expect(textsOf(bo.client, chatId)).toEqual(['the gold is under the oak']);
    const [message] = await stored(chatId);
    const wrapped =
      kind === 'message'
        ? (message?.encryptedSecret ?? '')
        : (
            (await directTransport(world.node).request(routes.groupSecret(message?.sessionKey ?? ''))) as {
              encryptedSecret: string;
            }
          ).encryptedSecret;
    const readers = await encryptedTo(wrapped, 1_000_000);
    expect(readers).toHaveLength(2);
    for (const id of await keyIdsOf(cy)) expect(readers).not.toContain(id);
  });

  it('NW-05 is stored once, though the page died after the node had it and others can read by now', async () => {
    const chatId = await groupOf(kind);
    page.wire.set({ deaf: true, lostAnswers: 1 });
    void page.client.sendMessage(chatId, text('once')).catch(() => undefined);
    await delayed(chatId);
    page.tab.close();
    page.client.close();
    await bo.client.groups.removeMembers(chatId, [cy.did]);
    page = await device.open(never);
    await settled(page.client, chatId, 'once');
    expect(await stored(chatId)).toHaveLength(1);
  });

  it('NW-05 is sent as it was sealed when the page died before the node had it', async () => {
    const chatId = await groupOf(kind);
    const away = new PushChatError('NetworkUnavailable', 'Away.');
    page.wire.set({ refuse: (route) => (isSending(route) ? away : undefined) });
    void page.client.sendMessage(chatId, text('once')).catch(() => undefined);
    await delayed(chatId);
    page.tab.close();
    page.client.close();
    page = await device.open(never);
    await settled(page.client, chatId, 'once');
    expect(await stored(chatId)).toHaveLength(1);
  });

  it('is stored once when its answer is lost and a member is removed before it is tried again', async () => {
    const chatId = await groupOf(kind);
    // Nobody tells this page live that its message is there.
    page.wire.set({ deaf: true, lostAnswers: 1 });
    const sending = page.client.sendMessage(chatId, text('once'));
    await delayed(chatId);
    await bo.client.groups.removeMembers(chatId, [cy.did]);
    mend();
    await sending;
    expect(await stored(chatId)).toHaveLength(1);
  });
});

describe('two tabs', () => {
  it('NW-05 store once what both send under one name, though others can read by now', async () => {
    const chatId = await groupOf('message');
    page.wire.set({ deaf: true, lostAnswers: 1 });
    void page.client.sendMessage(chatId, text('once'), { once: 'x' }).catch(() => undefined);
    await delayed(chatId);
    await bo.client.groups.removeMembers(chatId, [cy.did]);
    const other = await device.open(never);
    await other.client.sendMessage(chatId, text('once'), { once: 'x' });
    other.client.close();
    expect(await stored(chatId)).toHaveLength(1);
  });

  it('GR-14 forget nothing of what either has read', async () => {
    const chatId = await groupOf('message');
    const other = await device.open(never);
    await other.client.groups.load(chatId);
    other.wire.set({ deaf: true });
    await bo.client.groups.removeMembers(chatId, [cy.did]);
    await page.client.groups.load(chatId);
    // This one has heard of nothing.
    await other.client.groups.acceptMembers(chatId, []);
    for (const each of [page, other]) {
      each.tab.close();
      each.client.close();
    }
    const hidden: Lie = {
      name: 'hidden removal',
      answer: (answer, { path }) => {
        if (!path.includes('/acts')) return answer;
        const served = answer as { acts: { body: { remove?: string[] } }[]; total: number };
        const acts = served.acts.filter(({ body }) => !body.remove?.length);
        return { ...served, acts, total: served.total - 1 };
      },
    };
    page = await device.open({ ...never, transport: directTransport(hostileNode(world.node, [hidden])) });
    await expect(page.client.sendMessage(chatId, text('gold'))).rejects.toMatchObject({
      code: 'MembersUnconfirmed',
      concerns: [{ reason: 'unproven', name: cy.did }],
    });
  });
});

import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPushChat } from '../../src/client/createPushChat.ts';
import { directTransport } from '../../src/client/directTransport.ts';
import type { NotificationLines } from '../../src/client/notify/notificationLines.ts';
import type { MessageNotification } from '../../src/client/notify/messageNotification.ts';
import { showNotifications } from '../../src/client/notify/showNotifications.ts';
import type { PushChatClient } from '../../src/client/PushChatClient.ts';
import type { PushRegistration } from '../../src/client/push/pushRegistration.ts';
import { memoryStorage } from '../../src/client/storage/memoryStorage.ts';
import type { DeviceStorage } from '../../src/client/storage/storage.ts';
import type { LiveListener, Transport } from '../../src/client/transport.ts';
import { receivePush, type Waking, type Woken } from '../../src/client/worker/receivePush.ts';
import { createPushNode } from '../../src/node/createPushNode.ts';
import { generateVapidKeys, openWebPush } from '../../src/node/push/webPush.ts';
import { parseDid, type Did } from '../../src/protocol/did.ts';
import type { GroupId } from '../../src/protocol/peer.ts';
import { routes } from '../../src/protocol/routes.ts';
import { hostileNode, type Lie } from '../../src/testing/hostileNode.ts';
import { createTestWorld, type JoinOptions, type TestUser, type TestWorld } from '../../src/testing/testWorld.ts';
import { fakePushService, pushDevice } from '../support/pushService.ts';
import { text, until } from '../support/until.ts';

let world: TestWorld;
let services: ReturnType<typeof fakePushService>;
let ada: TestUser;
let bo: TestUser;

const join = (name: string, options: JoinOptions = {}): Promise<TestUser> =>
  world.join(name, { keyType: 'curve25519', ...options });

beforeEach(async () => {
  services = fakePushService();
  const push = await openWebPush({
    ...(await generateVapidKeys()),
    subject: 'mailto:ops@node.test',
    fetch: services.fetch,
  });
  world = createTestWorld({ node: createPushNode({ push }) });
  [ada, bo] = [await join('Ada'), await join('Bo')];
});
afterEach(() => {
  world.close();
});

const KINDS = { public: { isPublic: true }, message: {}, session: { encryption: 'session' } } as const;
type Kind = keyof typeof KINDS;

/** A group that Ada made, with Bo and others in it. */
async function groupOf(kind: Kind, ...others: readonly PushChatClient[]): Promise<GroupId> {
  const clients = [bo.client, ...others];
  const members = clients.map(didOf);
  const chatId = await ada.client.groups.create({ name: 'Book\u202e club', members, ...KINDS[kind] });
  for (const client of clients) await client.acceptRequest(chatId);
  return chatId;
}

const didOf = (client: PushChatClient): Did => {
  const { session } = client.store.get();
  return (session as { readonly did: Did }).did;
};

describe('a message in a group', () => {
  /** What a page shows, in order, and a promise for when there is so much. */
  function shownBy(client: PushChatClient) {
    const all: (MessageNotification & NotificationLines)[] = [];
    const names: Record<string, string> = { [ada.did]: 'Ada' };
    showNotifications(client, {
      onNotify: (shown) => all.push(shown),
      nameOf: (peer) => Promise.resolve(names[peer] ?? null),
      platform: {
        permit: () => 'granted',
        ask: () => Promise.resolve('granted'),
        show: () => Promise.resolve(),
        chime: () => undefined,
      },
    });
    return {
      all,
      titles: () => all.map(({ title }) => title),
      atLeast: (n: number) => expect.poll(() => all.length).toBe(n),
    };
  }

  it.each(['public', 'message', 'session'] as const)(
    'notifies by who wrote and the name that its admins signed (%s), and an invitation to it does not',
    async (kind) => {
      const cy = await join('Cy');
      const shown = shownBy(cy.client);
      const chatId = await ada.client.groups.create({
        name: 'Book\u202e club',
        members: [cy.did, bo.did],
        ...KINDS[kind],
      });
      await bo.client.acceptRequest(chatId);
      await ada.client.sendMessage(chatId, text('before Cy is in'));
      await until(cy.client, ({ requests }) => requests.items.some(({ peer }) => peer === chatId));
      await cy.client.acceptRequest(chatId);
      await ada.client.sendMessage(chatId, text('Chapter two'));
      await shown.atLeast(1);
      await bo.client.sendMessage(chatId, text('Chapter three'));
      await shown.atLeast(2);
      cy.client.setNotificationSettings({ text: true });
      await bo.client.sendMessage(chatId, text('Chapter\u202e four'));
      await shown.atLeast(3);
      expect(shown.titles().slice(0, 2)).toEqual(['New message from Ada · Book club', '2 new messages from Book club']);
      expect(shown.all[2]).toMatchObject({
        ...{ peer: chatId, body: 'Chapter four' },
        title: expect.stringMatching(/^0x[0-9A-F]{4}….{4} · Book club$/i) as unknown,
      });
    },
  );

  it('does not notify of receipts, reactions, own words, what is muted, in view or said in quiet hours', async () => {
    const cy = await join('Cy');
    const phone = await join('Cy');
    const chatId = await groupOf('message', cy.client);
    const shown = shownBy(cy.client);
    const { client } = cy;
    const say = async (words: string): Promise<void> => {
      await ada.client.sendMessage(chatId, text(words));
      await until(client, ({ chats }) => {
        const last = chats.items.find(({ peer }) => peer === chatId)?.last;
        return last !== undefined && 'content' in last && last.content.content === words;
      });
    };
    const mine = await phone.client.sendMessage(chatId, text('from my phone'));
    await ada.client.sendMessage(chatId, { type: 'Reaction', content: '👍', reference: mine });
    await bo.client.sendMessage(chatId, { type: 'Receipt', content: 'READ_RECEIPT', reference: mine });
    client.setMuted(chatId, true);
    await say('muted');
    client.setMuted(chatId, false);
    const leave = client.showThread(chatId);
    await say('in view');
    leave();
    const now = new Date();
    const minutes = now.getHours() * 60 + now.getMinutes();
    client.setNotificationSettings({ quiet: { from: (minutes + 1439) % 1440, to: (minutes + 30) % 1440 } });
    await say('at night');
    client.setNotificationSettings({ quiet: null });
    await client.blockUser(bo.did);
    await bo.client.sendMessage(chatId, text('blocked'));
    await say('heard');
    await shown.atLeast(1);
    expect(shown.all.map(({ item }) => item.content.content)).toEqual(['heard']);
  });

  it('does not notify of a group that only a node puts this account into', async () => {
    let tell: ((payload: unknown) => void) | undefined;
    const through = (way: Transport): Transport => ({
      ...way,
      subscribe: (did: string, listener: LiveListener) => {
        tell = listener.event;
        return way.subscribe(did, listener);
      },
    });
    const cy = await join('Cy', { through });
    const shown = shownBy(cy.client);
    const [other, own] = [await groupOf('public'), await groupOf('public', cy.client)];
    const cid = await ada.client.sendMessage(other, text('you are not in this'));
    const [served] = (await directTransport(world.node).request(routes.history(cid, 1))) as object[];
    tell?.({ ...served, messageCategory: 'Chat', messageOrigin: 'other', hasIntent: true, isGroup: true });
    await until(cy.client, ({ groups }) => groups[other]?.standing === 'out');
    await ada.client.sendMessage(own, text('you are in this'));
    await shown.atLeast(1);
    expect(shown.all.map(({ peer }) => peer)).toEqual([own]);
  });
});

describe('a device whose pages are closed, and a group', () => {
  const device = pushDevice();
  let storage: DeviceStorage;

  beforeEach(() => {
    storage = memoryStorage();
  });

  /** What a browser has for its service worker; the push service behind it is the test's. */
  function registration(): PushRegistration {
    const endpoint = 'https://fcm.googleapis.com/fcm/send/cy-phone';
    const current = {
      endpoint,
      toJSON: () => ({ endpoint, keys: { p256dh: device.p256dh, auth: device.auth } }),
      unsubscribe: () => Promise.resolve(true),
    } as Partial<PushSubscription> as PushSubscription;
    const pushManager = { getSubscription: () => Promise.resolve(current), subscribe: () => Promise.resolve(current) };
    return { pushManager: pushManager as unknown as PushManager };
  }

  async function openPage(): Promise<PushChatClient> {
    const worker = registration();
    const client = createPushChat({
      ...{
        signer: world.wallet('Cy'),
        node: world.node,
        keyType: 'curve25519',
        keepUnlocked: 'device',
        storage,
        tabs: {},
      },
      pushRegistration: () => Promise.resolve(worker),
      wait: () => new Promise((resolve) => setImmediate(resolve)),
    });
    client.start();
    await client.unlock();
    return client;
  }

  /** Opens a page, comes into a group, and leaves the device to be woken. */
  async function leaveDevice(kind: Kind, set: (client: PushChatClient, chatId: GroupId) => unknown = () => undefined) {
    const client = await openPage();
    const chatId = await groupOf(kind, client);
    await ada.client.groups.load(chatId);
    await client.groups.load(chatId);
    client.setNotificationSettings({ shown: true, text: true });
    await set(client, chatId);
    await client.turnPush(true);
    client.close();
    return chatId;
  }

  const wake = (place: number, lies: readonly Lie[] = [], waking: Partial<Waking> = {}): Promise<Woken> =>
    receivePush(device.decrypt(services.pushed[place]?.body ?? new Uint8Array()), {
      storage,
      transport: directTransport(lies.length > 0 ? hostileNode(world.node, lies) : world.node),
      now: Date.now(),
      hasPage: false,
      pageHadTime: () => Promise.resolve(),
      ...waking,
    });

  it.each(['public', 'message', 'session'] as const)(
    'is woken for a message, and shows its words and the group’s name (%s)',
    async (kind) => {
      const chatId = await leaveDevice(kind);
      await bo.client.sendMessage(chatId, text('Meet\u202e at nine'));
      await services.atLeast(1);
      const woken = { peer: chatId, body: 'Meet at nine', again: false };
      expect(await wake(0)).toMatchObject({ ...woken, title: expect.stringMatching(/^0x.* · Book club$/) as unknown });
    },
  );

  it('shows the group’s name and no words, until the user wants them', async () => {
    const chatId = await leaveDevice('message', (client) => client.setNotificationSettings({ text: false }));
    await bo.client.sendMessage(chatId, text('Meet at nine'));
    await services.atLeast(1);
    expect(await wake(0)).toMatchObject({ title: 'New message from Book club', body: '' });
  });

  const plain = { title: 'New message from Book club', body: '' };

  it('GR-14 shows no words where somebody came or went since', async () => {
    const chatId = await leaveDevice('message');
    await ada.client.groups.removeMembers(chatId, [bo.did]);
    await ada.client.sendMessage(chatId, text('After'));
    await services.atLeast(1);
    expect(await wake(0)).toMatchObject(plain);
    const client = await openPage();
    await client.groups.load(chatId);
    client.close();
    expect(await wake(0)).toMatchObject({ body: 'After' });
  });

  it('shows no words of whom the account has blocked since', async () => {
    const chatId = await leaveDevice('public');
    await bo.client.sendMessage(chatId, text('Listen to me'));
    await services.atLeast(1);
    const client = await openPage();
    await client.blockUser(bo.did);
    client.close();
    expect(await wake(0)).toMatchObject(plain);
  });

  it('GR-02 shows no words where the node shows another secret, or no acts', async () => {
    const chatId = await leaveDevice('session');
    await bo.client.sendMessage(chatId, text('Before'));
    await services.atLeast(1);
    const secret: Lie = {
      name: 'GR-02',
      answer: (answer, { path }) =>
        path.includes('/encryptedsecret/') ? { encryptedSecret: `${JSON.stringify(answer)}x` } : answer,
    };
    expect(await wake(0, [secret])).toMatchObject(plain);
    const silent: Lie = {
      name: 'no acts',
      response: (response, { path }) =>
        path.includes('/acts') ? new Response('Cannot GET', { status: 404 }) : response,
    };
    expect(await wake(0, [silent])).toMatchObject(plain);
    expect(await wake(0)).toMatchObject({ body: 'Before' });
  });

  it('GR-01 shows no words of somebody whom nobody let in', async () => {
    const chatId = await leaveDevice('public');
    const eve = await join('Eve');
    await ada.client.groups.addMembers(chatId, [eve.did]);
    await eve.client.acceptRequest(chatId);
    await eve.client.sendMessage(chatId, text('one of you'));
    await services.atLeast(1);
    const kept: { total: number } = { total: 0 };
    // A node that hides what was done since this device looked.
    const lie: Lie = {
      name: 'GR-01',
      answer: (answer, { path }) => {
        if (!path.includes('/acts')) return answer;
        const page = answer as { readonly acts: object[]; readonly total: number };
        kept.total = page.total - page.acts.length;
        return { ...page, acts: [], total: kept.total };
      },
    };
    expect(await wake(0, [lie])).toMatchObject(plain);
    expect(kept.total).toBeGreaterThan(0);
  });

  it('is not woken by invitations, receipts and reactions, by whom the account blocks, or by a muted group', async () => {
    const chatId = await leaveDevice('message', async (client) => client.blockUser(bo.did));
    const mine = await ada.client.sendMessage(chatId, text('heard'));
    await services.atLeast(1);
    await ada.client.groups.create({ name: 'Others', members: [parseDid(world.wallet('Cy').address)] });
    await bo.client.sendMessage(chatId, text('blocked'));
    await ada.client.sendMessage(chatId, { type: 'Reaction', content: '👍', reference: mine });
    await ada.client.sendMessage(chatId, { type: 'Receipt', content: 'READ_RECEIPT', reference: mine });
    await ada.client.sendMessage(chatId, text('heard too'));
    await services.atLeast(2);
    expect(await wake(1)).toMatchObject({ body: 'heard too' });

    const client = await openPage();
    client.setMuted(chatId, true);
    await client.turnPush(true);
    client.close();
    await ada.client.sendMessage(chatId, text('muted'));
    const other = await openPage();
    other.setMuted(chatId, false);
    await other.turnPush(true);
    other.close();
    await ada.client.sendMessage(chatId, text('last'));
    await services.atLeast(3);
    expect(await wake(2)).toMatchObject({ body: 'last' });
    expect(services.pushed).toHaveLength(3);
  });
});

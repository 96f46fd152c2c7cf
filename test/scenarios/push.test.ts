import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { createPushChat } from '../../src/client/createPushChat.ts';
import { LOCAL_HOST, directTransport } from '../../src/client/directTransport.ts';
import type { PushChatClient } from '../../src/client/PushChatClient.ts';
import type { PushChatConfig } from '../../src/client/pushChatConfig.ts';
import type { PushRegistration } from '../../src/client/push/pushRegistration.ts';
import { memoryStorage } from '../../src/client/storage/memoryStorage.ts';
import type { DeviceStorage } from '../../src/client/storage/storage.ts';
import { receivePush, type Waking, type Woken } from '../../src/client/worker/receivePush.ts';
import { createPushNode } from '../../src/node/createPushNode.ts';
import { generateVapidKeys, openWebPush } from '../../src/node/push/webPush.ts';
import type { Did } from '../../src/protocol/did.ts';
import { createTestWorld, type TestUser, type TestWorld } from '../../src/testing/testWorld.ts';
import { fakePushService, pushDevice } from '../support/pushService.ts';
import { text, until } from '../support/until.ts';

const ENDPOINT = 'https://fcm.googleapis.com/fcm/send/alice-phone';

let world: TestWorld;
let services: ReturnType<typeof fakePushService>;
let storage: DeviceStorage;
let bob: TestUser;
let subscribed: string[];

const device = pushDevice();

/** What a browser has for its service worker; the push service behind it is the test's. */
function registration(): PushRegistration {
  let current: PushSubscription | null = null;
  const pushManager = {
    getSubscription: () => Promise.resolve(current),
    subscribe: ({ applicationServerKey }: { readonly applicationServerKey: string }) => {
      subscribed.push(applicationServerKey);
      current = {
        endpoint: ENDPOINT,
        toJSON: () => ({ endpoint: ENDPOINT, keys: { p256dh: device.p256dh, auth: device.auth } }),
        unsubscribe: () => {
          current = null;
          return Promise.resolve(true);
        },
      } as Partial<PushSubscription> as PushSubscription;
      return Promise.resolve(current);
    },
  };
  return { pushManager: pushManager as unknown as PushManager };
}

beforeEach(async () => {
  services = fakePushService();
  subscribed = [];
  storage = memoryStorage();
  const keys = await generateVapidKeys();
  const push = await openWebPush({ ...keys, subject: 'mailto:ops@node.test', fetch: services.fetch });
  world = createTestWorld({ node: createPushNode({ push }) });
  bob = await world.join('Bob');
});
afterEach(() => {
  world.close();
});

/** Alice's page, which keeps her keys on the device. */
async function openPage(config: Partial<PushChatConfig> = {}): Promise<{ client: PushChatClient; me: Did }> {
  const worker = registration();
  const client = createPushChat({
    signer: world.wallet('Alice'),
    node: world.node,
    keyType: 'curve25519',
    keepUnlocked: 'device',
    storage,
    tabs: {},
    pushRegistration: () => Promise.resolve(worker),
    wait: () => new Promise((resolve) => setImmediate(resolve)),
    ...config,
  });
  client.start();
  await client.unlock();
  const { session } = client.store.get();
  return { client, me: (session as { did: Did }).did };
}

async function chat(client: PushChatClient, me: Did): Promise<void> {
  await client.sendMessage(bob.did, text('May I?'));
  await until(bob.client, ({ requests }) => requests.items.some(({ peer }) => peer === me));
  await bob.client.acceptRequest(me);
}

/** The push that came at a place, opened as the browser does before it wakes the worker. */
const opened = (place: number): string => device.decrypt(services.pushed[place]?.body ?? new Uint8Array());

const wake = (place: number, waking: Partial<Waking> = {}): Promise<Woken> =>
  receivePush(opened(place), {
    storage,
    transport: directTransport(world.node),
    now: Date.now(),
    hasPage: false,
    pageHadTime: () => Promise.resolve(),
    ...waking,
  });

describe('a device whose pages are closed', () => {
  it('is woken for a message, and shows who wrote and nothing of it, until the user wants that', async () => {
    const { client, me } = await openPage();
    await chat(client, me);
    await client.turnPush(true);
    expect(subscribed).toHaveLength(1);
    client.setNotificationSettings({ shown: true });
    client.close();
    await bob.client.sendMessage(me, text('The gold is under the oak'));
    await services.atLeast(1);
    expect(opened(0)).not.toMatch(/gold/);
    expect(await wake(0)).toMatchObject({
      title: expect.stringMatching(/^New message from 0x/),
      body: '',
      again: false,
    });

    const again = await openPage();
    again.client.setNotificationSettings({ text: true });
    again.client.close();
    await bob.client.sendMessage(me, text('Dig\u202e at noon\n<b>!</b>'));
    await services.atLeast(2);
    expect(await wake(1)).toMatchObject({ body: 'Dig at noon <b>!</b>', again: false });
  });

  it('shows a message once, if a page had shown it before', async () => {
    const { client, me } = await openPage();
    await chat(client, me);
    await client.turnPush(true);
    const heard: string[] = [];
    const told = new Promise<void>((resolve) => {
      client.onNotification(({ item }) => {
        heard.push(item.id);
        resolve();
      });
    });
    await bob.client.sendMessage(me, text('Hello'));
    await Promise.all([told, services.atLeast(1)]);
    expect(await wake(0, { hasPage: true })).toMatchObject({ again: true });
    expect(heard).toHaveLength(1);
    client.close();
  });

  it('is not woken by requests or muted chats, and shows nothing of what was muted since', async () => {
    const { client, me } = await openPage();
    const carol = await world.join('Carol');
    await chat(client, me);
    await client.turnPush(true);
    await carol.client.sendMessage(me, text('You do not know me'));
    await bob.client.sendMessage(me, text('One'));
    await services.atLeast(1);
    client.setMuted(bob.did, true);
    const wasMuted = new Promise<void>((resolve) => {
      const look = (): void => {
        void wake(0, { now: Date.now() }).then((woken) => (woken === 'nothing' ? resolve() : setImmediate(look)));
      };
      look();
    });
    await wasMuted;
    expect(services.pushed).toHaveLength(1);
    client.close();
  });

  it('shows the plain line where a node serves something else, or the device keeps no keys', async () => {
    const { client, me } = await openPage({ keepUnlocked: 'memory' });
    await chat(client, me);
    await client.turnPush(true);
    client.setNotificationSettings({ text: true });
    await bob.client.sendMessage(me, text('Hello'));
    await services.atLeast(1);
    expect(await wake(0)).toMatchObject({ body: '' });
    client.close();

    const other = await openPage();
    await bob.client.sendMessage(me, text('Again'));
    await services.atLeast(2);
    other.client.close();
    const way = directTransport(world.node);
    const lying = {
      ...way,
      request: async (...call: Parameters<typeof way.request>) => {
        const answer = await way.request(...call);
        return call[0].path.includes('conversationhash')
          ? (JSON.parse(JSON.stringify(answer).replace(/"messageContent":"/, '"messageContent":"x')) as unknown)
          : answer;
      },
    };
    expect(await wake(1, { transport: lying })).toMatchObject({ body: '' });
  });

  it('is forgotten when the account logs out, here and on the node', async () => {
    // Nobody waits here for a node that does not answer.
    const { client, me } = await openPage({ wait: () => new Promise(() => undefined) });
    await chat(client, me);
    await client.turnPush(true);
    await bob.client.sendMessage(me, text('Before'));
    await services.atLeast(1);
    await client.logout();
    expect(await wake(0)).toBe('gone');
    await bob.client.sendMessage(me, text('After'));
    const back = await openPage();
    await back.client.turnPush(true);
    await bob.client.sendMessage(me, text('Back'));
    await services.atLeast(2);
    expect(services.pushed).toHaveLength(2);
    back.client.close();
  });

  it('refuses where the node sends no pushes, or the page has no worker', async () => {
    const { client } = await openPage({ pushRegistration: () => Promise.resolve(undefined) });
    await expect(client.turnPush(true)).rejects.toMatchObject({ code: 'NotPermitted' });
    client.close();
    const plain = createTestWorld();
    const page = await openPage({ node: plain.node, storage: memoryStorage() });
    await expect(page.client.turnPush(true)).rejects.toMatchObject({ code: 'NotFound' });
    page.client.close();
    plain.close();
    expect(LOCAL_HOST).toBe('push-node.local');
  });
});

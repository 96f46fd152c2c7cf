import { Wallet } from 'ethers';
import { createPushChat } from '../../../src/client/createPushChat.ts';
import { browserNotifications } from '../../../src/client/notify/browserNotifications.ts';
import type { NotificationChoices } from '../../../src/client/notify/notificationSettings.ts';
import { showNotifications } from '../../../src/client/notify/showNotifications.ts';
import { indexedDbStorage } from '../../../src/client/storage/indexedDbStorage.ts';

/** What a test tells a page to be. */
export interface NotifyPageOptions {
  readonly node: string;
  readonly privateKey: string;
  readonly keepUnlocked?: 'memory' | 'device';
  /** Of the device that the test's push service knows; Chromium itself has none without the internet. */
  readonly device?: { readonly endpoint: string; readonly p256dh: string; readonly auth: string };
}

/** What the page tells the test. */
export interface NotifyPage {
  readonly start: (options: NotifyPageOptions) => Promise<string>;
  readonly send: (to: string, words: string) => Promise<string>;
  readonly set: (choices: Partial<NotificationChoices>) => void;
  readonly choices: () => NotificationChoices;
  readonly turnPush: () => Promise<void>;
  readonly showThread: (peer: string) => void;
  readonly leaveThread: () => void;
  /** Titles and texts of what was shown by this page. */
  readonly shown: readonly string[];
  /** Chats that the user chose to open. */
  readonly opened: readonly string[];
  /** How often this page tried to take care of a message. */
  readonly claims: () => number;
}

const shown: string[] = [];
const opened: string[] = [];

/** The browser’s own, which writes down what it shows. */
const Real = Notification;
class Noted extends Real {
  constructor(title: string, options: NotificationOptions = {}) {
    super(title, options);
    shown.push(`${title}|${options.body ?? ''}`);
  }
}
window.Notification = Noted;

let client: ReturnType<typeof createPushChat> | undefined;
let leave: (() => void) | undefined;
let claims = 0;

const chat = (): ReturnType<typeof createPushChat> => {
  if (!client) throw new Error('Start first.');
  return client;
};

const online = ({ store }: Pick<ReturnType<typeof createPushChat>, 'store'>): Promise<void> =>
  new Promise((resolve) => {
    const check = (): void => {
      if (store.get().connection !== 'online') return;
      stop();
      resolve();
    };
    const stop = store.subscribe(check);
    check();
  });

function registrationOf({ endpoint, p256dh, auth }: NonNullable<NotifyPageOptions['device']>) {
  const subscription = { endpoint, toJSON: () => ({ endpoint, keys: { p256dh, auth } }) };
  const answer = (): Promise<unknown> => Promise.resolve(subscription);
  return { pushManager: { subscribe: answer, getSubscription: answer } as unknown as PushManager };
}

const notifyPage: NotifyPage = {
  start: async ({ node, privateKey, keepUnlocked = 'memory', device }) => {
    const inner = indexedDbStorage();
    const signer = new Wallet(privateKey);
    client = createPushChat({
      ...{ signer, node, keepUnlocked, keyType: 'curve25519' },
      storage: {
        ...inner,
        putIfAbsent: async (key, value) => {
          const standing = await inner.putIfAbsent(key, value);
          if (key.includes('/notified/')) claims += 1;
          return standing;
        },
      },
      ...(device && { pushRegistration: () => Promise.resolve(registrationOf(device)) }),
    });
    client.start();
    await client.unlock();
    showNotifications(client, { platform: browserNotifications(), onOpen: (peer) => opened.push(peer) });
    // What is sent before that is for the worker to tell of.
    await online(client);
    return signer.address;
  },
  send: (to, words) => chat().sendMessage(to, { type: 'Text', content: words }),
  set: (choices) => chat().setNotificationSettings(choices),
  choices: () => chat().notificationSettings.get(),
  turnPush: () => chat().turnPush(true),
  showThread: (peer) => (leave = chat().showThread(peer)),
  leaveThread: () => leave?.(),
  shown,
  opened,
  claims: () => claims,
};
Object.assign(window, { notifyPage });

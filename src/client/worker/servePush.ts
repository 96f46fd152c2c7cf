import { asPushChatError, type PushChatError } from '../../errors.ts';
import type { NotificationTexts } from '../notify/notificationLines.ts';
import { chooseTransport } from '../chooseTransport.ts';
import type { NodeChoice } from '../nodeChoice.ts';
import { indexedDbStorage } from '../storage/indexedDbStorage.ts';
import { receivePush, type WokenNotification } from './receivePush.ts';

/** A page as its service worker sees it. */
export interface PageOfWorker {
  readonly visibilityState: DocumentVisibilityState;
  readonly focus: () => Promise<unknown>;
  readonly postMessage: (message: unknown) => void;
}

/** What a service worker stands on: those parts of its global scope that TypeScript keeps apart from a page's. */
export interface WorkerScope {
  readonly registration: Pick<ServiceWorkerRegistration, 'pushManager' | 'scope' | 'showNotification'>;
  readonly clients: {
    readonly matchAll: (options: {
      readonly type: 'window';
      readonly includeUncontrolled: boolean;
    }) => Promise<readonly PageOfWorker[]>;
    readonly openWindow: (url: string) => Promise<unknown>;
  };
  readonly addEventListener: <Name extends keyof WorkerEvents>(
    name: Name,
    listener: (event: WorkerEvents[Name]) => void,
  ) => void;
}

export interface WorkerEvents {
  readonly push: Waited & { readonly data: { readonly text: () => string } | null };
  readonly notificationclick: Waited & { readonly notification: Pick<Notification, 'data' | 'close'> };
}

interface Waited {
  readonly waitUntil: (work: Promise<unknown>) => void;
}

export interface ServePushOptions extends Pick<NodeChoice, 'node' | 'env'> {
  /** The page that is opened for a chat, when none is open. @default the scope of the service worker */
  readonly urlOf?: ((peer: string) => string) | undefined;
  /** What notifications say. @default English */
  readonly texts?: NotificationTexts | undefined;
  readonly warn?: ((error: PushChatError) => void) | undefined;
}

/** What pages are told when the user chooses a notification. */
export interface OpenChat {
  readonly pushChat: { readonly open: string };
}

/** A page that is open shows a message within this time, if it does. */
const PAGE_MS = 1_500;

interface ShownOptions extends NotificationOptions {
  readonly renotify: boolean;
}

/**
 * Shows messages while no page is open: call it once in your service worker, at its top. It listens for pushes and for
 * notifications that the user chooses, and leaves those of others alone.
 * @param scope the worker's global scope
 * @throws {PushChatError} `InvalidConfig`
 * @example servePush({ node: 'https://node.example.org', urlOf: (peer) => `/chat/${peer}` });
 */
export function servePush(
  { urlOf, texts, warn, ...choice }: ServePushOptions,
  scope = globalThis as unknown as WorkerScope,
): void {
  const transport = chooseTransport(choice);
  const storage = indexedDbStorage();
  const { registration, clients } = scope;

  const receive = async (text: string): Promise<void> => {
    const pages = await clients.matchAll({ type: 'window', includeUncontrolled: true });
    const woken = await receivePush(text, {
      ...{ storage, transport, texts, warn },
      now: Date.now(),
      hasPage: pages.length > 0,
      pageHadTime: () => new Promise((resolve) => setTimeout(resolve, PAGE_MS)),
    });
    if (woken === 'gone') await (await registration.pushManager.getSubscription())?.unsubscribe();
    if (typeof woken === 'string') return;
    const isSeen = pages.some(({ visibilityState }) => visibilityState === 'visible');
    // Browsers let a visible page do as it likes; otherwise every push must show something.
    if (!(woken.again && isSeen)) await show(woken);
  };
  const show = ({ title, body, tag, peer, again }: WokenNotification): Promise<void> => {
    const options: ShownOptions = { body, tag, renotify: !again, silent: again, data: { pushChat: { peer } } };
    return registration.showNotification(title, options);
  };
  const open = async (peer: string): Promise<void> => {
    const [page] = await clients.matchAll({ type: 'window', includeUncontrolled: true });
    if (!page) {
      await clients.openWindow(urlOf?.(peer) ?? registration.scope);
      return;
    }
    // It may not be brought forward; the chat opens in it all the same.
    await page.focus().catch(() => undefined);
    page.postMessage({ pushChat: { open: peer } } satisfies OpenChat);
  };

  scope.addEventListener('push', (event) => {
    const text = event.data?.text() ?? '';
    event.waitUntil(receive(text).catch((error: unknown) => warn?.(asPushChatError(error))));
  });
  scope.addEventListener('notificationclick', (event) => {
    const { notification } = event;
    const { pushChat } = (notification.data ?? {}) as { readonly pushChat?: { readonly peer?: string } };
    if (pushChat?.peer === undefined) return;
    notification.close();
    event.waitUntil(open(pushChat.peer));
  });
}

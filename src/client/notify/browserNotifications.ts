import type { NotificationLines } from './notificationLines.ts';
import { playChime } from './playChime.ts';

/** Whether this page may show notifications; `unsupported` where there is no such thing, as in a frame. */
export type NotificationPermit = NotificationPermission | 'unsupported';

/** One notification as it is to be shown. */
export interface ShownNotification extends NotificationLines {
  readonly tag: string;
  /** Whose chat it opens, in the words of the page that shows it. */
  readonly peer: string;
}

/** How a device shows notifications. */
export interface NotificationPlatform {
  readonly permit: () => NotificationPermit;
  /** Asks the user; browsers want that from a gesture only. */
  readonly ask: () => Promise<NotificationPermit>;
  /** @param open is called when the user chooses it */
  readonly show: (shown: ShownNotification, open: () => void) => Promise<void>;
  readonly chime: () => void;
  /** Hears whose chat the user chose in a notification of the service worker. @returns how to listen no more */
  readonly onChosen?: (listener: (peer: string) => void) => () => void;
}

/** The page's own service worker tells it (`push-chat-kit/service-worker`). */
function hearWorker(listener: (peer: string) => void): () => void {
  // Absent outside of secure pages, whatever TypeScript says.
  const worker = (navigator as Partial<Navigator>).serviceWorker;
  const hear = ({ data }: MessageEvent<unknown>): void => {
    const { pushChat } = (data ?? {}) as { readonly pushChat?: { readonly open?: unknown } };
    if (typeof pushChat?.open === 'string') listener(pushChat.open);
  };
  worker?.addEventListener('message', hear);
  return () => worker?.removeEventListener('message', hear);
}

/** What newer browsers know beside what TypeScript does. */
interface Options extends NotificationOptions {
  readonly renotify: boolean;
}

/**
 * Notifications of the browser that the page runs in. On Android pages cannot show any by themselves: their service
 * worker does it for them, where there is one.
 */
export function browserNotifications(): NotificationPlatform {
  const permit = (): NotificationPermit =>
    typeof Notification === 'undefined' ? 'unsupported' : Notification.permission;
  return {
    permit,
    ask: async () => (typeof Notification === 'undefined' ? 'unsupported' : Notification.requestPermission()),
    show: async ({ title, body, tag, peer }, open) => {
      // The sound is our own, so that the user can choose.
      const options: Options = { body, tag, renotify: true, silent: true, data: { pushChat: { peer } } };
      try {
        const notification = new Notification(title, options);
        notification.onclick = () => {
          window.focus();
          notification.close();
          open();
        };
      } catch {
        const registration = await navigator.serviceWorker.getRegistration();
        await registration?.showNotification(title, options);
      }
    },
    chime: playChime,
    onChosen: hearWorker,
  };
}

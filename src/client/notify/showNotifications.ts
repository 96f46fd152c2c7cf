import { asPushChatError, type PushChatError } from '../../errors.ts';
import { isGroupId, isPeer, parsePeer, type Peer } from '../../protocol/peer.ts';
import type { PushChatClient } from '../PushChatClient.ts';
import { browserNotifications, type NotificationPlatform } from './browserNotifications.ts';
import { notificationLines, type NotificationLines, type NotificationTexts } from './notificationLines.ts';
import type { MessageNotification } from './messageNotification.ts';

export interface NotificationOptions {
  /** Hears of each message that the user is to be notified of, with the lines that are shown for it. */
  readonly onNotify?: ((notification: MessageNotification & NotificationLines) => void) | undefined;
  /** The user chose a notification: show this chat. */
  readonly onOpen?: ((peer: Peer) => void) | undefined;
  /**
   * A name for an account that the page vouches for, such as one of ENS that leads back to it; and for a group, if the page
   * has another than its own. @default an account's address, a group's name as its admins signed it
   */
  readonly nameOf?: ((peer: Peer) => Promise<string | null>) | undefined;
  /** @default English */
  readonly texts?: NotificationTexts | undefined;
  /** @default the browser's */
  readonly platform?: NotificationPlatform | undefined;
  readonly warn?: ((error: PushChatError) => void) | undefined;
}

/**
 * Shows the user notifications of messages as they want them, until the returned stop is called. It asks for nothing:
 * `platform.ask()` from a gesture does, and `client.setNotificationSettings({ shown: true })`.
 * @example const stop = showNotifications(chat, { onOpen: (peer) => router.go(`/chat/${peer}`) });
 */
export function showNotifications(
  client: Pick<PushChatClient, 'onNotification'>,
  options: NotificationOptions = {},
): () => void {
  const { onNotify, onOpen, nameOf, texts, platform = browserNotifications(), warn } = options;
  const show = async (notification: MessageNotification): Promise<void> => {
    const { peer, item, tag, settings } = notification;
    const named = async (one: Peer | undefined): Promise<string | null> =>
      one === undefined ? null : ((await nameOf?.(one).catch(() => null)) ?? null);
    const [name, senderName] = await Promise.all([named(peer), named(isGroupId(peer) ? item.sender : undefined)]);
    const lines = notificationLines(notification, { name, senderName, ...(texts && { texts }) });
    onNotify?.({ ...notification, ...lines });
    if (settings.sound) platform.chime();
    if (!settings.shown || platform.permit() !== 'granted') return;
    await platform.show({ ...lines, tag, peer }, () => onOpen?.(peer));
  };
  const stop = client.onNotification((notification) => {
    show(notification).catch((error: unknown) => warn?.(asPushChatError(error)));
  });
  const stopWorker = platform.onChosen?.((peer) => {
    if (isPeer(peer)) onOpen?.(parsePeer(peer));
  });
  return () => {
    stop();
    stopWorker?.();
  };
}

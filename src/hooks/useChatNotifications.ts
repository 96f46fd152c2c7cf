import { useEffect, useRef } from 'react';
import type { NotificationOptions } from '../client/notify/showNotifications.ts';
import { usePushChat } from './usePushChat.ts';

/**
 * Shows notifications of messages as the user wants them, while mounted. Nothing is asked, and nothing is shown before the
 * user has said so (`useNotificationSettings`). What shows them is loaded here.
 * @example useChatNotifications({ onOpen: (peer) => navigate(`/chat/${peer}`) });
 */
export function useChatNotifications(options: NotificationOptions = {}): void {
  const client = usePushChat();
  // Pages pass new functions with each render, which is no reason to begin anew.
  const latest = useRef(options);
  useEffect(() => {
    latest.current = options;
  });
  const { platform, texts } = options;
  useEffect(() => {
    let stop: (() => void) | undefined;
    let isOver = false;
    const begin = async (): Promise<void> => {
      const { showNotifications } = await import('../client/notify/showNotifications.ts');
      if (isOver) return;
      stop = showNotifications(client, {
        onNotify: (notification) => latest.current.onNotify?.(notification),
        onOpen: (peer) => latest.current.onOpen?.(peer),
        nameOf: async (peer) => (await latest.current.nameOf?.(peer)) ?? null,
        warn: (error) => latest.current.warn?.(error),
        texts,
        platform,
      });
    };
    // Without its connection a page has nothing to notify of.
    begin().catch(() => undefined);
    return () => {
      isOver = true;
      stop?.();
    };
  }, [client, platform, texts]);
}

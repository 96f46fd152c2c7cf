import { useEffect } from 'react';
import type { BadgeOptions } from '../client/notify/badgePage.ts';
import { usePushChat } from './usePushChat.ts';

/**
 * Shows how many chats have something unread in the page's title and icon, while mounted: opt-in, since it touches what is
 * the page's own.
 * @example usePageBadge({ icon: false });
 */
export function usePageBadge({ title, icon, document }: BadgeOptions = {}): void {
  const client = usePushChat();
  useEffect(() => {
    if (title === false && icon === false) return;
    let stop: (() => void) | undefined;
    let isOver = false;
    const begin = async (): Promise<void> => {
      const { badgePage } = await import('../client/notify/badgePage.ts');
      if (!isOver) stop = badgePage(client, { ...{ title, icon }, ...(document && { document }) });
    };
    begin().catch(() => undefined);
    return () => {
      isOver = true;
      stop?.();
    };
  }, [client, title, icon, document]);
}

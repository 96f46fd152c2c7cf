import { useCallback, useMemo, type ReactNode } from 'react';
import type { BadgeOptions } from '../../client/notify/badgePage.ts';
import type { NotificationOptions } from '../../client/notify/showNotifications.ts';
import { useChatNotifications } from '../../hooks/useChatNotifications.ts';
import { usePageBadge } from '../../hooks/usePageBadge.ts';
import { isGroupId, type Peer } from '../../protocol/peer.ts';
import { personOf, useNames } from '../people/NamesProvider.tsx';
import { NotificationsContext } from './notificationsContext.ts';
import { useNotificationTexts } from './useNotificationTexts.ts';

export interface NotificationsProviderProps extends Pick<NotificationOptions, 'onNotify' | 'onOpen' | 'platform'> {
  /** Shows in the page's own title and icon how many chats have something unread. @default neither */
  readonly badge?: boolean | BadgeOptions | undefined;
  /**
   * Offers to wake the device while no page is open: for pages that have registered `push-chat-kit/service-worker`, with a
   * node that sends pushes. @default false
   */
  readonly push?: boolean | undefined;
  readonly children?: ReactNode;
}

const BOTH: BadgeOptions = {};
const NEITHER: BadgeOptions = { title: false, icon: false };

/**
 * Notifies the user of messages in accepted chats, as they want it, and gives the components in it the way to say so: in
 * the account's menu, and for each chat. Nobody is asked for anything before they turn notifications on.
 * @example <NotificationsProvider onOpen={setPeer}><ChatInbox peer={peer} onPeerChange={setPeer} /></NotificationsProvider>
 */
export function NotificationsProvider({
  onNotify,
  onOpen,
  platform,
  badge = false,
  push = false,
  children,
}: NotificationsProviderProps): ReactNode {
  const names = useNames();
  const nameOf = useCallback(
    async (peer: Peer) => (names && !isGroupId(peer) ? (await personOf(names, peer)).name : null),
    [names],
  );
  useChatNotifications({ onNotify, onOpen, platform, nameOf, texts: useNotificationTexts() });
  usePageBadge(typeof badge === 'object' ? badge : badge ? BOTH : NEITHER);
  const view = useMemo(() => ({ platform, push }), [platform, push]);
  return <NotificationsContext.Provider value={view}>{children}</NotificationsContext.Provider>;
}

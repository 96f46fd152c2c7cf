import { createContext } from 'react';
import type { NotificationPlatform } from '../../client/notify/browserNotifications.ts';

/** Null where the page offers no notifications. */
export const NotificationsContext = /* @__PURE__ */ createContext<{
  readonly platform: NotificationPlatform | undefined;
} | null>(null);

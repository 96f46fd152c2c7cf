import { createContext } from 'react';
import type { NotificationPlatform } from '../../client/notify/browserNotifications.ts';

/** Null where the page offers no notifications. */
export const NotificationsContext = /* @__PURE__ */ createContext<{
  readonly platform: NotificationPlatform | undefined;
  /** Whether the page has a service worker that can be woken. */
  readonly push: boolean;
} | null>(null);

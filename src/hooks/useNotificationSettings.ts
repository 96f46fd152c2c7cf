import { useCallback, useEffect, useState, useSyncExternalStore } from 'react';
import type { NotificationPermit, NotificationPlatform } from '../client/notify/browserNotifications.ts';
import type { NotificationChoices } from '../client/notify/notificationSettings.ts';
import { usePushChat } from './usePushChat.ts';

/** How the user wants to be notified, and whether the browser lets this page. */
export interface NotificationSettingsView {
  readonly settings: NotificationChoices;
  readonly change: (changes: Partial<NotificationChoices>) => void;
  readonly permit: NotificationPermit;
  /** Has notifications shown, and asks the browser's leave where it has not been asked. Call it from a gesture. */
  readonly turnOn: () => Promise<void>;
  /** Makes the sound once. */
  readonly chime: () => void;
}

/** @param platform how this device shows notifications. @default the browser's */
export function useNotificationSettings(platform?: NotificationPlatform): NotificationSettingsView {
  const { notificationSettings: store, setNotificationSettings: change } = usePushChat();
  const settings = useSyncExternalStore(store.subscribe, store.get, store.get);
  const [device, setDevice] = useState(platform);
  const [permit, setPermit] = useState<NotificationPermit>(() => platform?.permit() ?? 'default');
  useEffect(() => {
    let isOver = false;
    const find = async (): Promise<void> => {
      const found = platform ?? (await import('../client/notify/browserNotifications.ts')).browserNotifications();
      if (isOver) return;
      setDevice(found);
      setPermit(found.permit());
    };
    find().catch(() => undefined);
    return () => {
      isOver = true;
    };
  }, [platform]);
  const turnOn = useCallback(async () => {
    const now = device?.permit() === 'default' ? await device.ask() : device?.permit();
    setPermit(now ?? 'unsupported');
    if (now === 'granted') change({ shown: true });
  }, [device, change]);
  return { settings, change, permit, turnOn, chime: useCallback(() => device?.chime(), [device]) };
}

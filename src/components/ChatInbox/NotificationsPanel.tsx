import type { ReactNode } from 'react';
import { LateNotificationSettings } from '../notifications/NotificationSettings.tsx';
import { useText } from '../text/useText.ts';
import { SidePanel } from './SidePanel.tsx';

/** Where the user says how they want to be notified. */
export function NotificationsPanel({ close }: { readonly close: () => void }): ReactNode {
  const { t } = useText();
  return (
    <SidePanel title={t('account.notifications')} close={close}>
      <LateNotificationSettings />
    </SidePanel>
  );
}

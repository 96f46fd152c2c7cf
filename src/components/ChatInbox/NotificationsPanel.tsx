import type { ReactNode } from 'react';
import { late } from '../shared/late.tsx';
import { useText } from '../text/useText.ts';
import { SidePanel } from './SidePanel.tsx';

const LateSettings = late(async () => (await import('../notifications/NotificationSettings.tsx')).NotificationSettings);

/** Where the user says how they want to be notified. */
export function NotificationsPanel({ close }: { readonly close: () => void }): ReactNode {
  const { t } = useText();
  return (
    <SidePanel title={t('account.notifications')} close={close}>
      <LateSettings />
    </SidePanel>
  );
}

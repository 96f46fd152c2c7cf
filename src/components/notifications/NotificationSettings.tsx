import { forwardRef, type ReactNode } from 'react';
import { styled } from 'styled-components';
import { late } from '../shared/late.tsx';
import { ThemeFrame, type ThemeRootProps } from '../theme/ThemeRoot.tsx';

const LateForm = late(async () => (await import('./NotificationSettingsForm.tsx')).NotificationSettingsForm);

/** The same inside of another component. */
export const LateNotificationSettings = (): ReactNode => <LateForm />;

export type NotificationSettingsProps = Omit<ThemeRootProps, 'children'>;

/**
 * How the user wants to be notified: whether, with a sound, with the words, and when not. It stands in the account's menu
 * too, inside a `NotificationsProvider`.
 * @example <NotificationSettings />
 */
export const NotificationSettings = forwardRef<HTMLDivElement, NotificationSettingsProps>(function NotificationSettings(
  { theme, ...props },
  ref,
) {
  return (
    <Root ref={ref} look={theme} {...props} partName="notificationSettings">
      <LateForm />
    </Root>
  );
});

const Root = styled(ThemeFrame)`
  padding: 16px;
  background: var(--pc-color-surface);
`;

import type { ReactNode } from 'react';
import type { ErrorCode, PushChatError } from '../../errors.ts';
import { Icon, type IconName } from '../shared/Icon.tsx';
import { Tile } from '../shared/Placeholder.tsx';
import type { TextKey } from '../text/locale.ts';
import { useErrorText } from '../text/useErrorText.ts';
import { useText } from '../text/useText.ts';
import { Lead, Title } from './headings.ts';

interface Failure {
  readonly title: TextKey;
  readonly icon: IconName;
}

/** What meets many users, and what each can do about it. */
const KNOWN: Partial<Readonly<Record<ErrorCode, Failure>>> = {
  HostRefused: { title: 'unlock.refused.title', icon: 'lock' },
  NetworkTimeout: { title: 'connection.offline', icon: 'offline' },
  NetworkUnavailable: { title: 'connection.offline', icon: 'offline' },
  WalletChanged: { title: 'unlock.changed.title', icon: 'alert' },
  WalletNonDeterministic: { title: 'unlock.unrepeatable.title', icon: 'shieldAlert' },
  WalletRejected: { title: 'unlock.refused.title', icon: 'lock' },
  WalletTimeout: { title: 'unlock.silent.title', icon: 'clock' },
  WalletUnsupported: { title: 'unlock.contract.title', icon: 'shieldAlert' },
};
const OTHER: Failure = { title: 'unlock.failed.title', icon: 'alert' };

/** Why chat is still locked, and what to do: read out at once. */
export function UnlockFailure({ error }: { readonly error: PushChatError }): ReactNode {
  const { t } = useText();
  const { title, icon } = KNOWN[error.code] ?? OTHER;
  const reason = useErrorText(error);
  return (
    <div role="alert">
      <Tile data-tone={title === 'unlock.refused.title' ? 'plain' : 'warning'}>
        <Icon name={icon} size={24} />
      </Tile>
      <Title>{t(title)}</Title>
      <Lead>{reason}</Lead>
    </div>
  );
}

import { useContext, useState, type ReactNode } from 'react';
import { styled } from 'styled-components';
import { usePushChat } from '../../hooks/usePushChat.ts';
import { useSession } from '../../hooks/useSession.ts';
import type { Did } from '../../protocol/did.ts';
import { NotificationsContext } from '../notifications/notificationsContext.ts';
import { useAccount } from '../people/useAccount.ts';
import { usePart } from '../parts/usePart.ts';
import { Avatar } from '../shared/Avatar.tsx';
import { Icon } from '../shared/Icon.tsx';
import { Menu } from '../shared/Menu.tsx';
import { useText } from '../text/useText.ts';

export interface AccountBarProps {
  readonly did: Did;
  readonly show: (view: 'blocked' | 'logout' | 'notifications') => void;
}

/** Who the user is here, and what they can do about it. */
export function AccountBar({ did, show }: AccountBarProps): ReactNode {
  const { lock, forgetKeys } = usePushChat();
  const { session, asksToKeep } = useSession();
  const kept = asksToKeep && session.status === 'ready' && session.kept === true;
  const { name, picture } = useAccount(did);
  const { t } = useText();
  const offered = useContext(NotificationsContext);
  const [open, setOpen] = useState(false);
  const part = usePart('account', {});
  return (
    <Root {...part}>
      <Avatar did={did} picture={picture} size={32} />
      <div>
        <b title={did}>
          <bdi>{name}</bdi>
        </b>
        <span>
          <Icon name="lockOpen" size={12} />
          {t('account.unlocked')}
        </span>
      </div>
      <Menu
        label={t('account.options')}
        open={open}
        setOpen={setOpen}
        items={[
          ...(offered
            ? [
                {
                  id: 'notifications',
                  label: t('account.notifications'),
                  icon: 'bell' as const,
                  run: () => show('notifications'),
                },
              ]
            : []),
          { id: 'blocked', label: t('blockList.title'), icon: 'block', run: () => show('blocked') },
          ...(kept
            ? [{ id: 'forget', label: t('account.forget'), icon: 'key' as const, run: () => void forgetKeys() }]
            : []),
          { id: 'lock', label: t('account.lock'), icon: 'lock', run: lock },
          { id: 'logout', label: t('account.logout'), icon: 'logout', danger: true, run: () => show('logout') },
        ]}
      />
    </Root>
  );
}

const Root = styled.div`
  flex: none;
  display: flex;
  align-items: center;
  gap: 11px;
  padding: 10px 10px 10px 16px;
  border-top: 1px solid var(--pc-color-line);
  font-size: var(--pc-text-xs);
  line-height: 16px;

  & > div:not([role]) {
    flex: 1;
    min-width: 0;
  }
  & b {
    display: block;
    overflow: hidden;
    font-size: var(--pc-text-base);
    font-weight: 600;
    line-height: 18px;
    text-overflow: ellipsis;
    white-space: nowrap;
  }
  & > div > span {
    display: flex;
    align-items: center;
    gap: 4px;
    color: var(--pc-color-text-muted);
  }
`;

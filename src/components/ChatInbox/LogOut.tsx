import type { ReactNode } from 'react';
import { usePushChat } from '../../hooks/usePushChat.ts';
import { useAction } from '../../hooks/useAction.ts';
import { Button } from '../shared/Button.tsx';
import { ErrorNote } from '../shared/ErrorNote.tsx';
import { useText } from '../text/useText.ts';
import { SidePanel } from './SidePanel.tsx';

/** Says what logging out takes away, before it does. */
export function LogOut({ close }: { readonly close: () => void }): ReactNode {
  const { t } = useText();
  const [state, logout] = useAction(usePushChat().logout);
  return (
    <SidePanel title={t('account.logout')} close={close}>
      <p>{t('account.logout.text')}</p>
      {state.status === 'failed' && <ErrorNote error={state.error} />}
      <Button tone="danger" size="large" busy={state.status === 'pending'} onClick={() => void logout()}>
        {t('account.logout')}
      </Button>
      <Button size="large" onClick={close}>
        {t('action.cancel')}
      </Button>
    </SidePanel>
  );
}

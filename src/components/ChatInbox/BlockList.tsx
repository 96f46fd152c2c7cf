import type { ReactNode } from 'react';
import { styled } from 'styled-components';
import { useRequestActions } from '../../hooks/useRequestActions.ts';
import { useStore } from '../../hooks/useStore.ts';
import { addressOf, type Did } from '../../protocol/did.ts';
import { Avatar } from '../shared/Avatar.tsx';
import { Button } from '../shared/Button.tsx';
import { ErrorNote } from '../shared/ErrorNote.tsx';
import { useText } from '../text/useText.ts';
import { SidePanel } from './SidePanel.tsx';

/** Whom the user has blocked, and the way back. Names are not shown: only the address says who it is. */
export function BlockList({ close }: { readonly close: () => void }): ReactNode {
  const { t } = useText();
  const blocked = useStore((state) => state.blocked);
  return (
    <SidePanel title={t('blockList.title')} close={close}>
      <p>{t(blocked.length === 0 ? 'blockList.empty' : 'blocked.text')}</p>
      <Rows>
        {blocked.map((did) => (
          <BlockedAccount key={did} did={did} />
        ))}
      </Rows>
    </SidePanel>
  );
}

function BlockedAccount({ did }: { readonly did: Did }): ReactNode {
  const { t } = useText();
  const { unblock, pending, error } = useRequestActions(did);
  const address = addressOf(did) ?? did;
  return (
    <li>
      <Avatar did={did} size={32} />
      <code>{address}</code>
      <Button
        size="small"
        busy={pending === 'unblock'}
        aria-label={t('blockList.unblock', { address })}
        onClick={() => void unblock()}
      >
        {t('action.unblock')}
      </Button>
      {error && <ErrorNote error={error} />}
    </li>
  );
}

const Rows = styled.ul`
  display: grid;
  gap: 12px;
  margin: 0;
  padding: 0;
  list-style: none;

  & > li {
    display: grid;
    grid-template-columns: 32px minmax(0, 1fr) auto;
    align-items: center;
    gap: 12px;
  }
  & > li > [role='alert'] {
    grid-column: 1 / -1;
  }
  & code {
    color: var(--pc-color-text);
    font: 400 var(--pc-text-xs) / 16px var(--pc-font-mono);
    overflow-wrap: anywhere;
  }
`;

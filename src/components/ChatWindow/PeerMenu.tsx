import { useState, type ReactNode } from 'react';
import { styled } from 'styled-components';
import { usePushChat } from '../../hooks/usePushChat.ts';
import { useReadReceipts } from '../../hooks/useReadReceipts.ts';
import { useRemoved } from '../../hooks/useRemoved.ts';
import { useRequestActions } from '../../hooks/useRequestActions.ts';
import { useMuteItem } from '../notifications/useMuteItem.ts';
import { isGroupId } from '../../protocol/peer.ts';
import { ErrorNote } from '../shared/ErrorNote.tsx';
import { Menu, type MenuItem } from '../shared/Menu.tsx';
import { useText } from '../text/useText.ts';
import { useChatWindow } from './chatWindowContext.ts';

/** What else can be done about the peer. */
export function PeerMenu(): ReactNode {
  const { peer, thread, setPanel } = useChatWindow();
  const { t } = useText();
  const { block, unblock, error } = useRequestActions(peer);
  const [open, setOpen] = useState(false);
  const { removeMessage } = usePushChat();
  const receipts = useReadReceipts(peer);
  const mute = useMuteItem(peer);
  const isRemoved = useRemoved();
  const gone = thread?.items.filter(isRemoved) ?? [];
  const restore = (): void => gone.forEach((item) => removeMessage(item, false));
  const blocked = thread?.relation === 'blocked';
  const isGroup = isGroupId(peer);
  const items: MenuItem[] = [];
  if (!isGroup)
    items.push({
      id: 'safety',
      label: t('safety.title'),
      icon: 'shieldCheck',
      run: () => setPanel({ kind: 'safety' }),
    });
  if (gone.length > 0)
    items.push({ id: 'restore', label: t('peer.restore', { count: gone.length }), icon: 'undo', run: restore });
  if (receipts.offered)
    items.push({
      id: 'receipts',
      label: t(receipts.told ? 'peer.receipts.end' : 'peer.receipts.begin'),
      icon: 'checks',
      run: () => receipts.tell(!receipts.told),
    });
  items.push(...mute);
  if (!isGroup)
    items.push({
      id: 'block',
      label: t(blocked ? 'action.unblock' : 'action.block'),
      icon: 'block',
      danger: !blocked,
      run: () => void (blocked ? unblock() : block()),
    });
  if (items.length === 0) return null;
  return (
    <Root>
      <Menu label={t('peer.options')} open={open} setOpen={setOpen} items={items} />
      {error && !open && (
        <Failure>
          <ErrorNote error={error} />
        </Failure>
      )}
    </Root>
  );
}

const Root = styled.div`
  position: relative;
`;

const Failure = styled.div`
  position: absolute;
  inset-inline-end: 0;
  inset-block-start: calc(100% + 4px);
  width: max-content;
  max-width: 260px;
  border-radius: var(--pc-radius-sm);
  background: var(--pc-color-surface);
  box-shadow: var(--pc-shadow-2);
`;

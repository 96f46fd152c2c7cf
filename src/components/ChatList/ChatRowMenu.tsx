import { useState, type ReactNode } from 'react';
import { styled } from 'styled-components';
import type { ChatSummary } from '../../client/state.ts';
import { usePushChat } from '../../hooks/usePushChat.ts';
import { useRequestActions } from '../../hooks/useRequestActions.ts';
import { addressOf } from '../../protocol/did.ts';
import { useMuteItem } from '../notifications/useMuteItem.ts';
import { isGroupId } from '../../protocol/peer.ts';
import { copyText } from '../shared/copyText.ts';
import { ErrorNote } from '../shared/ErrorNote.tsx';
import { Menu, type MenuItem } from '../shared/Menu.tsx';
import { useText } from '../text/useText.ts';

/** What can be done with a chat without opening it; also by a right click on its row, or by a finger that rests there. */
export function ChatRowMenu({ chat: { peer, unread } }: { readonly chat: ChatSummary }): ReactNode {
  const { markRead } = usePushChat();
  const { block, error } = useRequestActions(peer);
  const { t } = useText();
  const [open, setOpen] = useState(false);
  const items: MenuItem[] = [
    {
      id: 'copy',
      label: t('onChain.copyAddress'),
      icon: 'copy',
      run: () => void copyText((isGroupId(peer) ? undefined : addressOf(peer)) ?? peer),
    },
    ...useMuteItem(peer),
  ];
  if (!isGroupId(peer)) {
    items.push({ id: 'block', label: t('action.block'), icon: 'block', danger: true, run: () => void block() });
  }
  if (unread > 0) {
    items.unshift({ id: 'read', label: t('chats.markRead'), icon: 'checks', run: () => markRead(peer) });
  }
  return (
    <>
      <Beside data-open={open || undefined}>
        <Menu label={t('peer.options')} open={open} setOpen={setOpen} items={items} />
      </Beside>
      {error && !open && <ErrorNote error={error} />}
    </>
  );
}

const Beside = styled.span`
  position: absolute;
  inset-inline-end: 6px;
  inset-block: 0;
  display: grid;
  align-content: center;
  opacity: 0;
  pointer-events: none;

  li:is(:hover, :focus-within) > &,
  &[data-open] {
    opacity: 1;
    pointer-events: auto;
  }
`;

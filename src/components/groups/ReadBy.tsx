import { useEffect, useRef, type ReactNode } from 'react';
import { styled } from 'styled-components';
import type { ThreadItem } from '../../client/state.ts';
import { Delivery } from '../ChatBubble/BubbleStatus.tsx';
import { useChatWindow } from '../ChatWindow/chatWindowContext.ts';
import { Icon } from '../shared/Icon.tsx';
import { useLateText } from '../text/useLateText.ts';
import { useReaders } from './readersOf.ts';

/** How many say to have read a message of this account, and the way to who they are. */
export function ReadBy({ item }: { readonly item: ThreadItem }): ReactNode {
  const { panel, setPanel } = useChatWindow();
  const t = useLateText();
  const { length: count } = useReaders(item);
  const open = panel?.kind === 'readers' && panel.id === item.id;
  const button = useRef<HTMLButtonElement>(null);
  const wasOpen = useRef(false);
  useEffect(() => {
    // Whoever closes the panel is back where they came from.
    if (wasOpen.current && panel === null) button.current?.focus();
    wasOpen.current = open;
  }, [open, panel]);
  if (count === 0) return <Delivery delivery="sent" />;
  return (
    <Opener
      ref={button}
      type="button"
      data-delivery="read"
      aria-expanded={open}
      onClick={() => setPanel({ kind: 'readers', id: item.id })}
    >
      <Icon name="checks" size={14} />
      {t('bubble.readBy', { count })}
    </Opener>
  );
}

const Opener = styled.button`
  display: inline-flex;
  align-items: center;
  gap: 4px;
  /* Larger to hit than it looks, and no higher than the line. */
  margin: -4px;
  padding: 4px;
  border: 0;
  border-radius: 6px;
  background: none;
  color: var(--pc-color-accent-text);
  font: inherit;
  cursor: pointer;

  &:hover {
    text-decoration: underline;
  }
`;

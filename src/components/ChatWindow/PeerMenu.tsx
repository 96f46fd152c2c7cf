import { useEffect, useRef, useState, type FocusEvent, type KeyboardEvent, type ReactNode } from 'react';
import { styled } from 'styled-components';
import { useRequestActions } from '../../hooks/useRequestActions.ts';
import { ErrorNote } from '../shared/ErrorNote.tsx';
import { Icon } from '../shared/Icon.tsx';
import { IconButton } from '../shared/IconButton.tsx';
import { useChatWindow } from './chatWindowContext.ts';
import { useText } from '../text/useText.ts';

/** What else can be done about the peer. */
export function PeerMenu(): ReactNode {
  const { peer, thread } = useChatWindow();
  const { block, unblock, error } = useRequestActions(peer);
  const { t } = useText();
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const blocked = thread?.relation === 'blocked';

  useEffect(() => {
    const element = root.current;
    if (!open || !element) return;
    element.querySelector<HTMLElement>('[role="menuitem"]')?.focus();
    const closeFromOutside = (event: PointerEvent): void => {
      if (!event.composedPath().includes(element)) setOpen(false);
    };
    const page = element.ownerDocument;
    page.addEventListener('pointerdown', closeFromOutside);
    return () => {
      page.removeEventListener('pointerdown', closeFromOutside);
    };
  }, [open]);

  const close = (): void => {
    setOpen(false);
    root.current?.querySelector('button')?.focus();
  };
  const choose = (): void => {
    close();
    void (blocked ? unblock() : block());
  };
  const closeByKey = (event: KeyboardEvent): void => {
    if (!open || event.key !== 'Escape') return;
    event.stopPropagation();
    close();
  };
  const closeOnLeave = (event: FocusEvent): void => {
    // Null is a pointer in Safari, where buttons take no focus by it.
    if (event.relatedTarget && !root.current?.contains(event.relatedTarget)) setOpen(false);
  };

  return (
    <Root ref={root} onKeyDown={closeByKey} onBlur={closeOnLeave}>
      <IconButton
        icon="ellipsis"
        label={t('peer.options')}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      />
      {open && (
        <Menu role="menu" aria-label={t('peer.options')}>
          <Item type="button" role="menuitem" data-danger={!blocked || undefined} onClick={choose}>
            <Icon name="block" />
            {t(blocked ? 'action.unblock' : 'action.block')}
          </Item>
        </Menu>
      )}
      {error && !open && (
        <Menu>
          <ErrorNote error={error} />
        </Menu>
      )}
    </Root>
  );
}

const Root = styled.div`
  position: relative;
`;

const Menu = styled.div`
  position: absolute;
  z-index: 6;
  inset-inline-end: 0;
  inset-block-start: calc(100% + 4px);
  min-width: 180px;
  padding: 5px;
  border-radius: calc(14px * var(--pc-roundness));
  background: var(--pc-color-surface-raised);
  box-shadow: var(--pc-shadow-2);
`;

const Item = styled.button`
  display: flex;
  align-items: center;
  gap: 10px;
  width: 100%;
  height: var(--pc-target);
  margin: 0;
  padding: 0 10px;
  border: 0;
  border-radius: 9px;
  background: none;
  color: var(--pc-color-text);
  font: inherit;
  font-size: var(--pc-text-base);
  cursor: pointer;

  &:hover,
  &:focus-visible {
    background: var(--pc-color-fill);
  }
  &[data-danger] {
    color: var(--pc-color-danger);
  }
`;

import {
  useCallback,
  useEffect,
  useLayoutEffect,
  useRef,
  useState,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
} from 'react';
import { styled } from 'styled-components';
import { Icon, type IconName } from './Icon.tsx';
import { IconButton } from './IconButton.tsx';

/** One thing that a menu does. */
export interface MenuItem {
  readonly id: string;
  readonly label: string;
  readonly icon: IconName;
  /** It cannot be taken back. */
  readonly danger?: boolean;
  readonly run: () => void;
}

export interface MenuProps {
  /** Names the menu and its button. */
  readonly label: string;
  readonly items: readonly MenuItem[];
  /** Stands above the items, made of elements with the role `menuitem`. */
  readonly children?: ReactNode;
  readonly icon?: IconName;
  readonly open: boolean;
  readonly setOpen: (open: boolean) => void;
}

/** A button and its menu, after the menu button pattern of the ARIA practices. */
export function Menu({ label, items, children, icon = 'ellipsis', open, setOpen }: MenuProps): ReactNode {
  const button = useRef<HTMLButtonElement>(null);
  const close = useCallback(() => {
    setOpen(false);
    button.current?.focus();
  }, [setOpen]);
  return (
    <>
      <IconButton
        ref={button}
        icon={icon}
        label={label}
        aria-haspopup="menu"
        aria-expanded={open}
        onClick={() => setOpen(!open)}
      />
      {open && (
        <MenuList label={label} items={items} button={button} close={close} leave={() => setOpen(false)}>
          {children}
        </MenuList>
      )}
    </>
  );
}

interface MenuListProps extends Pick<MenuProps, 'label' | 'items' | 'children'> {
  readonly button: RefObject<HTMLElement | null>;
  /** Closes it and gives the focus back. */
  readonly close: () => void;
  /** Closes it where the focus is elsewhere already. */
  readonly leave: () => void;
}

function MenuList({ label, items, children, button, close, leave }: MenuListProps): ReactNode {
  const list = useRef<HTMLDivElement>(null);
  usePlace(list, button);
  const choices = (): HTMLElement[] => [...(list.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];

  useEffect(() => {
    choices()[0]?.focus();
  }, []);
  useEffect(() => {
    const page = list.current?.ownerDocument;
    const leaveFromOutside = (event: PointerEvent): void => {
      const path = event.composedPath();
      const inside = [list.current, button.current].some((part) => part && path.includes(part));
      if (!inside) leave();
    };
    page?.addEventListener('pointerdown', leaveFromOutside);
    return () => page?.removeEventListener('pointerdown', leaveFromOutside);
  }, [button, leave]);

  const move = (event: KeyboardEvent): void => {
    const all = choices();
    const now = all.findIndex((choice) => choice.matches(':focus'));
    const targets: Readonly<Record<string, number>> = {
      ArrowDown: (now + 1) % all.length,
      ArrowUp: (now - 1 + all.length) % all.length,
      ArrowRight: (now + 1) % all.length,
      ArrowLeft: (now - 1 + all.length) % all.length,
      Home: 0,
      End: all.length - 1,
    };
    if (event.key === 'Escape') close();
    else if (event.key === 'Tab') leave();
    else if (Object.hasOwn(targets, event.key)) all[targets[event.key] ?? 0]?.focus();
    else return;
    event.stopPropagation();
    if (event.key !== 'Tab') event.preventDefault();
  };

  return (
    <List ref={list} role="menu" aria-label={label} onKeyDown={move}>
      {children}
      {items.map(({ id, label: words, icon, danger, run }) => (
        <Item
          key={id}
          type="button"
          role="menuitem"
          tabIndex={-1}
          data-danger={danger === true ? '' : undefined}
          onClick={() => {
            close();
            run();
          }}
        >
          <Icon name={icon} />
          {words}
        </Item>
      ))}
    </List>
  );
}

/** Over everything, beside its button, within the page. */
function usePlace(list: RefObject<HTMLElement | null>, button: RefObject<HTMLElement | null>): void {
  const [place, setPlace] = useState<{ x: number; y: number }>();
  useLayoutEffect(() => {
    const [menu, anchor] = [list.current, button.current];
    if (!menu || !anchor) return;
    if (typeof ResizeObserver !== 'undefined') menu.style.opacity = '0';
    // Browsers of before 2024 draw it within the window.
    if ('showPopover' in menu) {
      menu.popover = 'manual';
      menu.showPopover();
    }
    if (typeof ResizeObserver === 'undefined') return;
    let stop: (() => void) | undefined;
    let isGone = false;
    // Loaded with the first menu: most visits open none.
    import('@floating-ui/dom').then(
      ({ autoUpdate, computePosition, flip, offset, shift }) => {
        if (isGone) return;
        stop = autoUpdate(anchor, menu, () => {
          void computePosition(anchor, menu, {
            strategy: 'fixed',
            placement: 'bottom-end',
            middleware: [offset(4), flip(), shift({ padding: 8 })],
          }).then(setPlace);
        });
      },
      () => {
        const { right, bottom } = anchor.getBoundingClientRect();
        setPlace({ x: Math.max(8, right - menu.offsetWidth), y: bottom + 4 });
      },
    );
    return () => {
      isGone = true;
      stop?.();
    };
  }, [list, button]);
  useLayoutEffect(() => {
    if (place) Object.assign(list.current?.style ?? {}, { left: `${place.x}px`, top: `${place.y}px`, opacity: '1' });
  }, [list, place]);
}

const List = styled.div`
  position: fixed;
  z-index: 6;
  inset: auto;
  margin: 0;
  min-width: 180px;
  max-width: min(320px, calc(100vw - 16px));
  padding: 5px;
  border: 0;
  border-radius: calc(14px * var(--pc-roundness));
  background: var(--pc-color-surface-raised);
  color: var(--pc-color-text);
  box-shadow: var(--pc-shadow-2);
  font: 400 var(--pc-text-base) / 1.42 var(--pc-font);

  @media (forced-colors: active) {
    border: 1px solid;
  }
`;

const Item = styled.button`
  display: flex;
  align-items: center;
  gap: 10px;
  width: 100%;
  min-height: var(--pc-target);
  margin: 0;
  padding: 4px 10px;
  border: 0;
  border-radius: 9px;
  background: none;
  color: inherit;
  font: inherit;
  text-align: start;
  cursor: pointer;

  &:hover,
  &:focus-visible {
    background: var(--pc-color-fill);
  }
  &:focus-visible {
    outline-offset: -2px;
  }
  &[data-danger] {
    color: var(--pc-color-danger);
  }
`;

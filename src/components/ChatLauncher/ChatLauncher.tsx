import {
  forwardRef,
  useCallback,
  useEffect,
  useId,
  useRef,
  useState,
  type ForwardedRef,
  type KeyboardEvent,
  type ReactNode,
} from 'react';
import { styled } from 'styled-components';
import { useChats } from '../../hooks/useChats.ts';
import { usePart } from '../parts/usePart.ts';
import { Badge } from '../shared/Badge.tsx';
import { CHAT_PATH, CLOSE_PATH, Glyph } from '../shared/Glyph.tsx';
import { GlyphButton } from '../shared/GlyphButton.ts';
import { VisuallyHidden } from '../shared/VisuallyHidden.tsx';
import { useLauncherText } from '../text/useLauncherText.ts';
import { ThemeFrame, type ThemeRootProps } from '../theme/ThemeRoot.tsx';
import { keepFocusIn } from './keepFocusIn.ts';
import { LateContent, loadContent } from './LateContent.tsx';
import { useLauncherHandle, type ChatLauncherHandle } from './launcherHandle.ts';
import type { SupportOptions } from './SupportWindow.tsx';
import { useCorner, type Corner } from './useCorner.ts';

export interface ChatLauncherProps extends Omit<ThemeRootProps, 'children'> {
  /** Opens the chat with this account alone, as for support; without it the inbox. */
  readonly peer?: string | undefined;
  /** Makes the chat with `peer` one with a support desk: hours, an introduction, guests. */
  readonly support?: SupportOptions | undefined;
  /** Stands in the place of both. */
  readonly children?: ReactNode;
  /** What the window is called. @default 'Chat' in the language at hand */
  readonly label?: string | undefined;
  /** Says something beside the button before it is opened for the first time. */
  readonly greeting?: ReactNode;
  /** Where it begins, by the direction of the text. @default 'bottom-end' */
  readonly corner?: Corner | undefined;
  /** Whether the user may move it to another corner: by pointer, or by Shift and the arrow keys. @default false */
  readonly draggable?: boolean | undefined;
  /** Whether it is open; leave it out to let the launcher keep it. */
  readonly open?: boolean | undefined;
  /** Whether it is open at first. @default false */
  readonly defaultOpen?: boolean | undefined;
  /** The user opened or closed it. */
  readonly onOpenChange?: ((open: boolean) => void) | undefined;
}

/**
 * A button over the page that opens the chat: beside it where there is room, over all of a phone. What is in it is made
 * when it is opened first, and stays.
 * @example <ChatLauncher peer="0x8f3C…b2A1" label="Support" greeting="Questions? We are here." />
 */
export const ChatLauncher = forwardRef<ChatLauncherHandle, ChatLauncherProps>(function ChatLauncher(
  {
    peer,
    support,
    children,
    label,
    greeting,
    corner,
    draggable = false,
    open: given,
    defaultOpen = false,
    onOpenChange,
    ...props
  },
  ref,
) {
  const { theme, ...rest } = props;
  const t = useLauncherText();
  const [own, setOwn] = useState(defaultOpen);
  const open = given ?? own;
  const [wasOpen, setWasOpen] = useState(open);
  if (open && !wasOpen) setWasOpen(true);
  const button = useRef<HTMLButtonElement>(null);
  const panel = useRef<HTMLDivElement>(null);
  const panelId = useId();
  const [shown, setShown] = useState<string | null>(null);
  const unread = useChats().items.filter((row) => row.unread > 0).length;
  const place = useCorner(corner ?? 'bottom-end', draggable);
  const popover = usePart('popover', {}, rest);
  const opener = usePart(
    'launcherButton',
    {
      ...place.button,
      onPointerEnter: loadContent,
      onFocus: loadContent,
      onClick: () => !place.wasDragged() && setOpen(!open),
    },
    rest,
  );
  const title = label ?? t('window.label');

  const setOpen = useCallback(
    (next: boolean) => {
      setOwn(next);
      onOpenChange?.(next);
    },
    [onOpenChange],
  );
  useLauncherHandle(ref, { open, setOpen, show: setShown, peer: peer ?? shown, unread });
  useFocus(open, panel, button);

  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && !event.defaultPrevented) {
      event.preventDefault();
      setOpen(false);
    } else if (event.key === 'Tab' && panel.current) keepFocusIn(panel.current, event);
  };

  return (
    <Frame look={theme} {...rest} partName="launcher" data-corner={place.corner} {...place.moved}>
      {wasOpen && (
        <Panel
          ref={panel}
          id={panelId}
          role="dialog"
          aria-label={title}
          tabIndex={-1}
          hidden={!open}
          onKeyDown={onKeyDown}
          {...popover}
        >
          <Close type="button" aria-label={t('launcher.close')} onClick={() => setOpen(false)}>
            <Glyph path={CLOSE_PATH} size={20} />
          </Close>
          {children ?? <LateContent peer={peer} label={label} support={support} shown={shown} onShow={setShown} />}
        </Panel>
      )}
      {greeting !== undefined && !wasOpen && (
        <Greeting type="button" onClick={() => setOpen(true)}>
          {greeting}
        </Greeting>
      )}
      <Bubble ref={button} type="button" aria-expanded={open} aria-controls={wasOpen ? panelId : undefined} {...opener}>
        <Glyph path={open ? CLOSE_PATH : CHAT_PATH} size={24} />
        <VisuallyHidden>{open ? t('launcher.close') : title}</VisuallyHidden>
        {unread > 0 && !open && (
          <Count>
            <span aria-hidden="true">{unread > 99 ? '99+' : unread}</span>
            <VisuallyHidden>{t('chats.unread', { count: unread })}</VisuallyHidden>
          </Count>
        )}
      </Bubble>
    </Frame>
  );
}) as (props: ChatLauncherProps & { readonly ref?: ForwardedRef<ChatLauncherHandle> }) => ReactNode;

/** Into the window when it opens, and back to the button when it closes; never when the page is loaded. */
function useFocus(
  open: boolean,
  panel: { readonly current: HTMLElement | null },
  button: { readonly current: HTMLElement | null },
): void {
  const before = useRef(open);
  useEffect(() => {
    if (before.current === open) return;
    before.current = open;
    (open ? panel : button).current?.focus();
  }, [open, panel, button]);
}

const Frame = styled(ThemeFrame)`
  --pc-launcher-gap: max(20px, env(safe-area-inset-bottom));
  position: fixed;
  z-index: var(--pc-launcher-z, 1000);
  display: flex;
  flex-direction: column;
  gap: 14px;
  pointer-events: none;

  & > * {
    pointer-events: auto;
  }
  &[data-corner$='end'] {
    inset-inline-end: 20px;
    align-items: flex-end;
  }
  &[data-corner$='start'] {
    inset-inline-start: 20px;
    align-items: flex-start;
  }
  &[data-corner^='bottom'] {
    inset-block-end: var(--pc-launcher-gap);
  }
  &[data-corner^='top'] {
    inset-block-start: 20px;
    flex-direction: column-reverse;
  }
`;

const Panel = styled.div`
  position: relative;
  width: min(384px, calc(100vw - 40px));
  height: min(640px, calc(100dvh - 130px));
  border-radius: var(--pc-radius-lg);
  background: var(--pc-color-surface);
  box-shadow: var(--pc-shadow-2);

  &[hidden] {
    display: none;
  }
  &:focus {
    outline: none;
  }
  @media (max-width: 480px) {
    position: fixed;
    inset: 0;
    z-index: 1;
    width: auto;
    height: 100dvh;
    border-radius: 0;
    --pc-window-radius: 0;
    --pc-header-end: 44px;
  }
`;

/** On a phone the button lies under the sheet. */
const Close = styled(GlyphButton)`
  display: none;

  @media (max-width: 480px) {
    display: inline-grid;
    position: absolute;
    z-index: 7;
    inset-block-start: 10px;
    inset-inline-end: 10px;
  }
`;

const Bubble = styled.button`
  position: relative;
  display: grid;
  place-items: center;
  width: 56px;
  height: 56px;
  margin: 0;
  padding: 0;
  border: 0;
  border-radius: 50%;
  background: var(--pc-color-accent);
  color: var(--pc-color-on-accent);
  box-shadow: var(--pc-shadow-2);
  cursor: pointer;
  touch-action: none;
  transition: background var(--pc-quick) var(--pc-ease);

  &:hover {
    background: var(--pc-color-accent-hover);
  }
  @media (forced-colors: active) {
    border: 2px solid;
  }
`;

const Count = styled(Badge)`
  position: absolute;
  inset-block-start: -4px;
  inset-inline-end: -4px;
  box-shadow: 0 0 0 2px var(--pc-color-surface);
`;

const Greeting = styled.button`
  max-width: min(280px, calc(100vw - 40px));
  margin: 0;
  padding: 12px 14px;
  border: 0;
  border-radius: var(--pc-radius-lg);
  background: var(--pc-color-surface-raised);
  color: var(--pc-color-text);
  box-shadow: var(--pc-shadow-2);
  font: inherit;
  text-align: start;
  cursor: pointer;
`;

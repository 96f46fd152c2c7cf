import { lazy, Suspense, useEffect, useRef, useState, type ReactNode, type RefObject } from 'react';
import { styled } from 'styled-components';
import { IconButton } from '../shared/IconButton.tsx';
import { useText } from '../text/useText.ts';

const EmojiPicker = /* @__PURE__ */ lazy(() =>
  import('./EmojiPicker.tsx').then((module) => ({ default: module.EmojiPicker })),
);

export interface EmojiButtonProps {
  readonly input: RefObject<HTMLTextAreaElement | null>;
  readonly setDraft: (text: string) => void;
}

/** Puts emoji where the caret is; the list of them is loaded when it is opened. */
export function EmojiButton({ input, setDraft }: EmojiButtonProps): ReactNode {
  const { t } = useText();
  const [open, setOpen] = useState(false);
  const root = useRef<HTMLSpanElement>(null);
  useEffect(() => {
    const page = root.current?.ownerDocument;
    if (!open || !page) return;
    const closeFromOutside = (event: PointerEvent): void => {
      if (root.current && !event.composedPath().includes(root.current)) setOpen(false);
    };
    page.addEventListener('pointerdown', closeFromOutside);
    return () => page.removeEventListener('pointerdown', closeFromOutside);
  }, [open]);
  const close = (): void => {
    setOpen(false);
    input.current?.focus();
  };
  const choose = (emoji: string): void => {
    const field = input.current;
    if (!field) return;
    const { value, selectionStart, selectionEnd } = field;
    setDraft(value.slice(0, selectionStart) + emoji + value.slice(selectionEnd));
    close();
    const caret = selectionStart + emoji.length;
    // The field has the new text once it is drawn.
    requestAnimationFrame(() => field.setSelectionRange(caret, caret));
  };
  return (
    <span ref={root}>
      <IconButton icon="smile" label={t('emoji.title')} aria-expanded={open} onClick={() => setOpen(!open)} />
      {open && (
        <Above>
          <Suspense fallback={null}>
            <EmojiPicker choose={choose} close={close} />
          </Suspense>
        </Above>
      )}
    </span>
  );
}

const Above = styled.div`
  position: absolute;
  z-index: 5;
  inset-inline: 12px;
  inset-block-end: calc(100% - 2px);
`;

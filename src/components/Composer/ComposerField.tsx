import { useEffect, useLayoutEffect, useRef, type KeyboardEvent, type ReactNode, type SyntheticEvent } from 'react';
import { styled } from 'styled-components';
import { useChatWindow } from '../ChatWindow/chatWindowContext.ts';
import { ErrorNote } from '../shared/ErrorNote.tsx';
import { Icon } from '../shared/Icon.tsx';
import { ReplyStrip } from './ReplyStrip.tsx';
import { PlaintextConsent } from './PlaintextConsent.tsx';
import { useComposer } from './useComposer.ts';
import { useText } from '../text/useText.ts';

/** Six lines; beyond that the text scrolls. */
const TALLEST = 146;

/** The text to send: Enter sends, Shift and Enter break the line. */
export function ComposerField(): ReactNode {
  const { panel, setPanel, replyTo, setReplyTo } = useChatWindow();
  const asking = panel?.kind === 'plaintext';
  const { draft, setDraft, submit, submitPlaintext, error } = useComposer();
  const { t } = useText();
  const input = useRef<HTMLTextAreaElement>(null);
  const wasAsking = useRef(false);

  useLayoutEffect(() => {
    const { current } = input;
    if (!current) return;
    current.style.height = 'auto';
    current.style.height = `${Math.min(current.scrollHeight, TALLEST)}px`;
  }, [draft]);

  useEffect(() => {
    if (wasAsking.current && !asking) input.current?.focus();
    wasAsking.current = asking;
  }, [asking]);

  useEffect(() => {
    if (replyTo) input.current?.focus();
  }, [replyTo]);

  const sendByKey = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && replyTo) {
      event.preventDefault();
      setReplyTo(null);
      return;
    }
    if (event.key !== 'Enter' || event.shiftKey || isComposing(event)) return;
    event.preventDefault();
    submit();
  };
  const sendByButton = (event: SyntheticEvent): void => {
    event.preventDefault();
    input.current?.focus();
    submit();
  };

  return (
    <>
      <Field data-pc-part="field" onSubmit={sendByButton}>
        {error && <ErrorNote error={error} />}
        <Box>
          {replyTo && <ReplyStrip item={replyTo} close={() => setReplyTo(null)} />}
          <Line>
            <Input
              ref={input}
              rows={1}
              aria-label={t('composer.label')}
              placeholder={t('composer.label')}
              dir="auto"
              value={draft}
              onChange={(event) => setDraft(event.target.value)}
              onKeyDown={sendByKey}
            />
            <Send
              type="submit"
              aria-label={t('composer.send')}
              title={t('composer.send')}
              disabled={draft.trim() === ''}
            >
              <Icon name="arrowUp" size={20} />
            </Send>
          </Line>
        </Box>
      </Field>
      {asking && <PlaintextConsent send={submitPlaintext} keep={() => setPanel(null)} />}
    </>
  );
}

/** While an input method composes, Enter chooses a word. */
const isComposing = ({ nativeEvent }: KeyboardEvent): boolean =>
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- 229 is Safari's only sign of the Enter that ends it
  nativeEvent.isComposing || nativeEvent.keyCode === 229;

const Field = styled.form`
  display: grid;
  gap: 8px;
  margin: 0;
`;

const Box = styled.div`
  border-radius: var(--pc-composer-radius);
  background: var(--pc-color-fill);

  &:focus-within {
    background: var(--pc-color-surface);
    box-shadow: 0 0 0 2px var(--pc-color-focus-ring);
  }
`;

const Line = styled.div`
  display: flex;
  align-items: flex-end;
  min-height: 44px;
  padding: 4px;
`;

const Input = styled.textarea`
  flex: 1;
  min-width: 0;
  margin: 0;
  padding: 7px 4px 7px 12px;
  border: 0;
  background: none;
  color: var(--pc-color-text);
  /* Below 16 px, phones zoom the page into a focused field. */
  font: inherit;
  line-height: 22px;
  resize: none;
  overflow-y: auto;

  &::placeholder {
    color: var(--pc-color-text-muted);
    opacity: 1;
  }
  /* The line around it shows the focus. */
  &&:focus-visible {
    outline: none;
  }
  @media (pointer: coarse) {
    font-size: 16px;
  }
`;

const Send = styled.button`
  flex: none;
  display: grid;
  place-items: center;
  width: 36px;
  height: 36px;
  margin: 0;
  padding: 0;
  border: 0;
  border-radius: 50%;
  background: var(--pc-color-accent);
  color: var(--pc-color-on-accent);
  cursor: pointer;

  &:hover {
    background: var(--pc-color-accent-hover);
  }
  &:disabled {
    background: none;
    color: var(--pc-color-text-muted);
    cursor: default;
  }
`;

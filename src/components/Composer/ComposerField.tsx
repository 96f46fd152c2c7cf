import {
  useEffect,
  useLayoutEffect,
  useRef,
  type ClipboardEvent,
  type KeyboardEvent,
  type ReactNode,
  type RefObject,
} from 'react';
import { styled } from 'styled-components';
import { useComposer, type ComposerView } from '../../hooks/useComposer.ts';
import { isGroupId } from '../../protocol/peer.ts';
import { LateGroupWriting } from '../groups/lateGroups.tsx';
import { useChatWindow } from '../ChatWindow/chatWindowContext.ts';
import { mergeProps } from '../parts/mergeProps.ts';
import { usePart } from '../parts/usePart.ts';
import { ErrorNote } from '../shared/ErrorNote.tsx';
import { Icon } from '../shared/Icon.tsx';
import { IconButton } from '../shared/IconButton.tsx';
import { late } from '../shared/late.tsx';
import { useText } from '../text/useText.ts';
import { EmojiButton } from './EmojiButton.tsx';
import { ReplyStrip } from './ReplyStrip.tsx';
import { useAttachments, type Attachments } from './useAttachments.ts';
import { useDrop } from './useDrop.ts';
import { useRecorder } from './useRecorder.ts';

const AttachmentStrip = /* @__PURE__ */ late(
  async () => (await import('../ChatWindow/onDemand.ts')).AttachmentStrip,
  true,
);
const PlaintextConsent = /* @__PURE__ */ late(
  async () => (await import('../ChatWindow/onDemand.ts')).PlaintextConsent,
  true,
);
const RecordingLine = /* @__PURE__ */ late(async () => (await import('../ChatWindow/onDemand.ts')).RecordingLine, true);

/** Six lines; beyond that the text scrolls. */
const TALLEST = 146;

/** The text to send: Enter sends, Shift and Enter break the line; files come by button, by drop and by paste. */
export function ComposerField(): ReactNode {
  const { peer, panel, setPanel, replyTo, setReplyTo } = useChatWindow();
  const asking = panel?.kind === 'plaintext';
  const input = useRef<HTMLTextAreaElement>(null);
  const { attachments, error, ...composer } = useWriting(input);
  const voice = useRecorder((file) => attachments.add([file]));
  const { t } = useText();
  const { over, ...drop } = useDrop(attachments.add);
  useGrowing(input, composer.draft);
  useReturningFocus(input, asking || voice.seconds !== null, replyTo);

  const endReply = (event: KeyboardEvent): void => {
    if (event.key !== 'Escape' || !replyTo) return;
    event.preventDefault();
    setReplyTo(null);
  };
  const paste = (event: ClipboardEvent): void => {
    const { files } = event.clipboardData;
    // Office programs put a picture beside the text that was copied: the text is meant.
    if (files.length === 0 || event.clipboardData.types.includes('text/plain')) return;
    event.preventDefault();
    attachments.add(files);
  };

  const field = usePart('field', { ...composer.getFormProps(), ...drop });
  const text = usePart('text', mergeProps(composer.getFieldProps(), { onKeyDown: endReply, onPaste: paste }));
  const send = usePart('send', composer.getSendProps());
  return (
    <>
      <Field {...field}>
        {isGroupId(peer) && <LateGroupWriting input={input} error={error} {...composer} />}
        {error && !error.concerns && <ErrorNote error={error} />}
        {voice.note && <Note role="alert">{t(voice.note)}</Note>}
        <Box data-over={over || undefined}>
          {replyTo && <ReplyStrip item={replyTo} close={() => setReplyTo(null)} />}
          {attachments.list.length > 0 && <AttachmentStrip list={attachments.list} remove={attachments.remove} />}
          {voice.seconds !== null && (
            <RecordingLine seconds={voice.seconds} stop={voice.stop} discard={voice.discard} />
          )}
          <Line hidden={voice.seconds !== null}>
            <AttachButton add={attachments.add} />
            <Input aria-label={t('composer.label')} placeholder={t('composer.label')} {...text} ref={input} />
            {voice.available && composer.draft.trim() === '' && attachments.list.length === 0 && (
              <IconButton icon="microphone" label={t('voice.record')} onClick={() => void voice.start()} />
            )}
            <EmojiButton input={input} setDraft={composer.setDraft} />
            <Send aria-label={t('composer.send')} title={t('composer.send')} {...send}>
              <Icon name="arrowUp" size={20} />
            </Send>
          </Line>
        </Box>
      </Field>
      {asking && <PlaintextConsent send={composer.submitPlaintext} keep={() => setPanel(null)} />}
    </>
  );
}

/** The words and files of this window, and the reply that they are. */
function useWriting(input: RefObject<HTMLElement | null>): ComposerView & { readonly attachments: Attachments } {
  const { peer, setPanel, replyTo, setReplyTo } = useChatWindow();
  const attachments = useAttachments(peer);
  const composer = useComposer(peer, {
    replyTo,
    files: attachments.list,
    onSubmit: () => {
      setPanel(null);
      setReplyTo(null);
      attachments.clear();
      input.current?.focus();
    },
    onRefused: (back) => {
      attachments.restore(back.files);
      if (back.replyTo) setReplyTo(back.replyTo);
    },
    onConsentNeeded: () => setPanel({ kind: 'plaintext' }),
  });
  return { ...composer, attachments, error: composer.error ?? attachments.error };
}

/** Grows with the text. */
function useGrowing(input: RefObject<HTMLElement | null>, text: string): void {
  useLayoutEffect(() => {
    const { current } = input;
    if (!current) return;
    current.style.setProperty('height', 'auto');
    current.style.setProperty('height', `${Math.min(current.scrollHeight, TALLEST)}px`);
  }, [input, text]);
}

/** Comes back to the text when the question is answered or the recording is over, and when the user wants to reply; never by itself. */
function useReturningFocus(input: RefObject<HTMLElement | null>, asking: boolean, replyTo: unknown): void {
  const wasAsking = useRef(false);
  useEffect(() => {
    if (wasAsking.current && !asking) input.current?.focus();
    wasAsking.current = asking;
  }, [input, asking]);
  useEffect(() => {
    if (replyTo) input.current?.focus();
  }, [input, replyTo]);
}

function AttachButton({ add }: { readonly add: (files: Iterable<File>) => void }): ReactNode {
  const { t } = useText();
  const files = useRef<HTMLInputElement>(null);
  return (
    <>
      <IconButton icon="plus" label={t('attach.add')} onClick={() => files.current?.click()} />
      <input
        ref={files}
        type="file"
        multiple
        hidden
        aria-label={t('attach.add')}
        onChange={(event) => {
          add(event.target.files ?? []);
          // The same file may be chosen again.
          event.target.value = '';
        }}
      />
    </>
  );
}

const Field = styled.form`
  position: relative;
  display: grid;
  /* Without it the text field's own width would make this wider than a narrow window. */
  grid-template-columns: minmax(0, 1fr);
  gap: 8px;
  margin: 0;
`;

const Box = styled.div`
  &[data-over] {
    box-shadow: 0 0 0 2px var(--pc-color-accent);
  }
  border-radius: var(--pc-composer-radius);
  background: var(--pc-color-fill);

  &:focus-within {
    background: var(--pc-color-surface);
    box-shadow: 0 0 0 2px var(--pc-color-focus-ring);
  }

  @media (forced-colors: active) {
    border: 1px solid;

    &:focus-within {
      outline: 2px solid Highlight;
    }
  }
`;

const Note = styled.div`
  padding: 0 4px;
  color: var(--pc-color-text-muted);
  font-size: var(--pc-text-sm);
`;

const Line = styled.div`
  &[hidden] {
    display: none;
  }
  display: flex;
  align-items: flex-end;
  min-height: 44px;
  padding: 4px;
`;

const Input = styled.textarea`
  flex: 1;
  min-width: 0;
  margin: 0;
  padding: 7px 4px;
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

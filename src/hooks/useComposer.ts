import {
  useState,
  type HTMLAttributes,
  type KeyboardEvent,
  type SyntheticEvent,
  type TextareaHTMLAttributes,
} from 'react';
import type { Thread, ThreadItem } from '../client/state.ts';
import { asPushChatError, type PushChatError } from '../errors.ts';
import type { MessageContent, PlainContent } from '../protocol/messageContent.ts';
import { useDraft } from './useDraft.ts';
import { usePeer } from './usePeer.ts';
import { usePushChat } from './usePushChat.ts';
import { useSendMessage } from './useSendMessage.ts';
import { useStore } from './useStore.ts';

/** A file that goes with the words. */
export interface ComposerFile {
  /** Undefined while it is made ready, which sending waits for. */
  readonly content: PlainContent | undefined;
}

export interface ComposerOptions<File extends ComposerFile = ComposerFile> {
  /** The message that the next one answers. */
  readonly replyTo?: ThreadItem | null | undefined;
  /** Sent before the words, each as a message of its own. */
  readonly files?: readonly File[] | undefined;
  /** Everything is on its way: the field, the files and the reply begin anew. */
  readonly onSubmit?: (() => void) | undefined;
  /** This could not be sent, nor does it stand in the thread: it is the user's again. The words are back by themselves. */
  readonly onRefused?:
    ((back: { readonly files: readonly File[]; readonly replyTo: ThreadItem | null }) => void) | undefined;
  /** The peer has no key yet: ask whether it may go unencrypted. Without it, `error` says so. */
  readonly onConsentNeeded?: (() => void) | undefined;
}

/** What is being written, and what can be done with it. */
export interface ComposerView {
  readonly draft: string;
  readonly setDraft: (text: string) => void;
  /** Whether there is anything to send. */
  readonly ready: boolean;
  /** Sends the draft and the files; unencrypted only where the user agreed before. */
  readonly submit: () => void;
  /** Sends them with the user's consent to go unencrypted. */
  readonly submitPlaintext: () => void;
  /** Why the last message was refused; its words are back in the draft. */
  readonly error: PushChatError | null;
  /** For the `form`. */
  readonly getFormProps: () => Pick<HTMLAttributes<HTMLFormElement>, 'onSubmit'>;
  /** For the `textarea`: Enter sends, Shift and Enter break the line, and an input method keeps its Enter. */
  readonly getFieldProps: () => Pick<
    TextareaHTMLAttributes<HTMLTextAreaElement>,
    'value' | 'onChange' | 'onKeyDown' | 'dir' | 'rows'
  >;
  /** For the `button` that sends. */
  readonly getSendProps: () => { readonly type: 'submit'; readonly disabled: boolean };
}

/**
 * Writing to a peer: the draft that is kept, sending, and what is to be done when a message is refused.
 * @param peer an address, `eip155:…` or CAIP-10
 * @example
 * const { getFormProps, getFieldProps, getSendProps } = useComposer(peer);
 * <form {...getFormProps()}><textarea {...getFieldProps()} /><button {...getSendProps()}>Send</button></form>
 */
export function useComposer<File extends ComposerFile>(
  peer: string,
  { replyTo = null, files = [], onSubmit, onRefused, onConsentNeeded }: ComposerOptions<File> = {},
): ComposerView {
  const did = usePeer(peer);
  const { store } = usePushChat();
  const thread = useStore(({ threads }) => (did ? threads[did] : undefined));
  const { send } = useSendMessage(peer);
  const [draft, setDraft] = useDraft(peer);
  const [error, setError] = useState<PushChatError | null>(null);
  const words = draft.trim();
  const ready = files.every(({ content }) => content !== undefined) && (words !== '' || files.length > 0);
  const threadNow = (): Thread | undefined => (did ? store.get().threads[did] : undefined);

  const post = async (allowPlaintext: boolean): Promise<void> => {
    setError(null);
    setDraft('');
    onSubmit?.();
    // All at once, so that they keep their order: what is written meanwhile comes after them.
    const sent = [...files.map(sendFile), ...(words === '' ? [] : [sendWords()])];
    const [refusal] = (await Promise.all(sent)).flatMap((refused) => refused ?? []);
    if (!refusal) return;
    const ask = refusal.code === 'PlaintextRefused' && !allowPlaintext && consentFor(threadNow()) === 'needed';
    if (ask && onConsentNeeded) onConsentNeeded();
    else setError(refusal);

    async function sendFile(file: File): Promise<PushChatError | undefined> {
      if (!file.content) return undefined;
      const refused = await attempt(file.content);
      if (refused) onRefused?.({ files: [file], replyTo: null });
      return refused;
    }

    async function sendWords(): Promise<PushChatError | undefined> {
      const content = { type: 'Text', content: words } as const;
      const refused = await attempt(replyTo ? { type: 'Reply', content, reference: replyTo.id } : content);
      if (refused) {
        onRefused?.({ files: [], replyTo });
        // What was typed meanwhile stays too.
        setDraft((since) => (since === '' ? draft : `${draft}\n${since}`));
      }
      return refused;
    }

    /** Undefined when it is sent, or stands in the thread to be sent again from there. */
    async function attempt(content: MessageContent): Promise<PushChatError | undefined> {
      try {
        await send(content, { allowPlaintext });
        return undefined;
      } catch (thrown) {
        const refused = asPushChatError(thrown);
        return keeps(threadNow(), refused) ? undefined : refused;
      }
    }
  };

  // The peer may have joined since the thread was read, so the client looks again before the user is asked.
  const submit = (): void => void (ready && post(consentFor(thread) === 'given'));
  return {
    draft,
    setDraft,
    ready,
    submit,
    submitPlaintext: () => void post(true),
    error,
    getFormProps: () => ({
      onSubmit: (event: SyntheticEvent) => {
        event.preventDefault();
        submit();
      },
    }),
    getFieldProps: () => ({
      value: draft,
      rows: 1,
      dir: 'auto',
      onChange: (event) => setDraft(event.target.value),
      onKeyDown: (event) => {
        if (event.key !== 'Enter' || event.shiftKey || isComposing(event)) return;
        event.preventDefault();
        submit();
      },
    }),
    getSendProps: () => ({ type: 'submit', disabled: !ready }),
  };
}

/**
 * Whether the user must agree that a message goes unencrypted. One that went so before is an agreement; and where
 * messages were encrypted there is nothing to agree to: the client refuses to go back.
 */
function consentFor(thread: Thread | undefined): 'none' | 'needed' | 'given' {
  if (thread?.peerKey !== 'missing' && thread?.peerKey !== 'public') return 'none';
  const own = thread.items.filter((item) => 'encrypted' in item);
  if (own.some((item) => item.encrypted)) return 'none';
  return own.some(({ from }) => from === 'me') ? 'given' : 'needed';
}

/** Whether the refused message stands in the thread, to be sent again from there. */
const keeps = (thread: Thread | undefined, error: PushChatError): boolean =>
  thread?.items.some((item) => item.state === 'failed' && item.error === error) ?? false;

/** While an input method composes, Enter chooses a word. */
const isComposing = ({ nativeEvent }: KeyboardEvent): boolean =>
  // eslint-disable-next-line @typescript-eslint/no-deprecated -- 229 is Safari's only sign of the Enter that ends it
  nativeEvent.isComposing || nativeEvent.keyCode === 229;

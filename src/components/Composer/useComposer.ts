import { useState } from 'react';
import type { Thread } from '../../client/state.ts';
import { asPushChatError, type PushChatError } from '../../errors.ts';
import { useDraft } from '../../hooks/useDraft.ts';
import { usePushChat } from '../../hooks/usePushChat.ts';
import { useSendMessage } from '../../hooks/useSendMessage.ts';
import type { MessageContent } from '../../protocol/messageContent.ts';
import { useChatWindow } from '../ChatWindow/chatWindowContext.ts';
import { useAttachments, type Attachment, type Attachments } from './useAttachments.ts';

/** What is being written, and what can be done with it. */
export interface ComposerView {
  readonly draft: string;
  readonly setDraft: (text: string) => void;
  /** Sends the draft, or asks first whether it may go unencrypted. */
  readonly submit: () => void;
  /** Sends it with the user's consent. */
  readonly submitPlaintext: () => void;
  /** Why the last message was refused; its words are back in the draft. */
  readonly error: PushChatError | null;
  readonly attachments: Attachments;
  /** Whether there is anything to send. */
  readonly ready: boolean;
}

/** Writing to the peer of the window. */
export function useComposer(): ComposerView {
  const { peer, thread, setPanel, replyTo, setReplyTo } = useChatWindow();
  const { store } = usePushChat();
  const { send } = useSendMessage(peer);
  const [draft, setDraft] = useDraft(peer);
  const [error, setError] = useState<PushChatError | null>(null);
  const attachments = useAttachments();
  const { list, restore, clear } = attachments;
  const words = draft.trim();
  const preparing = list.some(({ content }) => content === undefined);
  const ready = !preparing && (words !== '' || list.length > 0);

  const post = async (allowPlaintext: boolean): Promise<void> => {
    setPanel(null);
    setReplyTo(null);
    setError(null);
    setDraft('');
    clear();
    // All at once, so that they keep their order: what is written meanwhile comes after them.
    const sent = [...list.map(sendFile), ...(words === '' ? [] : [sendWords()])];
    const refusals = (await Promise.all(sent)).flatMap((refusal) => refusal ?? []);
    const [refusal] = refusals;
    if (!refusal) return;
    if (refusal.code === 'PlaintextRefused' && !allowPlaintext && consentFor(store.get().threads[peer]) === 'needed') {
      setPanel({ kind: 'plaintext' });
    } else setError(refusal);

    async function sendFile(file: Attachment): Promise<PushChatError | undefined> {
      if (!file.content) return undefined;
      const refused = await attempt(file.content);
      if (refused) restore([file]);
      return refused;
    }

    async function sendWords(): Promise<PushChatError | undefined> {
      const content = { type: 'Text', content: words } as const;
      const refused = await attempt(replyTo ? { type: 'Reply', content, reference: replyTo.id } : content);
      if (refused) {
        setReplyTo(replyTo);
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
        return keeps(store.get().threads[peer], refused) ? undefined : refused;
      }
    }
  };

  return {
    draft,
    setDraft,
    error: error ?? attachments.error,
    attachments,
    ready,
    submit: () => {
      // The peer may have joined since the thread was read, so the client looks again before the user is asked.
      if (ready) void post(consentFor(thread) === 'given');
    },
    submitPlaintext: () => void post(true),
  };
}

/**
 * Whether the user must agree that a message goes unencrypted. One that went so before is an agreement; and where
 * messages were encrypted there is nothing to agree to: the client refuses to go back.
 */
function consentFor(thread: Thread | undefined): 'none' | 'needed' | 'given' {
  if (thread?.peerKey !== 'missing') return 'none';
  const own = thread.items.filter((item) => 'encrypted' in item);
  if (own.some((item) => item.encrypted)) return 'none';
  return own.some(({ from }) => from === 'me') ? 'given' : 'needed';
}

/** Whether the refused message stands in the thread, to be sent again from there. */
const keeps = (thread: Thread | undefined, error: PushChatError): boolean =>
  thread?.items.some((item) => item.state === 'failed' && item.error === error) ?? false;

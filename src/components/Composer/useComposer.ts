import { useState } from 'react';
import type { Thread } from '../../client/state.ts';
import { asPushChatError, type PushChatError } from '../../errors.ts';
import { useDraft } from '../../hooks/useDraft.ts';
import { usePushChat } from '../../hooks/usePushChat.ts';
import { useSendMessage } from '../../hooks/useSendMessage.ts';
import { useChatWindow } from '../ChatWindow/chatWindowContext.ts';

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
}

/** Writing to the peer of the window. */
export function useComposer(): ComposerView {
  const { peer, thread, setPanel, replyTo, setReplyTo } = useChatWindow();
  const { store } = usePushChat();
  const { send } = useSendMessage(peer);
  const [draft, setDraft] = useDraft(peer);
  const [error, setError] = useState<PushChatError | null>(null);

  const post = async (allowPlaintext: boolean): Promise<void> => {
    setPanel(null);
    setReplyTo(null);
    setError(null);
    setDraft('');
    const content = { type: 'Text', content: draft.trim() } as const;
    try {
      await send(replyTo ? { type: 'Reply', content, reference: replyTo.id } : content, { allowPlaintext });
    } catch (thrown) {
      const refusal = asPushChatError(thrown);
      const now = store.get().threads[peer];
      if (keeps(now, refusal)) return;
      setReplyTo(replyTo);
      // What was typed meanwhile stays too.
      setDraft((since) => (since === '' ? draft : `${draft}\n${since}`));
      if (refusal.code === 'PlaintextRefused' && !allowPlaintext && consentFor(now) === 'needed')
        setPanel({ kind: 'plaintext' });
      else setError(refusal);
    }
  };

  return {
    draft,
    setDraft,
    error,
    submit: () => {
      // The peer may have joined since the thread was read, so the client looks again before the user is asked.
      if (draft.trim() !== '') void post(consentFor(thread) === 'given');
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

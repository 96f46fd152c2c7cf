import { useCallback, useState, useSyncExternalStore } from 'react';
import { usePushChat } from '../../hooks/usePushChat.ts';
import { asPushChatError, type PushChatError } from '../../errors.ts';
import type { Peer } from '../../protocol/peer.ts';
import type { PlainContent } from '../../protocol/messageContent.ts';
import { attachmentsOf, type Attachment } from './attachmentsOf.ts';

export interface Attachments {
  readonly list: readonly Attachment[];
  /** Why the last file was not taken. */
  readonly error: PushChatError | null;
  readonly add: (files: Iterable<File>) => void;
  readonly remove: (id: number) => void;
  /** Puts back what could not be sent. */
  readonly restore: (list: readonly Attachment[]) => void;
  readonly clear: () => void;
}

/** Files of one go: more than anybody wants to wait for. */
const MOST_FILES = 10;

let count = 0;
let queue = Promise.resolve();

/** Files for a peer, made ready one after the other, so that large pictures do not stop the page together. */
export function useAttachments(peer: Peer): Attachments {
  const { get, set, subscribe } = attachmentsOf(usePushChat(), peer);
  const list = useSyncExternalStore(subscribe, get, get);
  const [error, setError] = useState<PushChatError | null>(null);

  const remove = useCallback((id: number) => set((now) => now.filter((one) => one.id !== id)), [set]);
  const add = useCallback(
    (files: Iterable<File>) => {
      setError(null);
      for (const file of [...files].slice(0, MOST_FILES)) {
        const id = ++count;
        set((now) => [...now, { id, name: file.name, size: file.size, content: undefined, preview: undefined }]);
        queue = queue.then(async () => {
          if (get().every((one) => one.id !== id)) return;
          try {
            const { prepareAttachment } = await import('../ChatWindow/onDemand.ts');
            const content = await prepareAttachment(file);
            const preview = /^(Image|Audio)$/.test(content.type) ? previewOf(content) : undefined;
            set((now) => now.map((one) => (one.id === id ? { ...one, content, preview } : one)));
          } catch (thrown) {
            remove(id);
            setError(asPushChatError(thrown));
          }
        });
      }
    },
    [get, set, remove],
  );
  const restore = useCallback((back: readonly Attachment[]) => set((now) => [...back, ...now]), [set]);
  const clear = useCallback(() => set(() => []), [set]);
  return { list, error, add, remove, restore, clear };
}

const previewOf = ({ content }: PlainContent): string => (JSON.parse(content) as { content: string }).content;

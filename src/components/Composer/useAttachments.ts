import { useCallback, useEffect, useRef, useState } from 'react';
import { asPushChatError, type PushChatError } from '../../errors.ts';
import type { PlainContent } from '../../protocol/messageContent.ts';
import { prepareAttachment } from './prepareAttachment.ts';

/** A file that goes with the next message. */
export interface Attachment {
  readonly id: number;
  readonly name: string;
  /** Bytes of the file as it was chosen. */
  readonly size: number;
  /** Undefined while it is made ready. */
  readonly content: PlainContent | undefined;
  /** To see or hear it before it is sent, where it is a picture or a sound. */
  readonly preview: string | undefined;
}

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

/** Chosen files, made ready one after the other, so that large pictures do not stop the page together. */
export function useAttachments(): Attachments {
  const [list, setList] = useState<readonly Attachment[]>([]);
  const [error, setError] = useState<PushChatError | null>(null);
  const count = useRef(0);
  const queue = useRef(Promise.resolve());
  const gone = useRef(false);
  useEffect(() => {
    gone.current = false;
    return () => {
      gone.current = true;
    };
  }, []);

  const remove = useCallback((id: number) => setList((now) => now.filter((one) => one.id !== id)), []);
  const add = useCallback(
    (files: Iterable<File>) => {
      setError(null);
      for (const file of [...files].slice(0, MOST_FILES)) {
        const id = ++count.current;
        setList((now) => [...now, { id, name: file.name, size: file.size, content: undefined, preview: undefined }]);
        queue.current = queue.current.then(async () => {
          if (gone.current) return;
          try {
            const content = await prepareAttachment(file);
            const preview = /^(Image|Audio)$/.test(content.type) ? previewOf(content) : undefined;
            setList((now) => now.map((one) => (one.id === id ? { ...one, content, preview } : one)));
          } catch (thrown) {
            remove(id);
            setError(asPushChatError(thrown));
          }
        });
      }
    },
    [remove],
  );
  const restore = useCallback((back: readonly Attachment[]) => setList((now) => [...back, ...now]), []);
  const clear = useCallback(() => setList([]), []);
  return { list, error, add, remove, restore, clear };
}

const previewOf = ({ content }: PlainContent): string => (JSON.parse(content) as { content: string }).content;

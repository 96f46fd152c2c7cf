import { useEffect, useRef, useState, type ReactNode } from 'react';
import type { Thread } from '../../client/state.ts';
import { summarizeItem } from '../shared/summarize.ts';
import { VisuallyHidden } from '../shared/VisuallyHidden.tsx';
import { useText } from '../text/useText.ts';
import { useChatWindow } from './chatWindowContext.ts';

/** Reads out what the peer writes, once, when it comes; never what is scrolled into sight or read from the node. */
export function NewMessages({ thread }: { readonly thread: Thread | undefined }): ReactNode {
  const { name } = useChatWindow();
  const { t } = useText();
  const [said, setSaid] = useState('');
  const items = thread?.items;
  const read = thread?.loading.status === 'loaded';
  const newest = useRef<number>(undefined);

  useEffect(() => {
    if (!items || !read) return;
    const since = newest.current;
    newest.current = items.at(-1)?.timestamp ?? 0;
    const fresh = since === undefined ? [] : items.filter((item) => item.from === 'peer' && item.timestamp > since);
    const [only] = fresh;
    if (only) {
      const words = summarizeItem(only, t);
      setSaid(
        fresh.length > 1 ? t('thread.jumpNew', { count: fresh.length }) : t('thread.said', { name, text: words }),
      );
    }
  }, [items, read, name, t]);

  return <VisuallyHidden aria-live="polite">{said}</VisuallyHidden>;
}

import { useEffect, type RefObject } from 'react';
import { usePushChat } from './usePushChat.ts';

/**
 * Says that a thread is on the screen for as long as its element can be seen: what comes in it then notifies nobody. The
 * components do so; own markup that shows a thread does it for itself.
 * @example useShownThread(peer, list);
 */
export function useShownThread(peer: string, element: RefObject<Element | null>): void {
  const { showThread } = usePushChat();
  useEffect(() => {
    const { current } = element;
    if (!current) return;
    if (typeof IntersectionObserver === 'undefined') return showThread(peer);
    let leave: (() => void) | undefined;
    const observer = new IntersectionObserver((entries) => {
      if (entries.at(-1)?.isIntersecting) {
        leave ??= showThread(peer);
      } else {
        leave?.();
        leave = undefined;
      }
    });
    observer.observe(current);
    return () => {
      observer.disconnect();
      leave?.();
    };
  }, [showThread, peer, element]);
}

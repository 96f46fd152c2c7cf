import type { ReadonlyStore } from './store.ts';
import type { ChatState } from './state.ts';

interface AutoLock {
  readonly store: ReadonlyStore<ChatState>;
  /** Milliseconds in which nothing is done. */
  readonly idleMs: number;
  readonly now: () => number;
  readonly wait: (ms: number) => Promise<void>;
  readonly lock: () => void;
}

/**
 * Locks an unlocked chat that nobody used for a while.
 * @returns what to call whenever it is used
 */
export function lockWhenIdle({ store, idleMs, now, wait, lock }: AutoLock): () => void {
  let lastUsed = now();
  let isWatching = false;

  const watch = async (): Promise<void> => {
    isWatching = true;
    lastUsed = now();
    while (store.get().session.status === 'ready') {
      const left = lastUsed + idleMs - now();
      if (left <= 0) lock();
      else await wait(left);
    }
    isWatching = false;
  };
  store.subscribe(() => {
    if (!isWatching && store.get().session.status === 'ready') void watch();
  });
  return () => {
    lastUsed = now();
  };
}

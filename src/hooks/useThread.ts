import { useCallback, useEffect } from 'react';
import type { Thread } from '../client/state.ts';
import { useAction } from './useAction.ts';
import { usePeer } from './usePeer.ts';
import { usePushChat } from './usePushChat.ts';
import { useStore } from './useStore.ts';

/** The conversation with one peer. */
export interface ThreadView {
  /** Undefined until the session is ready, and when `peer` names no account. */
  readonly thread: Thread | undefined;
  readonly loadOlder: () => Promise<void>;
  /** Reads the newest page again, as after a failure. */
  readonly reload: () => Promise<void>;
  readonly markRead: () => void;
}

/**
 * Opens the thread with a peer (any spelling of an account) as soon as the session is ready, and follows it until it is
 * unmounted or shows another peer.
 * @example const { thread, loadOlder } = useThread('0x…');
 */
export function useThread(peer: string): ThreadView {
  const client = usePushChat();
  const did = usePeer(peer);
  const ready = useStore((state) => state.session.status === 'ready');
  const thread = useStore((state) => (did ? state.threads[did] : undefined));
  const [, reload] = useAction(useCallback(() => client.openThread(peer), [client, peer]));
  const [, loadOlder] = useAction(useCallback(() => client.loadOlder(peer), [client, peer]));
  const markRead = useCallback(() => {
    client.markRead(peer);
  }, [client, peer]);

  useEffect(() => {
    return ready && did ? client.followThread(did) : undefined;
  }, [client, did, ready]);

  return { thread, loadOlder, reload, markRead };
}

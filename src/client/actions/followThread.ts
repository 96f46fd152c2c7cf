import type { ClientContext } from '../context.ts';
import { openThread } from './loadHistory.ts';
import type { Peer } from '../../protocol/peer.ts';

/** What a thread keeps in memory when nobody looks at it: some screens (security CH-15). */
const MOST_ITEMS = 200;

/**
 * Opens the thread with a peer for as long as somebody looks at it. When nobody does, what of it was not opened yet is
 * left, and opened when somebody comes back.
 */
export function followThread(client: ClientContext, peer: Peer): () => void {
  const { followers } = client;
  followers.set(peer, (followers.get(peer) ?? 0) + 1);
  const status = client.get().threads[peer]?.loading.status ?? 'idle';
  // The thread itself says what went wrong.
  if (status === 'idle' || status === 'failed') openThread(client, peer).catch(() => undefined);
  let isFollowing = true;
  return () => {
    if (!isFollowing) return;
    isFollowing = false;
    followers.set(peer, (followers.get(peer) ?? 0) - 1);
    // A remount in the same turn, as React's StrictMode makes, goes on reading.
    queueMicrotask(() => {
      if (followers.get(peer) !== 0) return;
      followers.delete(peer);
      client.queue.leave(peer);
      client.dispatch({ type: 'threadTrimmed', peer, most: MOST_ITEMS });
    });
  };
}

import { noticesOf, type ThreadNotice } from '../client/notices.ts';
import { isGroupId } from '../protocol/peer.ts';
import { usePeer } from './usePeer.ts';
import { useStore } from './useStore.ts';

const NONE: readonly ThreadNotice[] = [];

/**
 * What there is to say of a thread beside its messages: which are missing, moved or rewritten, and whether the peer has
 * another key. Each stands before the item that it names.
 * @example const notices = useThreadNotices(peer);
 */
export function useThreadNotices(peer: string): readonly ThreadNotice[] {
  const did = usePeer(peer);
  return useStore(({ threads, identities }) => {
    const thread = did && threads[did];
    return thread ? noticesOf(thread, isGroupId(did) ? undefined : identities[did]) : NONE;
  });
}

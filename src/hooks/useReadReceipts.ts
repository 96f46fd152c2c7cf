import { useCallback, useEffect, useRef, useSyncExternalStore } from 'react';
import type { Group, Thread, ThreadItem } from '../client/state.ts';
import { isGroupId, type Peer } from '../protocol/peer.ts';
import { usePushChat } from './usePushChat.ts';
import { useStore } from './useStore.ts';

/** Whether a peer is told what the user has read. */
export interface ReadReceiptsView {
  /** Whether this peer can be told at all: the page has to say so, and a group has to be private, proven and small. */
  readonly offered: boolean;
  readonly told: boolean;
  /** The user's choice for this peer; kept on this device. */
  readonly tell: (told: boolean) => void;
}

/** Members. Each receipt is a stored message to all of them: in a larger group, more receipts than messages. */
const MOST_MEMBERS = 50;

/** What is read in public stays one's own, and nobody is told of whom only a node says that they are in the group. */
const tellsIn = (group: Group | undefined): boolean =>
  group?.membership === 'proven' && !group.isPublic && (group.counts?.accepted ?? Infinity) <= MOST_MEMBERS;

/** The choice for a peer. A page tells nobody unless it says so (`readReceipts`). */
export function useReadReceipts(peer: Peer): ReadReceiptsView {
  const { readReceipts, untold, setTold } = usePushChat();
  const isUntold = useSyncExternalStore(untold.subscribe, untold.get, untold.get)[peer] === true;
  const offered = useStore(({ groups }) => readReceipts && (!isGroupId(peer) || tellsIn(groups[peer])));
  const tell = useCallback((told: boolean) => setTold(peer, told), [setTold, peer]);
  return { offered, told: offered && !isUntold, tell };
}

/**
 * Tells an accepted peer, or a group, what was read, while `seen`: one receipt for the newest message, once. What comes
 * while one is under way is told with the next.
 */
export function useTellRead(thread: Thread | undefined, peer: Peer, seen: boolean): void {
  const { sendMessage } = usePushChat();
  const { told } = useReadReceipts(peer);
  const last = useRef<string>(undefined);
  const open = thread?.relation === 'chat' && thread.peerKey === 'verified' && thread.loading.status === 'loaded';
  const reference = told && seen && open ? unreceipted(thread.items) : undefined;
  useEffect(() => {
    if (reference === undefined || last.current === reference) return;
    last.current = reference;
    // One that cannot be sent is told with the next.
    sendMessage(peer, { type: 'Receipt', content: 'READ_RECEIPT', reference }).catch(() => undefined);
  }, [sendMessage, peer, reference]);
}

/** The newest message of the peer, if no receipt of this account is for it or on its way. */
function unreceipted(items: readonly ThreadItem[]): string | undefined {
  const newest = items.findLast((item) => item.from === 'peer' && isSaid(item))?.id;
  const known = items.some(
    (item) =>
      item.from === 'me' &&
      'content' in item &&
      item.content.type === 'Receipt' &&
      (item.content.reference === newest || item.state === 'pending'),
  );
  return known ? undefined : newest;
}

/** A message, and nothing that stands beside one. */
const isSaid = (item: ThreadItem): boolean =>
  (item.state === 'verified' || item.state === 'signed') &&
  !/^(Receipt|Reaction|Meta|UserActivity|Intent)$/.test(item.content.type);

import { useCallback, useEffect, useRef, useSyncExternalStore } from 'react';
import type { Thread, ThreadItem } from '../client/state.ts';
import { isGroupId, type Peer } from '../protocol/peer.ts';
import { usePushChat } from './usePushChat.ts';

/** Whether a peer is told what the user has read. */
export interface ReadReceiptsView {
  /** Whether this page tells at all. */
  readonly offered: boolean;
  readonly told: boolean;
  /** The user's choice for this peer; kept on this device. */
  readonly tell: (told: boolean) => void;
}

/** The choice for a peer. A page tells nobody unless it says so (`readReceipts`). */
export function useReadReceipts(peer: Peer): ReadReceiptsView {
  const { readReceipts, untold, setTold } = usePushChat();
  const isUntold = useSyncExternalStore(untold.subscribe, untold.get, untold.get)[peer] === true;
  const tell = useCallback((told: boolean) => setTold(peer, told), [setTold, peer]);
  return { offered: readReceipts, told: readReceipts && !isUntold, tell };
}

/** Tells the peer of an accepted chat of two what was read, while `seen`: one receipt for the newest message, once. */
export function useTellRead(thread: Thread | undefined, peer: Peer, seen: boolean): void {
  const { sendMessage } = usePushChat();
  const { told } = useReadReceipts(peer);
  const last = useRef<string>(undefined);
  const open = thread?.relation === 'chat' && thread.peerKey === 'verified' && thread.loading.status === 'loaded';
  const reference = told && seen && open && !isGroupId(peer) ? unreceipted(thread.items) : undefined;
  useEffect(() => {
    if (reference === undefined || last.current === reference) return;
    last.current = reference;
    // One that cannot be sent is told with the next.
    sendMessage(peer, { type: 'Receipt', content: 'READ_RECEIPT', reference }).catch(() => undefined);
  }, [sendMessage, peer, reference]);
}

/** The newest message of the peer, if no receipt of this account is for it. */
function unreceipted(items: readonly ThreadItem[]): string | undefined {
  const newest = items.findLast((item) => item.from === 'peer' && isSaid(item));
  if (!newest) return undefined;
  const known = items.some(
    (item) =>
      item.from === 'me' &&
      'content' in item &&
      item.content.type === 'Receipt' &&
      item.content.reference === newest.id,
  );
  return known ? undefined : newest.id;
}

/** A message, and nothing that stands beside one. */
const isSaid = (item: ThreadItem): boolean =>
  (item.state === 'verified' || item.state === 'signed') &&
  !/^(Receipt|Reaction|Meta|UserActivity|Intent)$/.test(item.content.type);

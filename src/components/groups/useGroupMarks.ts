import { useMemo } from 'react';
import { useStore } from '../../hooks/useStore.ts';
import { isGroupId, type Peer } from '../../protocol/peer.ts';
import type { ThreadMark } from '../ChatWindow/arrangeItems.ts';

const NONE: readonly ThreadMark[] = [];
/** Names the mark from which on a newcomer can read. */
export const SINCE = 'since';

/**
 * What was done to a group, to stand between its messages.
 * @param from of the oldest message that is loaded, while there are older ones: what was before stands with those
 */
export function useGroupMarks(peer: Peer, from: number | undefined): readonly ThreadMark[] {
  const group = useStore(({ groups }) => (isGroupId(peer) ? groups[peer] : undefined));
  return useMemo(() => {
    if (!group) return NONE;
    const { since, lines, encryption } = group;
    const marks: ThreadMark[] = lines.map(({ id, at }) => ({ id, at }));
    // Whoever made the group missed nothing.
    const missed = since !== null && lines.some(({ at }) => at < since);
    if (encryption !== 'none' && missed) {
      const place = marks.findLastIndex(({ at }) => at <= since) + 1;
      marks.splice(place, 0, { id: SINCE, at: since });
    }
    return from === undefined ? marks : marks.filter(({ at }) => at >= from);
  }, [group, from]);
}

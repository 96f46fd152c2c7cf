import { useMemo } from 'react';
import { isPeer, parsePeer, type Peer } from '../protocol/peer.ts';

/** The account, in any spelling, or the group that a text names; undefined when it names none. */
export const usePeer = (peer: string): Peer | undefined =>
  useMemo(() => (isPeer(peer) ? parsePeer(peer) : undefined), [peer]);

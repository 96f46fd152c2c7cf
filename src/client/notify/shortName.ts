import { addressOf } from '../../protocol/did.ts';
import { isGroupId, type Peer } from '../../protocol/peer.ts';

/** Who it is from where nobody vouches for a name: `0x8f3C…b2A1`. */
export function shortName(peer: Peer): string {
  const text = (isGroupId(peer) ? undefined : addressOf(peer)) ?? peer;
  return text.length <= 13 ? text : `${text.slice(0, 6)}…${text.slice(-4)}`;
}

import { sha256Hex } from '../../crypto/hash.ts';
import type { Did } from '../../protocol/did.ts';
import type { Peer } from '../../protocol/peer.ts';

/** Names a chat on this device and says nothing of it: the same for tabs and the service worker. */
export const tagOf = (network: string, me: Did, peer: Peer): string =>
  `push-chat-${sha256Hex(JSON.stringify([network, me, peer])).slice(0, 32)}`;

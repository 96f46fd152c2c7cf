import { PushChatError } from '../errors.ts';
import { addressOf, isChatId, parseDid, sameDid, type Did } from '../protocol/did.ts';
import type { WireUser } from '../protocol/payload.ts';

const ZERO_ADDRESS = `0x${'0'.repeat(40)}`;

/** Who writes to whom. */
export interface Parties {
  readonly from: Did;
  readonly to: Did;
}

/**
 * The account that a write names. Nobody has the key of the zero address, so nothing is done in its name or for it.
 * @throws {PushChatError} `InvalidAddress`
 */
export function parseAccount(text: string): Did {
  const did = parseDid(text);
  if (addressOf(did) === ZERO_ADDRESS)
    throw new PushChatError('InvalidAddress', 'The zero address is nobody’s account.');
  return did;
}

/** The other side of a chat of two; groups have calls of their own. */
export function parsePeer(text: string): Did {
  if (isChatId(text)) throw new PushChatError('NotFound', 'A group is no side of a chat of two.');
  return parseAccount(text);
}

/**
 * Refuses when one of the two blocks the other, in whatever spelling (security ND-04).
 * @throws {PushChatError} `BlockedPeer`
 */
export function checkNotBlocked(a: WireUser, b: WireUser): void {
  const blocks = (owner: WireUser, peer: WireUser): boolean =>
    (owner.profile.blockedUsersList ?? []).some((entry) => sameDid(entry, peer.did));
  if (blocks(a, b) || blocks(b, a)) {
    throw new PushChatError('BlockedPeer', 'Access denied: one of the two accounts has blocked the other.');
  }
}

/** Who an intent lists: both accounts of an accepted chat joined with `+`, else the requester (protocol 4.2). */
export const intentOf = (accepted: readonly Did[]): string => accepted.join('+');

import { addressOf } from '../../protocol/did.ts';
import { isGroupId, type Peer } from '../../protocol/peer.ts';
import { plainLine } from './plainLine.ts';

const LONGEST_NAME = 48;

/** An account's address, or a group's id, in short: 0x8f3C…b2A1. Never for comparing. */
export function shortAddress(peer: Peer): string {
  const text = (isGroupId(peer) ? undefined : addressOf(peer)) ?? peer;
  return text.length <= 13 ? text : `${text.slice(0, 6)}…${text.slice(-4)}`;
}

/** The name that an account gave itself, or that a group has, made safe to show, or its short address. */
export function accountName(peer: Peer, name: string | null | undefined): string {
  return plainLine(name ?? '', LONGEST_NAME) || shortAddress(peer);
}

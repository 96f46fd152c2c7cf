import { sha256Hex } from '../crypto/hash.ts';

/** Both accounts of a chat in plain string order, joined with `_`: the node's name of the pair (protocol 9). */
export const combinedDid = (a: string, b: string): string => [a, b].sort().join('_');

/**
 * The chat id of a one-to-one chat (protocol 9).
 * @param first.reference id of the chat's first message
 * @param first.timestamp milliseconds since the epoch
 */
export function deriveChatId(first: { combinedDID: string; reference: string; timestamp: number }): string {
  const { combinedDID, reference, timestamp } = first;
  return sha256Hex(JSON.stringify({ combinedDID, reference, timestamp }));
}

import { combinedDid } from './chatId.ts';
import type { Did } from './did.ts';
import { isMessageId } from './messageId.ts';
import { isGroupId, samePeer, type Peer } from './peer.ts';

/**
 * What a sender says of a message's place, inside the encryption, where no node can change it (security G6). The wire's
 * proof binds neither the thread nor the order; readers that do not know `x` ignore it.
 */
export interface Binding {
  /** The receiver. */
  readonly to: string;
  /** Both accounts, sorted and joined with `_`; in a group its chat id. */
  readonly chat: string;
  /** Id of the newest message of the thread that the sender had seen; null when it had seen none. */
  readonly prev: string | null;
  /** How many numbered messages the sender has written in this thread, this one included; absent when it cannot tell. */
  readonly seq?: number;
  /** Names what was written, however often it is sealed. */
  readonly id: string;
}

const VERSION = 1;
const ID = /^[0-9a-f]{32}$/;

/** What a message of `from` to `to` says of its place. */
export const bindingOf = ({ from, to }: Parties, place: Pick<Binding, 'prev' | 'seq' | 'id'>): Binding => ({
  to,
  chat: chatOf({ from, to }),
  ...place,
});

interface Parties {
  readonly from: Did;
  readonly to: Peer;
}

const chatOf = ({ from, to }: Parties): string => (isGroupId(to) ? to : combinedDid(from, to));

/** The value of the key `x` in an encrypted `messageObj`. */
export const formatBinding = ({ to, chat, prev, seq, id }: Binding): Record<string, string | number | null> => ({
  v: VERSION,
  to,
  chat,
  prev,
  ...(seq !== undefined && { seq }),
  id,
});

/** Reads `x`; undefined for none, and for one of another version or shape, which says nothing to us. */
export function parseBinding(value: unknown): Binding | undefined {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return undefined;
  const { v, to, chat, prev, seq, id } = value as Record<string, unknown>;
  if (v !== VERSION || typeof to !== 'string' || typeof chat !== 'string') return undefined;
  if (typeof id !== 'string' || !ID.test(id)) return undefined;
  if (prev !== null && !(typeof prev === 'string' && isMessageId(prev))) return undefined;
  if (seq === undefined) return { to, chat, prev, id };
  return Number.isSafeInteger(seq) && (seq as number) > 0 ? { to, chat, prev, seq: seq as number, id } : undefined;
}

/** Whether a message was written for this chat and this direction. */
export const isBoundTo = ({ to, chat }: Binding, parties: Parties): boolean =>
  samePeer(to, parties.to) && chat === chatOf(parties);

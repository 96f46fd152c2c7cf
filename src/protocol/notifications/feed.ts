import { parseDid, type Did } from '../did.ts';
import { malformed, objectOf, stringOf, type Fields } from '../fields.ts';
import { MAX_ARMOR, MAX_PAYLOAD_BYTES } from '../limits.ts';
import { CHAT_SOURCE } from './notification.ts';

/** A notification as a node serves it, read but not checked. */
export interface ServedNotification {
  /** The node's own name for it. */
  readonly id: string;
  readonly sender: Did;
  /** As it is written, since a wallet's signature is bound to the chain in it. */
  readonly senderCaip: string;
  /** When the node took it, in milliseconds since the epoch; no proof of anything. */
  readonly at: number;
  readonly proof: string;
  /** What may have been signed, the likeliest first. */
  readonly identities: readonly string[];
}

/** What an answer says of a list of notifications. */
export interface ServedFeed {
  readonly items: readonly ServedNotification[];
  /** How many the answer had, also of those that could not be read. */
  readonly served: number;
  /** How many there are in all. */
  readonly count: number;
}

const MAX_FEED = 100;

/**
 * Reads a page of an account's feed. An item that is none is left out: it harms no other.
 * @throws {PushChatError} `PayloadMalformed`
 */
export function parseFeed(value: unknown): ServedFeed {
  const { feeds, itemcount } = objectOf(value, 'feed');
  if (!Array.isArray(feeds) || feeds.length > MAX_FEED) throw malformed('feeds');
  const items = feeds.flatMap((item: unknown) => parseIfPossible(item) ?? []);
  return { items, served: feeds.length, count: typeof itemcount === 'number' ? itemcount : feeds.length };
}

function parseIfPossible(value: unknown): ServedNotification | undefined {
  try {
    return parseServed(value);
  } catch {
    return undefined;
  }
}

/**
 * Reads one notification, of a feed or of the live connection; undefined for what nodes themselves make of chat messages,
 * since those are in their chats.
 * @throws {PushChatError} `PayloadMalformed`, `PayloadTooLarge`, `InvalidAddress`
 */
export function parseServed(value: unknown): ServedNotification | undefined {
  const fields = objectOf(value, 'notification');
  if (stringOf(fields, 'source', 64) === CHAT_SOURCE) return undefined;
  const payload = objectOf(fields['payload'], 'payload');
  const senderCaip = stringOf(fields, 'sender');
  const at = Date.parse(stringOf(fields, 'epoch', 64));
  if (Number.isNaN(at)) throw malformed('epoch');
  return {
    id: idOf(fields),
    sender: parseDid(senderCaip),
    senderCaip,
    at,
    proof: stringOf(payload, 'verificationProof', MAX_ARMOR),
    identities: identitiesOf(payload),
  };
}

function idOf({ payload_id: id }: Fields): string {
  if (typeof id === 'number' && Number.isSafeInteger(id)) return String(id);
  if (typeof id === 'string' && /^[\w-]{1,128}$/.test(id)) return id;
  throw malformed('payload_id');
}

/**
 * A node of this library serves what was signed. Another serves the parts of it, of which it is put together again as the
 * official client does: in this order, the type as a text, and what was not given left out (protocol 7).
 */
function identitiesOf(payload: Fields): readonly string[] {
  if (payload['identity'] !== undefined) return [stringOf(payload, 'identity', MAX_PAYLOAD_BYTES)];
  const { notification, recipients } = payload;
  const { title, body } = objectOf(notification, 'notification');
  const data = objectOf(payload['data'], 'data');
  const [type, { acta, aimg, amsg, asub, etime, additionalMeta }] = [String(data['type']), data];
  const shown = { acta, aimg, amsg, asub, type };
  const flags = (['hidden', 'silent'] as const).filter((name) => data[name] === '1' || data[name] === true);
  const more = {
    ...(etime != null && { etime }),
    ...Object.fromEntries(flags.map((name) => [name, '1'])),
    ...(additionalMeta != null && { additionalMeta }),
  };
  const whole = JSON.stringify({ notification: { title, body }, data: { ...shown, ...more }, recipients });
  return [`2+${whole}`, `0+${type}+${String(title)}+${String(body)}`];
}

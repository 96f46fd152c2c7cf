import { PushChatError } from '../../errors.ts';
import { parseDid, type Did } from '../did.ts';
import { malformed, nullableStringOf, objectOf, optional, stringOf, type Fields } from '../fields.ts';
import { MAX_ARMOR, MAX_PAYLOAD_BYTES } from '../limits.ts';
import { parseJson } from '../parseJson.ts';

/** What is posted to send a notification (protocol 7). Only `identity` is signed. */
export interface NotificationBody {
  readonly verificationProof: string;
  readonly identity: string;
  /** The channel that sends, in CAIP-10. */
  readonly sender: string;
  /** A name of the chain, for readers. */
  readonly source: string;
  /** The one that it is for, or the channel itself when it is for many. */
  readonly recipient: string;
}

/** To all subscribers of a channel, to one account, or to some. */
export type NotificationType = 'broadcast' | 'targeted' | 'subset';

const TYPES: ReadonlyMap<string, NotificationType> = new Map([
  ['1', 'broadcast'],
  ['3', 'targeted'],
  ['4', 'subset'],
]);

/** The content of a notification, of which every field was signed. */
export interface Notification {
  readonly type: NotificationType;
  /** What a device shows of it. */
  readonly notification: { readonly title: string; readonly body: string };
  /** What an inbox shows of it, under the wire's names. */
  readonly data: NotificationData;
  /** As they were signed: one account, or an object with an account as each key. */
  readonly recipients: string | Readonly<Record<string, string | null>>;
  /** Whom it names; nobody when it is for all subscribers. */
  readonly to: readonly Did[];
}

export interface NotificationData {
  /** Call to action: a link. */
  readonly acta: string;
  /** Image. */
  readonly aimg: string;
  /** Text. */
  readonly amsg: string;
  /** Title. */
  readonly asub: string;
  readonly type: string;
  /** Until when it is of use, in seconds since the epoch. */
  readonly etime?: string | number;
  readonly hidden?: string | boolean;
  readonly silent?: string | boolean;
  readonly index?: string;
  /** What an application knows how to use: its kind, its content, and whose kind it is. */
  readonly additionalMeta?: string | { readonly type: string; readonly data: string; readonly domain?: string };
}

const MAX_TITLE = 1_000;
const MAX_TEXT = 50_000;
const MAX_LINK = 4_000;
const MAX_META = 100_000;
const MAX_RECIPIENTS = 5_000;

/**
 * Reads what is posted to send a notification.
 * @throws {PushChatError} `PayloadMalformed`, `PayloadTooLarge`, `InvalidAddress`
 */
export function parseNotificationBody(value: unknown): NotificationBody {
  const fields = objectOf(value, 'body');
  const source = stringOf(fields, 'source', 64);
  if (!/^[A-Z0-9_]+$/.test(source) || source === CHAT_SOURCE) throw malformed('source');
  return {
    verificationProof: stringOf(fields, 'verificationProof', MAX_ARMOR),
    identity: stringOf(fields, 'identity', MAX_PAYLOAD_BYTES),
    sender: stringOf(fields, 'sender'),
    source,
    recipient: stringOf(fields, 'recipient'),
  };
}

/** The source of what nodes themselves make of chat messages. */
export const CHAT_SOURCE = 'PUSH_CHAT';

/**
 * Reads what was signed: `0+<type>+<title>+<body>`, or `2+` and the payload as JSON. The others name what is kept
 * elsewhere (1 on IPFS, 3 in a subgraph), and nobody could check here what that is.
 * @param sender who signed it
 * @throws {PushChatError} `PayloadMalformed`, `PayloadTooLarge`, `InvalidAddress`, `UnsupportedMessageType`
 */
export function parseIdentity(identity: string, sender: Did): Notification {
  const [, kind, content] = /^(\d)\+(.*)$/s.exec(identity) ?? [];
  if (kind === '0') return parseMinimal(content ?? '', sender);
  if (kind === '2') return parsePayload(parseJson(content ?? ''), sender);
  throw new PushChatError(
    'UnsupportedMessageType',
    'This node takes notifications that carry their own payload (identity 0 and 2), and fetches none.',
  );
}

function parseMinimal(content: string, sender: Did): Notification {
  const [, type = '', title = '', body = ''] = /^(\d)\+([^+]*)\+(.*)$/s.exec(content) ?? [];
  if (TYPES.get(type) !== 'broadcast') {
    // Its recipient is not in what is signed, so anybody could send it on to somebody else.
    throw new PushChatError(
      'UnsupportedMessageType',
      'Identity 0 is for all subscribers. Sign the payload (2) instead.',
    );
  }
  const notification = textsOf({ title, body });
  const data = { acta: '', aimg: '', amsg: notification.body, asub: notification.title, type };
  return { type: 'broadcast', notification, data, recipients: sender, to: [] };
}

const textsOf = (fields: Fields): Notification['notification'] => ({
  title: stringOf(fields, 'title', MAX_TITLE),
  body: stringOf(fields, 'body', MAX_TEXT),
});

function parsePayload(value: unknown, sender: Did): Notification {
  const payload = objectOf(value, 'identity');
  const data = parseData(objectOf(payload['data'], 'data'));
  const type = TYPES.get(data.type);
  if (type === undefined) throw malformed('data.type');
  const recipients = parseRecipients(payload['recipients']);
  const named = (typeof recipients === 'string' ? [recipients] : Object.keys(recipients)).map((did) => parseDid(did));
  const to = type === 'broadcast' ? [] : [...new Set(named)];
  const isMisnamed = type === 'broadcast' && named.some((did) => did !== sender);
  if (isMisnamed || (type === 'targeted' && to.length !== 1)) throw malformed('recipients');
  const notification = textsOf(objectOf(payload['notification'], 'notification'));
  return { type, notification, data, recipients, to };
}

function parseRecipients(value: unknown): Notification['recipients'] {
  if (typeof value === 'string') return value;
  const fields = objectOf(value, 'recipients');
  const accounts = Object.keys(fields);
  if (accounts.length === 0) throw malformed('recipients');
  if (accounts.length > MAX_RECIPIENTS) {
    throw new PushChatError('PayloadTooLarge', `A notification names at most ${MAX_RECIPIENTS} accounts.`);
  }
  return Object.fromEntries(accounts.map((account) => [account, nullableStringOf(fields, account, MAX_ARMOR)]));
}

function parseData(fields: Fields): NotificationData {
  return {
    acta: stringOf(fields, 'acta', MAX_LINK),
    aimg: stringOf(fields, 'aimg', MAX_LINK),
    amsg: stringOf(fields, 'amsg', MAX_TEXT),
    asub: stringOf(fields, 'asub', MAX_TITLE),
    type: stringOf(fields, 'type'),
    ...optional(fields, 'etime', (from, name) => (typeof from[name] === 'number' ? from[name] : stringOf(from, name))),
    ...optional(fields, 'hidden', flagOf),
    ...optional(fields, 'silent', flagOf),
    ...optional(fields, 'index', stringOf),
    ...optional(fields, 'additionalMeta', metaOf),
  };
}

const flagOf = (fields: Fields, name: string): string | boolean =>
  typeof fields[name] === 'boolean' ? fields[name] : stringOf(fields, name);

function metaOf(fields: Fields, name: string): NonNullable<NotificationData['additionalMeta']> {
  if (typeof fields[name] === 'string') return stringOf(fields, name, MAX_META);
  const meta = objectOf(fields[name], name);
  return {
    type: stringOf(meta, 'type'),
    data: stringOf(meta, 'data', MAX_META),
    ...optional(meta, 'domain', stringOf),
  };
}

/**
 * Checks that what is not signed says the same as what is.
 * @throws {PushChatError} `ReceiverMismatch`, `InvalidAddress`
 */
export function checkRecipient({ recipient }: NotificationBody, { type, to }: Notification, sender: Did): void {
  const named = type === 'targeted' ? to[0] : sender;
  if (parseDid(recipient) !== named) {
    throw new PushChatError('ReceiverMismatch', '`recipient` is not whom the signed payload names.');
  }
}

/** An account's notifications as a page of its feed has them (protocol 7). */
export interface FeedItem {
  /** The first 52 bits of the digest that names the signed act. */
  readonly payload_id: number;
  readonly sender: string;
  /** ISO 8601. */
  readonly epoch: string;
  readonly payload: {
    readonly data: Readonly<Record<string, unknown>>;
    readonly recipients: Notification['recipients'];
    readonly notification: Notification['notification'];
    readonly verificationProof: string;
    /** Exactly what was signed, for whoever checks the proof: an addition of this library to the wire. */
    readonly identity?: string;
  };
  readonly source: string;
  /** ISO 8601, or null for no end. */
  readonly etime: string | null;
}

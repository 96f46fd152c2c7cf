import { PushChatError } from '../errors.ts';
import type { Json, JsonObject } from './payload.ts';
import { formatTypedData, parseTypedData, type TypedData } from './typedContent.ts';

/** The kinds that carry one string and may stand inside a reply or composite (protocol 3.1). */
export type PlainContentType = 'Text' | 'Image' | 'Audio' | 'Video' | 'File' | 'MediaEmbed';

export interface PlainContent {
  readonly type: PlainContentType | 'GIF';
  /** Text, a data URL, a URL, or for images and files also a JSON string of `{content, name, type, size}`. */
  readonly content: string;
  /** Of a `Text`: what it says to software. `defineContent` writes and reads it. */
  readonly data?: TypedData;
}

/** What a message says, in our own words; the wire’s words are made of it when it is sent. */
export type MessageContent =
  | PlainContent
  | { readonly type: 'Reaction'; readonly content: string; readonly reference: string }
  | { readonly type: 'Receipt'; readonly content: 'READ_RECEIPT'; readonly reference: string }
  | { readonly type: 'Reply'; readonly content: PlainContent; readonly reference: string }
  | { readonly type: 'Composite'; readonly content: readonly PlainContent[] }
  | { readonly type: 'Meta'; readonly content: string; readonly info: JsonObject }
  | { readonly type: 'UserActivity'; readonly content: string; readonly info: JsonObject }
  | { readonly type: 'Intent'; readonly content: string };

export type MessageType = MessageContent['type'];

/** The reactions of the official validator; readers show others too. */
export const REACTIONS = ['👍', '👎', '❤️', '👏', '😂', '😢', '😡', '😲', '🔥'] as const;

/** The deprecated mirror of kinds that old clients cannot show; the wire has it letter by letter. */
const UNSUPPORTED_MIRROR = 'MessageType Not Supported by this sdk version. Plz upgrade !!!';

const PLAIN: ReadonlySet<string> = new Set(['Text', 'Image', 'Audio', 'Video', 'File', 'MediaEmbed', 'GIF']);
const INNER: ReadonlySet<string> = new Set(['Text', 'Image', 'Audio', 'Video', 'File', 'MediaEmbed']);
const META: ReadonlySet<string> = new Set([
  'CREATE_GROUP',
  'ADD_MEMBER',
  'REMOVE_MEMBER',
  'ASSIGN_MEMBER_PRIVILEGE',
  'ASSIGN_ADMIN_PRIVILEGE',
  'UPDATE_GROUP',
  'UPDATE_GROUP_PROFILE',
  'UPDATE_GROUP_META',
  'USER_INTERACTION',
  'CREATE_SPACE',
  'ADD_LISTENER',
  'REMOVE_LISTENER',
  'ASSIGN_LISTENER_PRIVILEGE',
  'ASSIGN_SPEAKER_PRIVILEGE',
  'ASSIGN_COHOST_PRIVILEGE',
]);
const ACTIVITIES: ReadonlySet<string> = new Set([
  'LISTENER_JOIN',
  'LISTENER_LEAVE',
  'LISTENER_REQUEST_MIC',
  'SPEAKER_MIC_ON',
  'SPEAKER_MIC_OFF',
]);
const INTENTS: ReadonlySet<string> = new Set(['ACCEPT_INTENT', 'REJECT_INTENT', 'JOIN_GROUP', 'LEAVE_GROUP']);

/**
 * Reads the opened `messageObj` of a message type. Extra keys are ignored: they were already covered by the proof.
 * @throws {PushChatError} `UnsupportedMessageType`, `PayloadMalformed`
 */
export function parseContent(messageType: string, messageObj: unknown): MessageContent {
  const object = asObject(messageObj);
  if (PLAIN.has(messageType)) return plain(messageType as PlainContentType, object);
  switch (messageType) {
    case 'Reaction':
      if (text(object, 'content').length > MAX_REACTION) throw tooLarge('content');
      return { type: messageType, content: text(object, 'content'), reference: text(object, 'reference') };
    case 'Receipt':
      oneOf(object, new Set(['READ_RECEIPT']));
      return { type: messageType, content: 'READ_RECEIPT', reference: text(object, 'reference') };
    case 'Reply':
      return { type: messageType, content: inner(object['content']), reference: text(object, 'reference') };
    case 'Composite': {
      const { content } = object;
      if (!Array.isArray(content)) throw malformed('content');
      if (content.length > MAX_PARTS) throw tooLarge('content');
      return { type: messageType, content: content.map(inner) };
    }
    case 'Meta':
      return { type: messageType, content: oneOf(object, META), info: asObject(object['info']) };
    case 'UserActivity':
      return { type: messageType, content: oneOf(object, ACTIVITIES), info: asObject(object['info']) };
    case 'Intent':
      return { type: messageType, content: object['content'] === undefined ? '' : oneOf(object, INTENTS) };
    default:
      throw new PushChatError('UnsupportedMessageType', 'This version cannot show this type of message.');
  }
}

function inner(value: unknown): PlainContent {
  const object = asObject(value);
  const type = text(object, 'messageType');
  const content = plain(type as PlainContentType, asObject(object['messageObj']));
  if (!INNER.has(type)) throw malformed('content.messageType');
  return content;
}

function plain(type: PlainContentType, object: JsonObject): PlainContent {
  const data = type === 'Text' ? parseTypedData(object) : undefined;
  return { type, content: text(object, 'content'), ...(data && { data }) };
}

function asObject(value: unknown): JsonObject {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw malformed('messageObj');
  return value as JsonObject;
}

function text(object: JsonObject, key: string): string {
  const value = Object.hasOwn(object, key) ? object[key] : undefined;
  if (typeof value !== 'string') throw malformed(key);
  return value;
}

function oneOf(object: JsonObject, allowed: ReadonlySet<string>): string {
  const value = text(object, 'content');
  if (!allowed.has(value)) throw malformed('content');
  return value;
}

/** Parts of one composite message: more than anybody puts together by hand. */
const MAX_PARTS = 256;
/** UTF-16 units of a reaction: the longest emoji sequences take 40. */
const MAX_REACTION = 64;

const tooLarge = (path: string): PushChatError =>
  new PushChatError('PayloadTooLarge', `messageObj.${path} is longer than any that is shown.`);

const malformed = (path: string): PushChatError =>
  new PushChatError('PayloadMalformed', `messageObj.${path} is missing or has the wrong shape.`);

/** The wire's `messageObj` and its deprecated `messageContent` mirror, keys in the order the official client writes. */
export function formatContent(content: MessageContent): { messageObj: JsonObject; messageContent: string } {
  switch (content.type) {
    case 'Reaction':
    case 'Receipt':
      return mirror({ content: content.content, reference: content.reference });
    case 'Reply':
      return {
        messageObj: { content: wireInner(content.content), reference: content.reference },
        messageContent: UNSUPPORTED_MIRROR,
      };
    case 'Composite':
      return { messageObj: { content: content.content.map(wireInner) }, messageContent: UNSUPPORTED_MIRROR };
    case 'Meta':
    case 'UserActivity':
      return mirror({ content: content.content, info: content.info });
    case 'Intent':
      return mirror({ content: content.content });
    default:
      return mirror(wirePlain(content));
  }
}

const wirePlain = ({ content, data }: PlainContent): JsonObject & { content: string } => ({
  content,
  ...(data && formatTypedData(data)),
});

const wireInner = (part: PlainContent): Json => ({ messageType: part.type, messageObj: wirePlain(part) });

const mirror = (messageObj: JsonObject & { content: string }): { messageObj: JsonObject; messageContent: string } => ({
  messageObj,
  messageContent: messageObj.content,
});

/**
 * The sender's stricter rules, those of the official validator: known reactions, no empty reference or inner content.
 * @throws {PushChatError} `PayloadMalformed`, `UnsupportedMessageType`
 */
export function checkSendable(content: MessageContent): void {
  const { messageObj } = formatContent(content);
  parseContent(content.type, messageObj);
  if ('reference' in content && content.reference === '') throw malformed('reference');
  if (content.type === 'Reaction' && !(REACTIONS as readonly string[]).includes(content.content)) {
    throw malformed('content');
  }
  const inners = content.type === 'Reply' ? [content.content] : content.type === 'Composite' ? content.content : [];
  for (const part of [content, ...inners]) if ('data' in part && part.type !== 'Text') throw malformed('contentType');
  if (inners.some((part) => part.content === '')) throw malformed('content');
  if (content.type === 'Composite' && inners.length === 0) throw malformed('content');
}

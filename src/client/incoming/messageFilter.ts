import { sameDid } from '../../protocol/did.ts';
import type { ContentType } from '../../protocol/defineContent.ts';
import type { MessageType } from '../../protocol/messageContent.ts';
import { wordsOf, type ReadableMessage } from './incomingMessage.ts';

/** Which messages a rule is for; all that is given must fit. */
export interface MessageFields<Value = undefined> {
  /** Who wrote it: any of these accounts. */
  readonly from?: string | readonly string[];
  /** Its words, whole and in any case, or a pattern that is found in them. */
  readonly text?: string | RegExp;
  /** Its kind on the wire. */
  readonly type?: MessageType;
  /** A type of JSON message: the action is given what it reads. */
  readonly content?: ContentType<Value>;
  /** How its writer and this account stand. @default both, where requests come at all */
  readonly relation?: 'chat' | 'request';
}

export type MessageFilter<Value = undefined> = MessageFields<Value> | ((message: ReadableMessage) => boolean);

/** What a filter found; undefined where the message does not fit. */
export function matches<Value>(
  filter: MessageFilter<Value>,
  message: ReadableMessage,
): { readonly value: Value } | undefined {
  if (typeof filter === 'function') return filter(message) ? { value: undefined as Value } : undefined;
  const { from, text, type, content, relation } = filter;
  const writers = typeof from === 'string' ? [from] : from;
  if (writers && !writers.some((did) => sameDid(did, message.peer))) return undefined;
  if (type !== undefined && message.content.type !== type) return undefined;
  if (relation !== undefined && message.isRequest !== (relation === 'request')) return undefined;
  if (text !== undefined && !fits(text, wordsOf(message.content))) return undefined;
  const value = content?.read(message.content);
  return content && value === undefined ? undefined : { value: value as Value };
}

// `search` begins at the start, whatever a pattern with the flag `g` remembers.
const fits = (wanted: string | RegExp, words: string): boolean =>
  typeof wanted === 'string' ? words.trim().toLowerCase() === wanted.trim().toLowerCase() : words.search(wanted) >= 0;

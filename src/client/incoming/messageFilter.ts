import type { ContentType } from '../../protocol/defineContent.ts';
import { sameDid } from '../../protocol/did.ts';
import type { MessageType } from '../../protocol/messageContent.ts';
import { samePeer } from '../../protocol/peer.ts';
import { wordsOf, type ReadableMessage } from './incomingMessage.ts';

/** Which messages a rule is for; all that is given must fit. */
export interface MessageFields<Value = undefined> {
  /** Who wrote it: any of these accounts. */
  readonly from?: string | readonly string[];
  /** In which chat it came: any of these accounts or groups. @default any */
  readonly peer?: string | readonly string[];
  /** Its words, whole and in any case, or a pattern that is found in them. */
  readonly text?: string | RegExp;
  /** Its kind on the wire. */
  readonly type?: MessageType;
  /** A type of JSON message: the action is given what it reads. */
  readonly content?: ContentType<Value>;
  /** How its writer and this account stand; a group is a chat. @default both, where requests come at all */
  readonly relation?: 'chat' | 'request';
}

export type MessageFilter<Value = undefined> = MessageFields<Value> | ((message: ReadableMessage) => boolean);

/** What a filter found; undefined where the message does not fit. */
export function matches<Value>(
  filter: MessageFilter<Value>,
  message: ReadableMessage,
): { readonly value: Value } | undefined {
  if (typeof filter === 'function') return filter(message) ? { value: undefined as Value } : undefined;
  const { from, peer, text, type, content, relation } = filter;
  if (from !== undefined && !listOf(from).some((did) => sameDid(did, message.sender))) return undefined;
  if (peer !== undefined && !listOf(peer).some((chat) => samePeer(chat, message.peer))) return undefined;
  if (type !== undefined && message.content.type !== type) return undefined;
  if (relation !== undefined && message.isRequest !== (relation === 'request')) return undefined;
  if (text !== undefined && !fits(text, wordsOf(message.content))) return undefined;
  const value = content?.read(message.content);
  return content && value === undefined ? undefined : { value: value as Value };
}

const listOf = (given: string | readonly string[]): readonly string[] => (typeof given === 'string' ? [given] : given);

// `search` begins at the start, whatever a pattern with the flag `g` remembers.
const fits = (wanted: string | RegExp, words: string): boolean =>
  typeof wanted === 'string' ? words.trim().toLowerCase() === wanted.trim().toLowerCase() : words.search(wanted) >= 0;

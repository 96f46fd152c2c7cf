import { PushChatError } from '../errors.ts';
import { parseJson } from './parseJson.ts';
import type { Json, JsonObject } from './payload.ts';

/**
 * What a text says to software, beside what it says to people. It travels in the same `messageObj` under two keys that
 * other clients ignore, and so inside the same proof and encryption.
 */
export interface TypedData {
  /** Such as `org.example/deploy@1`: a name that its author owns, what it is, and the version of its shape. */
  readonly type: string;
  readonly value: Json;
}

/** A domain in reverse or any other owned name, a slash, a name, and a version. */
const TYPE = /^[a-z0-9][a-z0-9.-]{0,63}\/[a-z0-9][a-z0-9._-]{0,63}@[1-9][0-9]{0,5}$/;

export const isContentType = (text: string): boolean => TYPE.test(text);

/**
 * The two keys beside `content`. The value goes as a text, and the keys in the order that dag-cbor has them in too: a
 * store that sorts keys must not break the proof of a plain message.
 * @throws {PushChatError} `PayloadMalformed` for a name that is none, and for what JSON cannot say
 */
export function formatTypedData({ type, value }: TypedData): JsonObject {
  if (!isContentType(type)) {
    throw new PushChatError('PayloadMalformed', `${type} is no content type: write it like org.example/deploy@1.`);
  }
  return { contentType: type, contentValue: jsonOf(value) };
}

function jsonOf(value: unknown): string {
  try {
    const text = JSON.stringify(value) as string | undefined;
    if (text !== undefined) return text;
  } catch (cause) {
    throw new PushChatError('PayloadMalformed', 'The value of a typed message must be JSON.', { cause });
  }
  throw new PushChatError('PayloadMalformed', 'The value of a typed message must be JSON.');
}

/** Reads the two keys; undefined for none, and for what is none: the text beside them is then all that it says. */
export function parseTypedData({ contentType, contentValue }: JsonObject): TypedData | undefined {
  if (typeof contentType !== 'string' || typeof contentValue !== 'string' || !isContentType(contentType)) {
    return undefined;
  }
  try {
    return { type: contentType, value: parseJson(contentValue) as Json };
  } catch {
    return undefined;
  }
}

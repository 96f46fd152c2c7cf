import { PushChatError } from '../errors.ts';

/** Keys that, copied carelessly, would change an object's prototype or its conversion to text. */
const DANGEROUS: ReadonlySet<string> = new Set(['__proto__', 'constructor', 'prototype', 'toString', 'valueOf']);
const MAY_BE_DANGEROUS = /__proto__|constructor|prototype|toString|valueOf|\\u/i;

/**
 * Parses untrusted JSON without keys that could poison a prototype.
 * @throws {PushChatError} `PayloadMalformed`
 */
export function parseJson(text: string): unknown {
  try {
    // The reviver costs, and nearly no text needs it.
    return MAY_BE_DANGEROUS.test(text) ? JSON.parse(text, dropDangerous) : JSON.parse(text);
  } catch (cause) {
    throw new PushChatError('PayloadMalformed', 'This is not JSON.', { cause });
  }
}

function dropDangerous(key: string, value: unknown): unknown {
  return DANGEROUS.has(key) ? undefined : value;
}

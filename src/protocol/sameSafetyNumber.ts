import { PushChatError } from '../errors.ts';

/**
 * Whether two safety numbers are the same, however they are spaced.
 * @throws {PushChatError} `PayloadMalformed` when one is no safety number, which says nothing about the keys
 */
export function sameSafetyNumber(a: string, b: string): boolean {
  const [first, second] = [a, b].map((text) => text.replace(/[\s-]/g, ''));
  if (!isNumber(first) || !isNumber(second)) {
    throw new PushChatError('PayloadMalformed', 'A safety number has 60 digits.');
  }
  return first === second;
}

const isNumber = (text = ''): boolean => /^\d{60}$/.test(text);

import { sha256Hex } from '../../crypto/hash.ts';
import { PushChatError } from '../../errors.ts';
import { defineContent } from '../defineContent.ts';
import { parseDid, type Did } from '../did.ts';

/** A question to several accounts, each of which gets it as a message of its own chat. */
export interface Poll {
  readonly question: string;
  /** Two to twenty. */
  readonly options: readonly string[];
  /** Votes that are signed or stored later do not count; milliseconds since the epoch. */
  readonly closes: number;
  /** Who may vote; everybody where it is absent. */
  readonly voters?: readonly Did[];
  /** Makes two polls of the same words two. */
  readonly nonce: string;
}

/** One choice, by a message to whoever asked. */
export interface Vote {
  /** Which poll, by its `pollId`. */
  readonly poll: string;
  /** From 0. */
  readonly option: number;
  /** Its words, so that people can read what was chosen. */
  readonly choice: string;
}

/** What whoever asked says came out. */
export interface PublishedTally {
  readonly poll: string;
  readonly question: string;
  readonly options: readonly string[];
  /** Votes by option. */
  readonly counts: readonly number[];
}

const MAX_TEXT = 300;
const MAX_OPTIONS = 20;
const MAX_VOTERS = 2_000;
const HASH = /^[0-9a-f]{64}$/;

/**
 * Names a poll by what it says and who asks: whoever has the poll can work it out, and a poll that was changed for some
 * of its voters is another one.
 */
export function pollId(asker: string, { question, options, closes, voters, nonce }: Poll): string {
  return sha256Hex(
    JSON.stringify(['push-chat/poll@1', parseDid(asker), question, options, closes, voters ?? null, nonce]),
  );
}

/** The question. */
export const pollContent = defineContent<Poll>({
  type: 'push-chat/poll@1',
  schema: (value) => {
    const { question, options, closes, voters, nonce } = objectOf(value);
    return {
      question: textOf(question),
      options: optionsOf(options),
      closes: integerOf(closes, Number.MAX_SAFE_INTEGER),
      ...(voters !== undefined && { voters: listOf(voters, MAX_VOTERS).map((did) => parseDid(textOf(did))) }),
      nonce: textOf(nonce),
    };
  },
  fallback: ({ question, options, closes }) =>
    [
      `📊 ${question}`,
      ...options.map((option, index) => `${index + 1}. ${option}`),
      `Reply to this message with a number, until ${isoOf(closes)}. Votes are public.`,
    ].join('\n'),
});

/** The choice. */
export const voteContent = defineContent<Vote>({
  type: 'push-chat/vote@1',
  schema: (value) => {
    const { poll, option, choice } = objectOf(value);
    return { poll: idOf(poll), option: integerOf(option, MAX_OPTIONS - 1), choice: textOf(choice) };
  },
  fallback: ({ choice }) => `☑️ ${choice}`,
});

/** The result, as whoever asked says; anybody can count again. */
export const tallyContent = defineContent<PublishedTally>({
  type: 'push-chat/tally@1',
  schema: (value) => {
    const { poll, question, options, counts } = objectOf(value);
    const parsed = optionsOf(options);
    const numbers = listOf(counts, MAX_OPTIONS).map((count) => integerOf(count, Number.MAX_SAFE_INTEGER));
    if (numbers.length !== parsed.length) throw wrong('counts');
    return { poll: idOf(poll), question: textOf(question), options: parsed, counts: numbers };
  },
  fallback: ({ question, options, counts }) =>
    [`📊 ${question}`, ...options.map((option, index) => `${counts[index] ?? 0} × ${option}`)].join('\n'),
});

const isoOf = (time: number): string => (time <= 8.64e15 ? new Date(time).toISOString() : 'the end of time');

const wrong = (what: string): PushChatError =>
  new PushChatError('PayloadMalformed', `The ${what} of a poll is missing or has the wrong shape.`);

function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw wrong('value');
  return value as Readonly<Record<string, unknown>>;
}

function textOf(value: unknown): string {
  if (typeof value !== 'string' || value.trim() === '' || value.length > MAX_TEXT) throw wrong('text');
  return value;
}

function idOf(value: unknown): string {
  if (typeof value !== 'string' || !HASH.test(value)) throw wrong('id');
  return value;
}

function integerOf(value: unknown, most: number): number {
  if (typeof value !== 'number' || !Number.isSafeInteger(value) || value < 0 || value > most) throw wrong('number');
  return value;
}

function listOf(value: unknown, most: number): readonly unknown[] {
  if (!Array.isArray(value) || value.length > most) throw wrong('list');
  return value;
}

function optionsOf(value: unknown): readonly string[] {
  const options = listOf(value, MAX_OPTIONS).map(textOf);
  if (options.length < 2 || new Set(options).size < options.length) throw wrong('options');
  return options;
}

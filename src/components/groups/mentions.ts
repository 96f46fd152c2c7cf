import { addressOf, type Did } from '../../protocol/did.ts';
import { shortAddress } from '../shared/accountName.ts';

/**
 * How a member is named in a text, for every app to read: by the name that they gave themselves, or by their whole address,
 * which no other can have.
 */
export const mentionOf = (did: Did, name: string | null | undefined): string =>
  `@${name?.trim() || (addressOf(did) ?? did)}`;

/** Somebody who may be mentioned, and the name that they gave themselves. */
export interface Named {
  readonly did: Did;
  readonly name: string | null;
}

/** A place in a text where somebody is mentioned. */
export interface FoundMention {
  readonly at: number;
  /** As it is written, with its `@`. */
  readonly text: string;
  /** Everybody whom it fits: names are anybody's to take. */
  readonly dids: readonly Did[];
}

/** Longer names are not looked for; they are cut where they are shown. */
const LONGEST = 100;
/** More than a message needs; signs that are looked at, since a text may be nothing but them. */
const MOST = 1_000;

/**
 * Makes a search for mentions by name, whole address or short address, in any case. Of several that begin at one place the
 * longest counts. It marks words, and proves nothing.
 */
export function mentionFinder(members: Iterable<Named>): (text: string) => readonly FoundMention[] {
  const byWord = new Map<string, Did[]>();
  // As they are written: a letter may be two in lower case.
  const written = new Set<number>();
  for (const { did, name } of members) {
    const words = new Set([mentionOf(did, name), mentionOf(did, null), `@${shortAddress(did)}`]);
    for (const word of words) {
      const key = word.toLowerCase();
      if (word.length > LONGEST) continue;
      written.add(word.length);
      byWord.set(key, [...(byWord.get(key) ?? []), did]);
    }
  }
  const lengths = [...written].sort((a, b) => b - a);

  return (text) => {
    const found: FoundMention[] = [];
    let signs = 0;
    for (let at = text.indexOf('@'); at >= 0 && signs < MOST; at = text.indexOf('@', at), signs++) {
      const mention = isWordBefore(text, at) ? undefined : longestAt(text, at);
      if (mention) found.push(mention);
      at += mention?.text.length ?? 1;
    }
    return found;
  };

  function longestAt(text: string, at: number): FoundMention | undefined {
    for (const length of lengths) {
      const words = text.slice(at, at + length);
      const dids = byWord.get(words.toLowerCase());
      if (dids && words.length === length && !isWordAt(text, at + length)) return { at, text: words, dids };
    }
    return undefined;
  }
}

/** Whether a text names an account, as a word of its own: `@bo` is not in `@bob`, nor in `mail@bo`. */
export const mentions = (text: string, did: Did, name: string | null): boolean =>
  mentionFinder([{ did, name }])(text).length > 0;

const WORD = /^[\p{L}\p{M}\p{N}_]/u;

const isWordAt = (text: string, at: number): boolean => WORD.test(text.slice(at, at + 2));

const isWordBefore = (text: string, at: number): boolean =>
  /[\p{L}\p{M}\p{N}_]$/u.test(text.slice(Math.max(0, at - 2), at));

/** The beginning of a mention that is being written at the caret: where its `@` stands, and what follows. */
export function mentionAt(text: string, caret: number): { readonly at: number; readonly query: string } | undefined {
  const at = text.lastIndexOf('@', caret - 1);
  if (at < 0 || isWordBefore(text, at)) return undefined;
  const query = text.slice(at + 1, caret);
  return query.length <= 40 && !/[\s@]/.test(query) ? { at, query } : undefined;
}

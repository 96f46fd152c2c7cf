import { addressOf, type Did } from '../../protocol/did.ts';

/**
 * How a member is named in a text, for every app to read: by the name that they gave themselves, or by their whole address,
 * which no other can have.
 */
export const mentionOf = (did: Did, name: string | null | undefined): string =>
  `@${name?.trim() || (addressOf(did) ?? did)}`;

/** Whether a text names an account. Names are anybody's to take: this marks a message, and proves nothing. */
export function mentions(text: string, did: Did, name: string | null): boolean {
  const lower = text.toLowerCase();
  return [mentionOf(did, null), mentionOf(did, name)].some((mention) => names(lower, mention.toLowerCase()));
}

/** As a word of its own: `@bo` is not in `@bob`, nor in `mail@bo`. */
function names(text: string, mention: string): boolean {
  for (let at = text.indexOf(mention); at >= 0; at = text.indexOf(mention, at + 1)) {
    if (!isWord(text.at(at - 1), at === 0) && !isWord(text[at + mention.length])) return true;
  }
  return false;
}

const isWord = (character: string | undefined, outside = false): boolean =>
  !outside && character !== undefined && /[\p{L}\p{N}_]/u.test(character);

/** The beginning of a mention that is being written at the caret: where its `@` stands, and what follows. */
export function mentionAt(text: string, caret: number): { readonly at: number; readonly query: string } | undefined {
  const at = text.lastIndexOf('@', caret - 1);
  if (at < 0 || isWord(text[at - 1])) return undefined;
  const query = text.slice(at + 1, caret);
  return query.length <= 40 && !/[\s@]/.test(query) ? { at, query } : undefined;
}

/**
 * Characters that draw nothing, or change how others are drawn: controls, zero-width and bidirectional marks, tags.
 * A joiner (U+200D) and variation selectors stay, since emoji are made with them.
 */
const UNSEEN =
  /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\u{e0001}|[\u{e0020}-\u{e007f}]/gu;

/** A stranger's text as one safe line of at most `longest` characters: for names, file names and previews. */
export function plainLine(text: string, longest: number): string {
  // Cut first: cleaning a message of a megabyte to show eighty characters of it would stop the page.
  const line = text
    .slice(0, longest * 4)
    .replace(UNSEEN, '')
    .replace(/\s+/g, ' ')
    .trim();
  // By code points, so that no surrogate pair is cut in two.
  const characters = Array.from(line);
  return characters.length <= longest && text.length <= longest * 4
    ? line
    : `${characters.slice(0, longest).join('')}…`;
}

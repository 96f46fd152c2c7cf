/** A piece of a message's text; with `href` it may be drawn as a link. Joined, the texts are the message. */
export interface TextPart {
  readonly text: string;
  readonly href?: string;
}

/** A web address at a word's or a mark's beginning, so that `blob:https://…` and `javascript:…` hold none. */
const CANDIDATE = /(^|[\s([{<"'«“‘*~])(https?:\/\/[^\s<>"'«»“”‘’`\\]+)/giu;
const TRAILING: ReadonlySet<string> = new Set('.,;:!?)]}*~');
const LONGEST_LINK = 2_048;

/** Finds the links in a text that are safe to follow: http and https, with a plainly readable host. */
export function splitLinks(text: string): readonly TextPart[] {
  const parts: TextPart[] = [];
  let end = 0;
  for (const match of text.matchAll(CANDIDATE)) {
    const candidate = match[2] ?? '';
    if (candidate.length > LONGEST_LINK) continue;
    const written = trimEnd(candidate);
    const href = safeHref(written);
    if (href === undefined) continue;
    const start = match.index + (match[1] ?? '').length;
    if (start > end) parts.push({ text: text.slice(end, start) });
    parts.push({ text: written, href });
    end = start + written.length;
  }
  if (end < text.length) parts.push({ text: text.slice(end) });
  return parts;
}

/** Punctuation after a link is the sentence's, but for a bracket that the link itself opens. */
function trimEnd(link: string): string {
  let length = link.length;
  while (TRAILING.has(link.charAt(length - 1))) length--;
  const trimmed = link.slice(0, length);
  return link.charAt(trimmed.length) === ')' && trimmed.includes('(') && !trimmed.includes(')')
    ? `${trimmed})`
    : trimmed;
}

/**
 * The address of a link that goes where it seems to go; undefined for every other text. Names and passwords before the
 * host, and hosts in letters that look like others, are left to the reader as text (security UI-02, UI-03).
 */
function safeHref(text: string): string | undefined {
  const url = parseUrl(text);
  if (!url) return undefined;
  const readable = text.toLowerCase().startsWith(`${url.protocol}//${url.host}`);
  const web = url.protocol === 'https:' || url.protocol === 'http:';
  return web && readable && url.username === '' && url.password === '' ? url.href : undefined;
}

function parseUrl(text: string): URL | undefined {
  try {
    return new URL(text);
  } catch {
    return undefined;
  }
}

import type { PlainContent } from '../../protocol/messageContent.ts';
import { pictureSize } from './pictureSize.ts';
import { plainLine } from '../shared/plainLine.ts';

/** Something that a message carries within itself, safe to draw or to save. Nothing of it comes from the network. */
export interface Media {
  readonly kind: 'image' | 'video' | 'audio' | 'file';
  /** A `data:` URL; of a type that no browser runs when `kind` is `file`. */
  readonly url: string;
  readonly name: string;
  /** Of the bytes that are here, whatever the sender says. */
  readonly bytes: number;
}

const LONGEST_NAME = 120;
/** 32 MiB of base64: more would stop the page. */
const LONGEST_URL = 33_554_432;
const DATA_URL = /^data:([a-z]+\/[a-z0-9.+-]+)?(?:;[a-z0-9_-]+=[^;,"'<>\s]+)*;base64,/i;
const BASE64 = /^[a-z0-9+/]*={0,2}$/i;

/** The first bytes of each kind of picture, in base64; a file that begins otherwise is not what it says. */
const PICTURES: Readonly<Record<string, string>> = {
  'image/png': 'iVBORw0KGgo',
  'image/jpeg': '/9j/',
  'image/jpg': '/9j/',
  'image/gif': 'R0lGOD',
  'image/webp': 'UklGR',
};
const VIDEOS = /^video\/(mp4|webm|ogg|quicktime)$/;
const AUDIOS = /^audio\/(mpeg|mp3|mp4|aac|ogg|wav|webm|x-m4a|x-wav)$/;

/** Reads a bare data URL or a JSON text of `{content, name}`; undefined for whatever is not safe to draw or save. */
export function parseMedia({ type, content }: PlainContent): Media | undefined {
  const { url, name } = readEnvelope(content);
  const head = url.length <= LONGEST_URL ? DATA_URL.exec(url) : null;
  if (!head) return undefined;
  const body = url.slice(head[0].length);
  if (!BASE64.test(body)) return undefined;
  const mime = head[1]?.toLowerCase() ?? '';
  const bytes = Math.floor((body.replace(/=+$/, '').length * 3) / 4);
  const media = { url, name: fileName(name), bytes };
  if (type === 'File') return { ...media, kind: 'file', url: `data:application/octet-stream;base64,${body}` };
  const start = PICTURES[mime];
  if (type !== 'Video' && type !== 'Audio')
    return start && body.startsWith(start) && isDrawable(mime, body) ? { ...media, kind: 'image' } : undefined;
  if (type === 'Video') return VIDEOS.test(mime) ? { ...media, kind: 'video' } : undefined;
  return AUDIOS.test(mime) ? { ...media, kind: 'audio' } : undefined;
}

/** As much as the largest cameras take; a decoder takes four bytes for each. */
const MOST_PIXELS = 50_000_000;

function isDrawable(mime: string, body: string): boolean {
  const size = pictureSize(mime === 'image/jpg' ? 'image/jpeg' : mime, body);
  return size !== undefined && size.width > 0 && size.height > 0 && size.width * size.height <= MOST_PIXELS;
}

function readEnvelope(content: string): { readonly url: string; readonly name: string } {
  if (!content.startsWith('{')) return { url: content, name: '' };
  try {
    const { content: url, name } = JSON.parse(content) as Readonly<Record<string, unknown>>;
    return { url: typeof url === 'string' ? url : '', name: typeof name === 'string' ? name : '' };
  } catch {
    return { url: '', name: '' };
  }
}

/** A name without a path, and without characters that would hide its ending. */
const fileName = (name: string): string =>
  plainLine(name.slice(Math.max(name.lastIndexOf('/'), name.lastIndexOf('\\')) + 1), LONGEST_NAME).replace(/^\.+/, '');

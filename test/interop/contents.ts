import type { MessageContent } from '../../src/protocol/messageContent.ts';
import type { Json } from '../../src/protocol/payload.ts';
import type { OfficialContent } from './official.ts';

const PNG =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';

/** 120 kB, sealed twice and in base64: well beyond what a node with a default body limit takes. */
const LARGE_FILE = `data:text/plain;base64,${btoa('0123456789abcdef'.repeat(7_500))}`;

const attachment = (name: string, type: string, content: string): string =>
  JSON.stringify({ content, name, type, size: content.length });

/** Line ends, trailing blanks, astral characters and wire look-alikes: what canonicalisation could damage. */
export const MULTI_LINE =
  'one\ntwo  \r\nthree\r\n\n\ttab — “é” 👩‍👩‍👧‍👦 \u0000 {"content":"not json"} eip155:0x00: U2FsdGVkX1\n';

/**
 * A message of every type that may be sent in a one-to-one chat. The references name an earlier message of the chat.
 */
export const everyContent = (reference: string): readonly MessageContent[] => [
  { type: 'Text', content: 'plain text' },
  { type: 'Text', content: MULTI_LINE },
  { type: 'Image', content: attachment('dot.png', 'image/png', PNG) },
  { type: 'Image', content: PNG },
  { type: 'File', content: attachment('large.txt', 'text/plain', LARGE_FILE) },
  { type: 'MediaEmbed', content: 'https://example.org/picture.gif' },
  { type: 'GIF', content: 'https://example.org/dance.gif' },
  { type: 'Video', content: attachment('clip.mp4', 'video/mp4', 'data:video/mp4;base64,AAAA') },
  { type: 'Audio', content: attachment('note.ogg', 'audio/ogg', 'data:audio/ogg;base64,T2dnUw==') },
  { type: 'Reaction', content: '❤️', reference },
  { type: 'Receipt', content: 'READ_RECEIPT', reference },
  { type: 'Reply', content: { type: 'Text', content: 'an answer' }, reference },
  { type: 'Reply', content: { type: 'Image', content: PNG }, reference },
  {
    type: 'Composite',
    content: [
      { type: 'Text', content: 'a text and' },
      { type: 'Image', content: PNG },
      { type: 'MediaEmbed', content: 'https://example.org/picture.gif' },
    ],
  },
];

/** What the official client wants as input: the same words, wide enough in type. */
export const officialContent = (content: MessageContent): OfficialContent => content as unknown as OfficialContent;

/** What the official client shows as `messageObj` of an opened message. */
export function officialObject(content: MessageContent): Readonly<Record<string, Json>> {
  switch (content.type) {
    case 'Reply':
      return { content: inner(content.content), reference: content.reference };
    case 'Composite':
      return { content: content.content.map(inner) };
    case 'Meta':
    case 'UserActivity':
      return { content: content.content, info: content.info };
    case 'Reaction':
    case 'Receipt':
      return { content: content.content, reference: content.reference };
    default:
      return { content: content.content };
  }
}

const inner = ({ type, content }: { readonly type: string; readonly content: string }): Json => ({
  messageType: type,
  messageObj: { content },
});

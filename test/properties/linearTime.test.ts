import { describe, expect, it } from 'vitest';
import { splitLinks } from '../../src/components/ChatBubble/splitLinks.ts';
import { parseMedia } from '../../src/components/ChatBubble/parseMedia.ts';
import { plainLine } from '../../src/components/shared/plainLine.ts';
import { parseKeyBundle } from '../../src/crypto/keyBundle.ts';
import { isChatId, isDid, sameDid } from '../../src/protocol/did.ts';
import { isCid, isMessageId } from '../../src/protocol/messageId.ts';
import { parseContent } from '../../src/protocol/messageContent.ts';
import { armoredKey, recoverWrapperSigner } from '../../src/protocol/publicKey.ts';
import { parseProof } from '../../src/protocol/verificationProof.ts';

/** Every reader of texts that a stranger chose. What they throw is not asked here. */
const READERS: readonly [string, (text: string) => unknown][] = [
  ['splitLinks', splitLinks],
  ['plainLine', (text) => plainLine(text, text.length)],
  ['parseMedia', (content) => parseMedia({ type: 'Image', content })],
  ['parseContent', (content) => parseContent('Text', { content })],
  ['isDid', isDid],
  ['sameDid', (text) => sameDid(text, `${text} `)],
  ['isChatId', isChatId],
  ['isCid', isCid],
  ['isMessageId', isMessageId],
  ['armoredKey', armoredKey],
  ['recoverWrapperSigner', recoverWrapperSigner],
  ['parseProof', parseProof],
  ['parseKeyBundle', parseKeyBundle],
];

/** Texts that expressions of the wrong kind go back and forth in. */
const SEEDS = [
  'a',
  ' ',
  '0',
  ':',
  '=',
  '/',
  '"',
  '{',
  '[',
  '\\',
  '\u200b',
  '👩‍👩‍👧',
  'eip155:',
  'eip155:1:0x',
  'nft:eip155:1:',
  'pgpv3:',
  'https://',
  'https://a.b/(',
  'https://a.b ',
  'data:image/png;a=b',
  ';a=b',
  'data:image/png;base64,AAAA',
  '-----BEGIN PGP ',
  '-----BEGIN PGP SIGNATURE-----\n',
];

const MOST_EXPONENT = 1.6;

function run(read: (text: string) => unknown, text: string): number {
  const start = performance.now();
  try {
    read(text);
  } catch {
    // Garbage may be refused.
  }
  return performance.now() - start;
}

/** The least of a few runs, since whatever else the machine does only adds. */
const least = (read: (text: string) => unknown, text: string): number =>
  Math.min(...[1, 2, 3].map(() => run(read, text)));

/** How time grows with length: 1 where twice the text takes twice the time, 2 where it takes four times that. */
function growth(read: (text: string) => unknown, seed: string, [from, to] = [16_384, 131_072]): number {
  const textOf = (length: number): string => `${seed.repeat(length / seed.length)}!`;
  const [short, long] = [least(read, textOf(from)), least(read, textOf(to))];
  // Below a millisecond nothing is measured but the clock, and nothing is slow.
  return Math.log(Math.max(long, 1) / Math.max(short, 1)) / Math.log(to / from);
}

describe('F18 RX-09 time grows with length, and no faster', () => {
  it.each(READERS)('%s', (_, read) => {
    for (const seed of SEEDS) {
      expect(growth(read, seed), JSON.stringify(seed)).toBeLessThan(MOST_EXPONENT);
    }
  });

  it('is told from what grows faster', () => {
    expect(growth((text) => /(a+)!!/.exec(text), 'a', [2_048, 16_384])).toBeGreaterThan(MOST_EXPONENT);
  });
});

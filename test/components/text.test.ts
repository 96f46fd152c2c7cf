import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseMedia } from '../../src/components/ChatBubble/parseMedia.ts';
import { splitLinks } from '../../src/components/ChatBubble/splitLinks.ts';
import { arrangeItems } from '../../src/components/ChatWindow/arrangeItems.ts';
import { accountName, shortAddress } from '../../src/components/shared/accountName.ts';
import { drawBlocks } from '../../src/components/shared/blockies.ts';
import { formatDay, formatShort } from '../../src/components/shared/formatTime.ts';
import { plainLine } from '../../src/components/shared/plainLine.ts';
import { ENGLISH } from '../../src/components/text/english.ts';
import { NOW, opened, PICTURE } from './support/items.ts';
import { MAYA, NORA } from './support/people.ts';

const anything = fc.string({ unit: 'binary', maxLength: 400 });

describe('splitLinks', () => {
  it('loses and adds nothing', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(anything, fc.webUrl()), { maxLength: 5 }), (words) => {
        const text = words.join(' ');
        expect(
          splitLinks(text)
            .map((part) => part.text)
            .join(''),
        ).toBe(text);
      }),
    );
  });

  it('F12 UI-02 finds the same links in a text and in each link that it found', () => {
    fc.assert(
      fc.property(fc.array(fc.oneof(anything, fc.webUrl({ withQueryParameters: true })), { maxLength: 5 }), (words) => {
        for (const part of splitLinks(words.join(' '))) {
          if (part.href === undefined) continue;
          expect(['http:', 'https:']).toContain(new URL(part.href).protocol);
          expect(splitLinks(part.text)).toEqual([part]);
          expect(splitLinks(part.href)[0]?.href).toBe(part.href);
        }
      }),
    );
  });

  it('UI-02 gives no address but of the web', () => {
    const schemes = fc.constantFrom(
      'javascript:',
      'data:',
      'vbscript:',
      'blob:',
      'file:',
      'JAVASCRIPT:',
      'java\tscript:',
    );
    fc.assert(
      fc.property(schemes, anything, fc.webUrl(), (scheme, tail, url) => {
        for (const { href } of splitLinks(`${scheme}${tail}`)) expect(href ?? 'https://').toMatch(/^https?:\/\//);
        expect(splitLinks(`${scheme}${url}`).every(({ href }) => href === undefined)).toBe(true);
      }),
    );
  });
});

describe('parseMedia', () => {
  const image = (content: string) => parseMedia({ type: 'Image', content });

  it('takes pictures that are what they say', () => {
    expect(image(PICTURE)).toMatchObject({ kind: 'image', url: PICTURE });
    for (const content of [
      'data:image/svg+xml;base64,PHN2Zz4=',
      'data:image/png;base64,PGh0bWw+',
      'data:image/png,<svg onload=alert(1)>',
      'data:text/html;base64,PGI+',
      'https://x.example/a.png',
      `${PICTURE}" onerror="alert(1)`,
      '{"content": 5}',
      '{"content',
      '',
    ]) {
      expect(image(content)).toBeUndefined();
    }
  });

  it('counts the bytes that are here, whatever the sender says', () => {
    const content = JSON.stringify({ content: 'data:text/plain;base64,aGVsbG8=', name: 'a.txt', size: 9e9 });
    expect(parseMedia({ type: 'File', content })).toMatchObject({ bytes: 5, name: 'a.txt' });
  });

  it('answers any text with something safe or nothing', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('Image', 'File', 'Video', 'Audio', 'GIF'),
        fc.oneof(anything, fc.json()),
        (type, content) => {
          expect(parseMedia({ type, content })?.url ?? 'data:').toMatch(/^data:/);
        },
      ),
    );
  });
});

describe('plainLine', () => {
  it('makes one short line without unseen characters, and leaves emoji whole', () => {
    expect(plainLine('a\u202eb\u0000c\n\td', 10)).toBe('abc d');
    expect(plainLine('👩‍👩‍👧 hi', 20)).toBe('👩‍👩‍👧 hi');
    expect(plainLine('x'.repeat(100), 5)).toBe('xxxxx…');
    fc.assert(fc.property(anything, (text) => Array.from(plainLine(text, 40)).length <= 41));
  });

  it('names an account by its own name or its short address', () => {
    expect(shortAddress(MAYA)).toMatch(/^0x8f3C…[0-9a-fA-F]{4}$/);
    expect(accountName(MAYA, '  Maya\u200b ')).toBe('Maya');
    expect(accountName(MAYA, '\u202e\u200b')).toBe(shortAddress(MAYA));
  });
});

describe('drawBlocks', () => {
  it('draws the same for the same account, and something else for another', () => {
    expect(drawBlocks(MAYA)).toEqual(drawBlocks(MAYA.toLowerCase()));
    expect(drawBlocks(MAYA).path).not.toBe(drawBlocks(NORA).path);
  });
});

describe('days', () => {
  const english = { t: (key: keyof typeof ENGLISH) => ENGLISH[key], tag: 'en' };
  const DAY = 86_400_000;

  it('are named as people do', () => {
    expect([0, DAY].map((ago) => formatDay(NOW - ago, NOW, english))).toEqual(['Today', 'Yesterday']);
    expect(formatDay(NOW - 30 * DAY, NOW, english)).toMatch(/2026/);
    expect(formatShort(NOW - DAY, NOW, english)).toBe('Yesterday');
  });

  it('keeps what is to be said at the place of a message that is out of sight', () => {
    const items = [opened('a', { id: 'a', minutesAgo: 9 }), opened('b', { id: 'b' }), opened('c', { id: 'c' })];
    const notices = [
      { id: 'gap', code: 'HistoryGap', before: 'b' },
      { id: 'roll', code: 'HistoryRollback', before: 'c' },
    ] as const;
    const drawn = (hidden: string) =>
      arrangeItems(items, { notices, isHidden: ({ id }) => hidden.includes(id) }).map(({ id }) => id);
    expect(drawn('')).toEqual(['day:a', 'a', 'gap', 'b', 'roll', 'c']);
    expect(drawn('b')).toEqual(['day:a', 'a', 'gap', 'roll', 'c']);
    expect(drawn('bc')).toEqual(['day:a', 'a', 'gap', 'roll']);
  });

  it('say the same thing of one place once', () => {
    const broken = (id: string) => ({ id, code: 'ChainBroken', before: 'b' }) as const;
    const items = [opened('a', { id: 'a', minutesAgo: 9 }), opened('b', { id: 'b' })];
    const gap = { id: 'gap', code: 'HistoryGap', before: 'b' } as const;
    const rows = arrangeItems(items, { notices: [broken('1'), broken('2'), gap, broken('3')] });
    expect(rows.map(({ id }) => id)).toEqual(['day:a', 'a', '1', 'gap', '3', 'b']);
  });

  it('part the thread, and join what stands close together', () => {
    const rows = arrangeItems([
      opened('a', { minutesAgo: 2880 }),
      opened('b', { minutesAgo: 12 }),
      opened('c', { minutesAgo: 11 }),
      opened('d', { minutesAgo: 10, from: 'me' }),
      opened('e', { minutesAgo: 1, from: 'me' }),
    ]);
    expect(rows.map((row) => (row.kind === 'item' ? row.joined : row.kind))).toEqual([
      'day',
      'only',
      'day',
      'first',
      'last',
      'only',
      'only',
    ]);
  });
});

import fc from 'fast-check';
import { expect, it } from 'vitest';
import { arrangeItems } from '../../src/components/ChatWindow/arrangeItems.ts';
import { mentionAt, mentionFinder, mentionOf, mentions } from '../../src/components/groups/mentions.ts';
import { emptyCondition, NO_RULES, rulesOf } from '../../src/components/groups/rulesDraft.ts';
import { describeRules } from '../../src/protocol/groups/accessRules.ts';
import { NOW, opened } from './support/items.ts';
import { MAYA, ME, NORA, RAVI } from './support/people.ts';

it('finds a mention as a word of its own, and by the whole address', () => {
  expect(mentions('Thanks, @Bo!', ME, 'Bo')).toBe(true);
  expect(mentions('@bo', ME, 'Bo')).toBe(true);
  expect(mentions('@Bob', ME, 'Bo')).toBe(false);
  expect(mentions('mail@bo', ME, 'Bo')).toBe(false);
  expect(mentions(`ask ${mentionOf(ME, null)}.`, ME, null)).toBe(true);
  expect(mentions(`ask ${mentionOf(MAYA, null)}.`, ME, null)).toBe(false);
});

it('finds what it writes, whatever the name', () => {
  fc.assert(
    fc.property(fc.string({ minLength: 1, unit: 'grapheme' }), (name) => {
      expect(mentions(`Hi ${mentionOf(ME, name)} `, ME, name)).toBe(true);
    }),
  );
});

it('marks members by name, whole address and short address, the longest that fits', () => {
  const find = mentionFinder([
    { did: ME, name: 'Bo' },
    { did: MAYA, name: 'Bo Diddley' },
    { did: NORA, name: 'Bo' },
    { did: RAVI, name: null },
  ]);
  const found = (text: string): unknown[] => find(text).map(({ at, text: words, dids }) => [at, words, dids]);
  expect(found('Hi @bo, and @Bo Diddley!')).toEqual([
    [3, '@bo', [ME, NORA]],
    [12, '@Bo Diddley', [MAYA]],
  ]);
  const whole = mentionOf(RAVI, null);
  expect(found(`${whole.toUpperCase().replace('X', 'x')} @0xa9B2…33f0`)).toEqual([
    [0, expect.any(String), [RAVI]],
    [44, '@0xa9B2…33f0', [RAVI]],
  ]);
  expect(found('@Bob @Bo\u0301 a@Bo @Bo\u{1d41a} @0xa9b2 @@')).toEqual([]);
  expect(found('@Bo@Bo')).toEqual([[0, '@Bo', [ME, NORA]]]);
});

it('leaves every other character of a text as it is, however many signs it holds', () => {
  const find = mentionFinder([
    { did: ME, name: 'a' },
    { did: MAYA, name: 'İa b' },
  ]);
  const text = fc.string({ unit: fc.constantFrom('@', 'a', 'İ', ' b', '@a', '@İa b', '.') });
  fc.assert(
    fc.property(text, (each) => {
      let end = 0;
      for (const { at, text: words } of find(each)) {
        expect(at).toBeGreaterThanOrEqual(end);
        expect(each.startsWith(words, at)).toBe(true);
        end = at + words.length;
      }
    }),
  );
  expect(find('@'.repeat(1_000_000))).toEqual([]);
});

it('knows where a mention is being written', () => {
  expect(mentionAt('Thanks @b', 9)).toEqual({ at: 7, query: 'b' });
  expect(mentionAt('@', 1)).toEqual({ at: 0, query: '' });
  expect(mentionAt('mail@b', 6)).toBeUndefined();
  expect(mentionAt('@b and', 6)).toBeUndefined();
  expect(mentionAt('', 0)).toBeUndefined();
});

it('puts marks between messages by time, and parts what they stand between', () => {
  const items = [opened('a', { id: 'a', minutesAgo: 3 }), opened('b', { id: 'b', minutesAgo: 1 })];
  const marks = [
    { id: 'before', at: NOW - 9 * 60_000 },
    { id: 'between', at: NOW - 2 * 60_000 },
    { id: 'after', at: NOW },
  ];
  const rows = arrangeItems(items, { marks });
  expect(rows.filter(({ kind }) => kind !== 'day').map(({ id }) => id)).toEqual([
    'before',
    'a',
    'between',
    'b',
    'after',
  ]);
  expect(rows.flatMap((row) => (row.kind === 'item' ? [row.joined] : []))).toEqual(['only', 'only']);
  expect(arrangeItems([], { marks }).map(({ id }) => id)).toEqual(['before', 'between', 'after']);
});

it('makes rules that read as they were filled in', () => {
  const contract = '0xf418588522d5dd018b425E472991E52EBBeEEEEE';
  const token = { ...emptyCondition(1, 'erc20'), contract, amount: '2,5' };
  const guild = { ...emptyCondition(2, 'guild'), guild: '1', role: '' };
  const rules = rulesOf({ ...NO_RULES, entry: { join: 'all', conditions: [token, guild] } });
  expect(describeRules(rules)).toMatchObject({
    entry: {
      join: 'all',
      of: [
        { condition: { kind: 'erc20', chain: 1, amount: 2.5, comparison: '>=' } },
        { condition: { kind: 'guild', guild: '1', role: '*' } },
      ],
    },
    chat: null,
  });
  expect(rulesOf(NO_RULES)).toEqual({});
  for (const wrong of [{ amount: '' }, { amount: 'x' }, { contract: '0x12' }, { decimals: '' }]) {
    expect(() => rulesOf({ ...NO_RULES, chat: { join: 'any', conditions: [{ ...token, ...wrong }] } })).toThrow();
  }
});

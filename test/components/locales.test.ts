import { readdirSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { ENGLISH } from '../../src/components/text/english.ts';
import { BESIDE_ENGLISH } from '../../src/components/text/besideEnglish.ts';
import { LATE_ENGLISH } from '../../src/components/text/lateEnglish.ts';
import { formatText } from '../../src/components/text/formatText.ts';
import type { Locale } from '../../src/components/text/locale.ts';

const files = readdirSync('src/exports/locales').map((file) => file.replace(/\.ts$/, ''));
const english: Readonly<Record<string, string>> = { ...ENGLISH, ...LATE_ENGLISH, ...BESIDE_ENGLISH };

/** What a user can meet, in words of every language; English errors have their own. */
const ERRORS = [
  'BlockedPeer',
  'HostRefused',
  'InvalidAddress',
  'KeyChanged',
  'KeyNotFound',
  'KeyUnattested',
  'MembersUnconfirmed',
  'NetworkTimeout',
  'NetworkUnavailable',
  'NodeError',
  'NotMember',
  'NotPermitted',
  'PayloadTooLarge',
  'PlaintextRefused',
  'RateLimited',
  'SessionLocked',
  'StorageQuota',
  'WalletChanged',
  'WalletNonDeterministic',
  'WalletRejected',
  'WalletTimeout',
  'WalletUnsupported',
];

const namesIn = (text: string): readonly string[] =>
  [...new Set([...text.matchAll(/\{(\w+)[,}]/g)].map(([, name = '']) => name))].sort();
const categoriesIn = (text: string): readonly string[] => [...text.matchAll(/(\w+) \{/g)].map(([, name = '']) => name);

it('are the eleven that are promised, English aside', () => {
  expect(files).toEqual(['ar', 'de', 'es', 'fr', 'hi', 'ja', 'ko', 'pt', 'tr', 'zh']);
});

describe.each(files)('%s', (tag) => {
  const load = async (): Promise<Locale> => {
    const entry = (await import(`../../src/exports/locales/${tag}.ts`)) as Readonly<Record<string, Locale>>;
    const locale = entry[tag];
    if (!locale) throw new Error(`no ${tag} in locales/${tag}`);
    return locale;
  };

  it('has every text, in a language that the browser knows', async () => {
    const { tag: bcp47, direction, texts } = await load();
    expect(Intl.PluralRules.supportedLocalesOf(bcp47)).toEqual([bcp47]);
    expect(direction).toBe(tag === 'ar' ? 'rtl' : 'ltr');
    const expected = [...Object.keys(english), ...ERRORS.map((code) => `error.${code}`)];
    expect(expected.filter((key) => !Object.hasOwn(texts, key))).toEqual([]);
    const known = (key: string): boolean => Object.hasOwn(english, key) || key.startsWith('error.');
    expect(Object.keys(texts).filter((key) => !known(key))).toEqual([]);
    expect(Object.entries(texts).filter(([, text]) => text.trim() === '')).toEqual([]);
  });

  it('puts in what English puts in', async () => {
    const { texts } = await load();
    for (const [key, text] of Object.entries(texts)) {
      if (Object.hasOwn(english, key)) expect([key, namesIn(text)]).toEqual([key, namesIn(english[key] ?? '')]);
    }
  });

  it('has a form for every number, by the rules of the language', async () => {
    const { tag: bcp47, texts } = await load();
    const { pluralCategories } = new Intl.PluralRules(bcp47).resolvedOptions();
    for (const [key, text] of Object.entries(texts)) {
      if (!text.includes(', plural,')) continue;
      expect([key, categoriesIn(text)]).toEqual([key, expect.arrayContaining(pluralCategories)]);
      for (const count of [0, 1, 2, 3, 11, 100, 1_000_000]) {
        expect(formatText(text, bcp47, { count, name: 'N' })).not.toMatch(/[{}#]|^$/);
      }
    }
  });
});

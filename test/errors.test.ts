import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { asPushChatError, PushChatError } from '../src/errors.ts';

const read = (path: string): string => readFileSync(new URL(path, import.meta.url), 'utf8');

it('docs/errors.md has one heading per error code, and no other', () => {
  const codes = [...read('../src/errors.ts').matchAll(/^ {2}\| '(\w+)'/gm)].map(([, code]) => code);
  const headings = [...read('../docs/errors.md').matchAll(/^## (\w+)$/gm)].map(([, code]) => code);
  expect(codes.length).toBeGreaterThan(20);
  expect(headings).toEqual([...codes].sort());
});

it('finds the library’s own error in a chain of causes', () => {
  const own = new PushChatError('NodeError', 'no');
  expect(asPushChatError(new Error('outer', { cause: own }))).toBe(own);
});

it('wraps anything else as Internal and keeps it as the cause', () => {
  expect(asPushChatError('odd')).toMatchObject({ code: 'Internal', cause: 'odd' });
});

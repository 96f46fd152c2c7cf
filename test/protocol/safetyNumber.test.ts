import { expect, it } from 'vitest';
import { parseDid } from '../../src/protocol/did.ts';
import { formatSafetyNumber } from '../../src/protocol/formatSafetyNumber.ts';
import { safetyNumber } from '../../src/protocol/safetyNumber.ts';
import { sameSafetyNumber } from '../../src/protocol/sameSafetyNumber.ts';
import { codeOf, didOf } from '../support/builders.ts';

const ALICE = { did: parseDid(didOf('alice')), fingerprint: 'a'.repeat(40) };
const BOB = { did: parseDid(didOf('bob')), fingerprint: 'b'.repeat(40) };

it('is the same 60 digits on both sides', () => {
  const number = safetyNumber(ALICE, BOB);
  expect(number).toMatch(/^\d{60}$/);
  expect(safetyNumber(BOB, ALICE)).toBe(number);
});

it('KI-08 is another for any other key, of either, and for another account with the same key', () => {
  const others = [
    safetyNumber({ ...ALICE, fingerprint: `${'a'.repeat(39)}b` }, BOB),
    safetyNumber(ALICE, { ...BOB, fingerprint: `${'b'.repeat(39)}c` }),
    safetyNumber({ ...ALICE, did: parseDid(didOf('carol')) }, BOB),
  ];
  expect(new Set([safetyNumber(ALICE, BOB), ...others]).size).toBe(4);
});

it('never changes: people compare numbers of today with those of last year', () => {
  expect(formatSafetyNumber(safetyNumber(ALICE, BOB))).toMatchInlineSnapshot(
    `"55438 53152 27690 80844 37891 14835 73811 91595 55933 32442 39427 42328"`,
  );
});

it('compares numbers as people type them, and nothing else', () => {
  const number = safetyNumber(ALICE, BOB);
  expect(sameSafetyNumber(number, formatSafetyNumber(number))).toBe(true);
  const digit = number.startsWith('0') ? '1' : '0';
  expect(sameSafetyNumber(number, `${digit}${number.slice(1)}`)).toBe(false);
  expect(codeOf(() => sameSafetyNumber('', ''))).toBe('PayloadMalformed');
  expect(codeOf(() => sameSafetyNumber(number, number.slice(1)))).toBe('PayloadMalformed');
});

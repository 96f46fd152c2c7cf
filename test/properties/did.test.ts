import { getAddress } from 'ethers';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { addressOf, isChatId, isDid, parseAddress, parseDid, sameDid } from '../../src/protocol/did.ts';
import { codeOf } from '../support/builders.ts';

const hex = fc.stringMatching(/^[0-9a-f]{40}$/);
const chain = fc.integer({ min: 1, max: 2 ** 31 });

/** Accepted spellings of one wallet account. */
const spellings = (digits: string, chain: number): string[] => {
  const right = getAddress(`0x${digits}`);
  const addresses = [right, `0x${digits}`, `0x${digits.toUpperCase()}`, `0X${digits}`];
  return addresses.flatMap((address) => [address, `eip155:${address}`, `eip155:${chain}:${address}`]);
};

describe('KI-19 identities', () => {
  it('F11 KI-19 every spelling of an account has one canonical form, and that form is its own', () => {
    fc.assert(
      fc.property(hex, chain, (digits, chain) => {
        const canonical = `eip155:${getAddress(`0x${digits}`)}`;
        for (const spelling of spellings(digits, chain)) {
          expect(parseDid(spelling)).toBe(canonical);
          expect(sameDid(spelling, canonical)).toBe(true);
        }
        expect(parseDid(canonical)).toBe(canonical);
        expect(addressOf(parseDid(canonical))).toBe(getAddress(`0x${digits}`));
      }),
    );
  });

  it('F11 KI-19 two accounts are the same exactly if their canonical forms are', () => {
    fc.assert(
      fc.property(hex, hex, fc.nat(11), fc.nat(11), (a, b, i, j) => {
        const [one = '', two = ''] = [spellings(a, 1)[i], spellings(b, 5)[j]];
        expect(sameDid(one, two)).toBe(a === b);
        expect(sameDid(one, spellings(a, 7)[j] ?? '')).toBe(true);
      }),
    );
  });

  it('KI-19 contract and NFT accounts keep chain, token and epoch, and checksum the address', () => {
    fc.assert(
      fc.property(hex, chain, fc.bigInt({ min: 1n, max: 10n ** 70n }), (digits, chain, token) => {
        const [low, right] = [`0x${digits}`, getAddress(`0x${digits}`)];
        const nft = `nft:eip155:${chain}:${low}:${token}`;
        expect(parseDid(`scw:eip155:${chain}:${low}`)).toBe(`scw:eip155:${chain}:${right}`);
        expect(parseDid(nft)).toBe(`nft:eip155:${chain}:${right}:${token}`);
        expect(parseDid(`${nft}:1700000000`)).toBe(`nft:eip155:${chain}:${right}:${token}:1700000000`);
        expect(sameDid(nft, `${nft}:1700000000`)).toBe(false);
        expect(addressOf(parseDid(`scw:eip155:${chain}:${low}`))).toBe(right);
        expect(addressOf(parseDid(nft))).toBeUndefined();
      }),
    );
  });

  it('KI-19 a mixed-case address is right letter by letter, or refused', () => {
    fc.assert(
      fc.property(hex, fc.nat(39), (digits, at) => {
        const right = getAddress(`0x${digits}`).slice(2);
        const letter = right.charAt(at);
        const other = letter === letter.toUpperCase() ? letter.toLowerCase() : letter.toUpperCase();
        const changed = right.slice(0, at) + other + right.slice(at + 1);
        const mixed = changed !== changed.toLowerCase() && changed !== changed.toUpperCase();
        const wrong = mixed && changed !== right;
        expect(codeOf(() => parseAddress(`0x${changed}`))).toBe(wrong ? 'InvalidAddress' : 'none');
      }),
    );
  });

  it('KI-19 any other text is InvalidAddress, and canonical if it is not', () => {
    const part = fc.constantFrom(
      'eip155',
      'nft',
      'scw',
      ':',
      '0x',
      '1',
      '01',
      '0',
      `0x${'a'.repeat(40)}`,
      '1700000000',
      ' ',
    );
    const texts = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(part, { maxLength: 10 }).map((parts) => parts.join('')),
      fc.array(part, { maxLength: 7 }).map((parts) => parts.join(':')),
    );
    fc.assert(
      fc.property(texts, (text) => {
        const code = codeOf(() => parseDid(text));
        expect(['none', 'InvalidAddress']).toContain(code);
        expect(isDid(text)).toBe(code === 'none');
        expect(sameDid(text, text)).toBe(code === 'none');
        if (code === 'none') expect(parseDid(parseDid(text))).toBe(parseDid(text));
      }),
      { numRuns: 5_000 },
    );
  });

  const address = getAddress(`0x${'ab'.repeat(20)}`);
  it.each([
    ['a bad checksum', `eip155:${address.replace('A', 'a')}`],
    ['a chain of 01', `eip155:01:${address}`],
    ['a chain of +1', `eip155:+1:${address}`],
    ['a chain of 0', `eip155:0:${address}`],
    ['a chain of -1', `eip155:-1:${address}`],
    ['a hex chain', `eip155:0x1:${address}`],
    ['a chain of 1e1', `eip155:1e1:${address}`],
    ['no chain', `eip155::${address}`],
    ['full-width digits', `eip155:１:${address}`],
    ['a name', 'vitalik.eth'],
    ['a name as an account', 'eip155:vitalik.eth'],
    ['a space before', ` ${address}`],
    ['a space after', `${address} `],
    ['a line feed after', `eip155:${address}\n`],
    ['a homoglyph', `0х${'ab'.repeat(20)}`],
    ['a short address', address.slice(0, -1)],
    ['a long address', `${address}0`],
    ['token 0', `nft:eip155:1:${address}:0`],
    ['a short epoch', `nft:eip155:1:${address}:1:170000000`],
    ['a long epoch', `nft:eip155:1:${address}:1:17000000000`],
    ['a wallet with one part more', `scw:eip155:1:${address}:1`],
    ['another name space', `solana:1:${address}`],
    ['upper-case letters', `EIP155:${address}`],
    ['a group', '6cf91ec205528d3dcb5ba0321a03a76d7bacf898d6e6dd5197bfa4c9044b323a'],
    ['nothing', ''],
    ['a prototype', '__proto__'],
  ])('KI-19 %s is InvalidAddress', (_, text) => {
    expect(codeOf(() => parseDid(text))).toBe('InvalidAddress');
  });

  it('KI-19 a thousand colons, a megabyte, and what is no text at all are InvalidAddress at once', () => {
    const started = performance.now();
    const odd: unknown[] = [':'.repeat(1_000), 'nft:eip155:'.repeat(100_000), `0x${'a'.repeat(1_000_000)}`];
    for (const text of [...odd, [address], { toString: () => address }, null, undefined, 0]) {
      expect(codeOf(() => parseDid(text as string))).toBe('InvalidAddress');
    }
    expect(performance.now() - started).toBeLessThan(250);
  });

  it('chat ids are 64 lower-case digits, and no accounts', () => {
    const id = 'a1'.repeat(32);
    for (const right of [id, `spaces:${id}`]) {
      expect(isChatId(right)).toBe(true);
      expect(isDid(right)).toBe(false);
    }
    for (const wrong of ['', id.slice(1), `${id}0`, id.toUpperCase(), `${id}\n`, `spaces:spaces:${id}`, address]) {
      expect(isChatId(wrong)).toBe(false);
    }
  });
});

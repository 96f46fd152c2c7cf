import { hexToBytes } from '@noble/hashes/utils.js';
import { Signature } from 'ethers';
import { describe, expect, it } from 'vitest';
import { openKeyBundle, parseKeyBundle, sealKeyBundle, unlockText } from '../../src/crypto/keyBundle.ts';
import { keySecret } from '../../src/crypto/keySecret.ts';
import { randomBytes } from '../../src/crypto/random.ts';
import { parseWalletSignature, recoverMessage, standardSignature } from '../../src/crypto/walletSignature.ts';
import { coded, codeOf, walletOf } from '../support/builders.ts';
import quirks from '../vectors/a3_hkdf_quirk.json' with { type: 'json' };

const alice = walletOf('alice');
const SIGNED = alice.signMessageSync('words');
const digits = SIGNED.slice(2);
const body = digits.slice(0, 128);
const v = Number.parseInt(digits.slice(128), 16);

/** Forms in which wallets answer, all of the same signature. */
const forms: Record<string, string> = {
  'as it should be': SIGNED,
  'v of 0 or 1': `0x${body}0${v - 27}`,
  'upper case': `0x${digits.toUpperCase()}`,
  'upper case with 0X': `0X${digits.toUpperCase()}`,
  'without 0x': digits,
};

describe('WA-05 what wallets answer', () => {
  it.each(Object.entries(forms))('WA-05 %s is taken unchanged, and recovers to the wallet', (_, form) => {
    expect(parseWalletSignature(form)).toBe(form);
    expect(standardSignature(form)).toBe(SIGNED);
    expect(recoverMessage('words', form)).toBe(alice.address.toLowerCase());
    expect(recoverMessage('other words', form)).not.toBe(alice.address.toLowerCase());
  });

  it.each([
    ['EIP-2098 compact', Signature.from(SIGNED).compactSerialized],
    ['a byte too short', SIGNED.slice(0, -2)],
    ['a digit too short', SIGNED.slice(0, -1)],
    ['a byte too long', `${SIGNED}00`],
    ['a contract’s ERC-6492 blob', `0x${'00'.repeat(96)}${body}6492649264926492`],
    ['no hex', `0x${'zz'.repeat(65)}`],
    ['white space', `${SIGNED}\n`],
    ['full-width digits', `0x${'０'.repeat(130)}`],
    ['nothing', ''],
    ['0x', '0x'],
    ['null', null],
    ['undefined', undefined],
    ['a number', 27],
    ['an object', { r: body.slice(0, 64), s: body.slice(64), v }],
    ['an array of one', [SIGNED]],
    ['an object that reads as one', { toString: () => SIGNED }],
    ['a boxed string', new String(SIGNED)],
  ])('WA-05 %s is WalletUnsupported', (_, answer) => {
    expect(codeOf(() => parseWalletSignature(answer))).toBe('WalletUnsupported');
  });

  it('WA-05 nothing but a signature recovers to anybody', () => {
    for (const junk of ['', '0x', 'junk', `0x${'zz'.repeat(65)}`, `0x${'00'.repeat(65)}`, `0x${'ff'.repeat(65)}`]) {
      expect(recoverMessage('words', junk)).toBeUndefined();
    }
  });
});

describe('WA-05 the key secret of each accepted form', () => {
  it.each(quirks.vectors.filter(({ secretString }) => secretString.startsWith('eip191:')))(
    'WA-05 $name: the bytes are the official client’s',
    ({ secretString, secretHex }) => {
      const signature = parseWalletSignature(secretString.slice('eip191:'.length));
      expect(keySecret(`eip191:${signature}`)).toEqual(hexToBytes(secretHex));
    },
  );

  it('WA-05 27 and 28 give one secret, 0 and 1 give another: they are never normalised', () => {
    const [usual, other] = [keySecret(`eip191:${SIGNED}`), keySecret(`eip191:${forms['v of 0 or 1'] ?? ''}`)];
    expect(usual.slice(0, -1)).toEqual(other.slice(0, -1));
    expect([usual.at(-1)! & 15, other.at(-1)! & 15]).toEqual([1, 0]);
  });

  it('WA-05 upper case changes nothing, a missing 0x everything', () => {
    expect(keySecret(`eip191:${forms['upper case'] ?? ''}`)).toEqual(keySecret(`eip191:${SIGNED}`));
    // `:` and the first digit are one pair, so the digits are read one off from there.
    expect(keySecret(`eip191:${digits}`)).toEqual(hexToBytes(`0e009100${digits.slice(1, 129)}`));
  });

  it.each(Object.keys(forms))('WA-05 a key sealed by a wallet that answers %s opens for that wallet', async (name) => {
    const answer = async (words: string): Promise<string> => {
      const signature = (await alice.signMessage(words)).slice(2);
      const low = `${signature.slice(0, 128)}0${Number.parseInt(signature.slice(128), 16) - 27}`;
      const answers: Record<string, string> = {
        'as it should be': `0x${signature}`,
        'v of 0 or 1': `0x${low}`,
        'upper case': `0x${signature.toUpperCase()}`,
        'upper case with 0X': `0X${signature.toUpperCase()}`,
        'without 0x': signature,
      };
      return answers[name] ?? '';
    };
    const preKey = 'ab'.repeat(32);
    const bundle = parseKeyBundle(sealKeyBundle('the key', preKey, await answer(unlockText(preKey)), randomBytes));
    expect(await openKeyBundle(bundle, { signMessage: answer })).toBe('the key');
    const bob = walletOf('bob');
    const others = openKeyBundle(bundle, { signMessage: (words) => bob.signMessage(words) });
    await expect(others).rejects.toEqual(coded('DecryptFailed'));
  });
});

import { afterEach, describe, expect, it, vi } from 'vitest';
import { decryptText } from '../../src/crypto/pgp.ts';
import { randomBytes, randomSecret } from '../../src/crypto/random.ts';
import { sealed, text } from '../support/builders.ts';
import { privateKeyOf } from '../support/vectors.ts';

afterEach(() => vi.restoreAllMocks());

describe('CR-24 randomness', () => {
  it('CR-24 with a constant Math.random, two sendings of one text share neither secret nor ciphertext', async () => {
    const stub = vi.spyOn(Math, 'random').mockReturnValue(0.5);
    const key = await privateKeyOf('bob');
    const bodies = [await sealed(text('same')), await sealed(text('same'))];
    const secrets = await Promise.all(bodies.map((body) => decryptText(body.encryptedSecret ?? '', key)));
    expect(new Set(secrets).size).toBe(2);
    for (const secret of secrets) expect(secret).toMatch(/^[A-Za-z0-9]{22}$/);
    const ciphertexts = bodies.flatMap(({ messageObj, messageContent }) => [messageObj, messageContent]);
    expect(new Set(ciphertexts).size).toBe(4);
    expect(stub).not.toHaveBeenCalled();
  });

  it('CR-24 a secret holds at least 128 bits: 22 characters, each of 62 letters equally likely', () => {
    const letters = new Map<string, number>();
    for (let byte = 0; byte < 248; byte++) {
      const secret = randomSecret((length) => new Uint8Array(length).fill(byte));
      expect(secret).toBe(secret.charAt(0).repeat(22));
      letters.set(secret.charAt(0), (letters.get(secret.charAt(0)) ?? 0) + 1);
    }
    expect([...letters.values()]).toEqual(Array<number>(62).fill(4));
    expect(22 * Math.log2(letters.size)).toBeGreaterThan(128);
  });

  it('CR-24 bytes that would favour some letters are skipped', () => {
    const secret = randomSecret((length) => Uint8Array.from({ length }, (_, i) => (i % 2 ? 248 + (i % 8) : 61)));
    expect(secret).toBe('9'.repeat(22));
  });

  it('CR-24 ten thousand secrets never repeat, and every byte is asked of the platform', () => {
    const source = vi.spyOn(crypto, 'getRandomValues');
    expect(new Set(Array.from({ length: 10_000 }, () => randomSecret(randomBytes))).size).toBe(10_000);
    expect(source.mock.calls.length).toBeGreaterThanOrEqual(10_000);
  });
});

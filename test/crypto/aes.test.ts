import { describe, expect, it } from 'vitest';
import { base64ToBytes } from '../../src/crypto/encoding.ts';
import { openAes, sealAes } from '../../src/crypto/aes.ts';
import vectors from '../vectors/f_aes.json' with { type: 'json' };

const saltOf = (ciphertext: string) => base64ToBytes(ciphertext).slice(8, 16);

describe('message cipher', () => {
  it.each(vectors.vectors)('opens and remakes the official ciphertext of $from', (vector) => {
    expect(openAes(vector.passphrase, vector.ciphertext)).toBe(vector.plaintext);
    expect(sealAes(vector.passphrase, vector.plaintext, saltOf(vector.ciphertext))).toBe(vector.ciphertext);
  });

  it('CR-22 truncated, unframed or damaged ciphertext is DecryptFailed', () => {
    const sealed = sealAes('abcdefghijklmno', 'a text of more than one block, to be cut', new Uint8Array(8));
    const broken = ['', 'U2FsdGVkX1', sealed.slice(0, 24), sealed.slice(4), sealed.slice(0, -24), '💥'];
    for (const text of broken)
      expect(() => openAes('abcdefghijklmno', text)).toThrow(expect.objectContaining({ code: 'DecryptFailed' }));
  });
});

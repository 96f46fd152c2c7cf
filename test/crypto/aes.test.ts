import { createCipheriv, createHash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { base64ToBytes, bytesToBase64 } from '../../src/crypto/encoding.ts';
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
    const bytes = base64ToBytes(sealed);
    // Every byte of the frame counts, whatever could be decrypted behind another one.
    for (let i = 0; i < 8; i += 1) broken.push(bytesToBase64(bytes.map((byte, at) => (at === i ? byte ^ 1 : byte))));
    broken.push(bytesToBase64(bytes.subarray(0, 16)));
    for (const text of broken)
      expect(() => openAes('abcdefghijklmno', text)).toThrow(expect.objectContaining({ code: 'DecryptFailed' }));
  });

  /** Right in every way, but for what it says. */
  const sealBytes = (secret: string, plain: Uint8Array): string => {
    const salt = new Uint8Array(8);
    const bytes = createHash('md5').update(secret).update(salt).digest();
    const second = createHash('md5').update(bytes).update(secret).update(salt).digest();
    const iv = createHash('md5').update(second).update(secret).update(salt).digest();
    const cipher = createCipheriv('aes-256-cbc', Buffer.concat([bytes, second]), iv);
    return Buffer.concat([Buffer.from('Salted__'), salt, cipher.update(plain), cipher.final()]).toString('base64');
  };

  it('CR-22 a text that is no UTF-8 is DecryptFailed, and a byte order mark is a part of one that is', () => {
    expect(openAes('secret', sealBytes('secret', Buffer.from('h\u00e9')))).toBe('h\u00e9');
    expect(openAes('secret', sealBytes('secret', Buffer.from('\ufeffh')))).toBe('\ufeffh');
    for (const plain of [[0xff], [0x68, 0xc3], [0xed, 0xa0, 0x80]]) {
      expect(() => openAes('secret', sealBytes('secret', Buffer.from(plain)))).toThrow(
        expect.objectContaining({ code: 'DecryptFailed' }),
      );
    }
  });
});

import { describe, expect, it } from 'vitest';
import { bytesToHex } from '@noble/hashes/utils.js';
import { keySecret } from '../../src/crypto/keySecret.ts';
import official from '../vectors/a2_hkdf_secrets.json' with { type: 'json' };
import quirks from '../vectors/a3_hkdf_quirk.json' with { type: 'json' };

describe('key secret', () => {
  it.each(official.vectors.filter((v) => v.secretString.startsWith('eip')))('is byte-exact for $user', (vector) => {
    expect(bytesToHex(keySecret(vector.secretString))).toBe(vector.secretHex);
  });
  it.each(quirks.vectors)('reads $name as official clients do', (vector) => {
    expect(bytesToHex(keySecret(vector.secretString))).toBe(vector.secretHex);
  });
});

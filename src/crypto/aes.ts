import { cbc } from '@noble/ciphers/aes.js';
import { md5 } from '@noble/hashes/legacy.js';
import { concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { PushChatError } from '../errors.ts';
import { base64ToBytes, bytesToBase64 } from './encoding.ts';

const HEADER = utf8ToBytes('Salted__');

/** EVP_BytesToKey with MD5 and one iteration, as `openssl enc` and the wire require (protocol 3.3). */
function deriveKey(secret: string, salt: Uint8Array): { key: Uint8Array; iv: Uint8Array } {
  const pass = utf8ToBytes(secret);
  const d1 = md5(concatBytes(pass, salt));
  const d2 = md5(concatBytes(d1, pass, salt));
  const d3 = md5(concatBytes(d2, pass, salt));
  return { key: concatBytes(d1, d2), iv: d3 };
}

/**
 * Encrypts text with a message secret: AES-256-CBC in OpenSSL `Salted__` framing, base64.
 * It has no integrity of its own; the verification proof over the ciphertext provides it.
 * @param salt 8 random bytes, fresh for every call
 */
export function sealAes(secret: string, plaintext: string, salt: Uint8Array): string {
  const { key, iv } = deriveKey(secret, salt);
  return bytesToBase64(concatBytes(HEADER, salt, cbc(key, iv).encrypt(utf8ToBytes(plaintext))));
}

/**
 * Opens what {@link sealAes} or an official client sealed.
 * @throws {PushChatError} `DecryptFailed`, for every kind of damage alike
 */
export function openAes(secret: string, ciphertext: string): string {
  try {
    const bytes = base64ToBytes(ciphertext);
    if (bytes.length < 32 || HEADER.some((byte, i) => bytes[i] !== byte)) throw new RangeError('no salt header');
    const { key, iv } = deriveKey(secret, bytes.subarray(8, 16));
    const plain = cbc(key, iv).decrypt(bytes.subarray(16));
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(plain);
  } catch (cause) {
    throw new PushChatError('DecryptFailed', 'The message could not be decrypted with this secret.', { cause });
  }
}

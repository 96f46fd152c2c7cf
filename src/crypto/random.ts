/** A source of cryptographically strong bytes; the only randomness in this library, so that tests can fix it. */
export type RandomBytes = (length: number) => Uint8Array<ArrayBuffer>;

/** The platform's CSPRNG (Web Cryptography API `getRandomValues`). */
export const randomBytes: RandomBytes = (length) => crypto.getRandomValues(new Uint8Array(length));

const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';

/**
 * A message secret in the wire's alphabet (protocol 3.3). 22 characters carry 131 bits; the official client's 15 carry
 * 89, and readers take any length.
 */
export function randomSecret(random: RandomBytes): string {
  let secret = '';
  while (secret.length < 22) {
    for (const byte of random(32)) {
      // Bytes of 248 and more are skipped: 248 is the largest multiple of 62, beyond it some letters would be likelier.
      if (byte < 248 && secret.length < 22) secret += ALPHANUMERIC.charAt(byte % 62);
    }
  }
  return secret;
}

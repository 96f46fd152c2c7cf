import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import { bytesToBase64 } from './encoding.ts';
import { randomBytes } from './random.ts';

/** The numbers of an RSA private key, big-endian, as OpenPGP keeps them (RFC 9580, 5.5.5.1). */
export interface RsaNumbers {
  readonly n: Uint8Array;
  readonly e: Uint8Array;
  readonly d: Uint8Array;
  readonly p: Uint8Array;
  readonly q: Uint8Array;
  /** The inverse of p modulo q. */
  readonly u: Uint8Array;
}

/**
 * The private-key operation on one number, without padding (RFC 8017, 5.1.2).
 * @param input as long as the modulus at most
 * @returns as long as the modulus
 * @throws {RangeError} when the input is no number below the modulus
 */
export type RsaOperation = (input: Uint8Array) => Uint8Array;

/**
 * Prepares the private-key operation of a key: the platform's own where it has one (Node.js), else big integers. Web
 * Cryptography has none that would do for OpenPGP.
 */
export const rsaOperation = (numbers: RsaNumbers): RsaOperation =>
  nativeRsaOperation(numbers) ?? bigIntRsaOperation(numbers);

/** As much of `node:crypto` as this takes; a page has none. */
interface NodeCrypto {
  readonly constants: { readonly RSA_NO_PADDING: number };
  readonly createPrivateKey: (key: { readonly key: object; readonly format: 'jwk' }) => object;
  readonly privateDecrypt: (by: { readonly key: object; readonly padding: number }, input: Uint8Array) => Uint8Array;
}

/** OpenSSL's, which blinds by itself. */
export function nativeRsaOperation({ n, e, d, p, q, u }: RsaNumbers): RsaOperation | undefined {
  const { process } = globalThis as unknown as {
    process?: { getBuiltinModule?: (name: string) => NodeCrypto | undefined };
  };
  const native = process?.getBuiltinModule?.('node:crypto');
  if (!native) return undefined;
  const [dp, dq] = [toNumber(d) % (toNumber(q) - 1n), toNumber(d) % (toNumber(p) - 1n)];
  // RFC 7518 has the inverse of its q modulo its p, so the primes change places.
  const jwk = { n, e, d, p: q, q: p, dp: toBytes(dp, q.length), dq: toBytes(dq, p.length), qi: u };
  const words = Object.entries(jwk).map(([name, bytes]) => [name, base64Url(bytes)] as const);
  const key = native.createPrivateKey({ key: { kty: 'RSA', ...Object.fromEntries<string>(words) }, format: 'jwk' });
  return (input) => {
    const padded = toBytes(checkBelow(toNumber(input), toNumber(n)), n.length);
    return new Uint8Array(native.privateDecrypt({ key, padding: native.constants.RSA_NO_PADDING }, padded));
  };
}

/**
 * By the Chinese remainder theorem, with fixed windows: the order of squarings and multiplications tells nothing of the
 * key. What is left to tell, how long single multiplications take, is taken from senders by blinding.
 */
export function bigIntRsaOperation(numbers: RsaNumbers): RsaOperation {
  const [n, e, d] = [toNumber(numbers.n), toNumber(numbers.e), toNumber(numbers.d)];
  const [p, q, u] = [toNumber(numbers.p), toNumber(numbers.q), toNumber(numbers.u)];
  const [powerP, powerQ] = [fixedPower(d % (p - 1n), p), fixedPower(d % (q - 1n), q)];
  const blind = blinding(n, e);
  return (input) => {
    const { factor, inverse } = blind();
    const blinded = (checkBelow(toNumber(input), n) * factor) % n;
    const ofP = powerP(blinded % p);
    const ofQ = powerQ(blinded % q);
    const difference = (((ofQ - ofP) % q) + q) % q;
    const output = ofP + p * ((u * difference) % q);
    return toBytes((output * inverse) % n, numbers.n.length);
  };
}

function checkBelow(input: bigint, n: bigint): bigint {
  if (input >= n) throw new RangeError('no number of this key');
  return input;
}

const WINDOW = 5n;
const WIDTH = 1n << WINDOW;

/**
 * Raises to one secret power: one table look-up and one multiplication for each five squarings, whatever the digits,
 * which are taken from 1 to 32 so that none is a zero (Joye and Tunstall, regular recoding).
 */
function fixedPower(exponent: bigint, modulus: bigint): (base: bigint) => bigint {
  const digits: number[] = [];
  for (let rest = exponent; rest > 0n;) {
    const digit = rest % WIDTH || WIDTH;
    digits.unshift(Number(digit));
    rest = (rest - digit) >> WINDOW;
  }
  return (base) => {
    const powers = [1n, base];
    for (let i = 2; i <= WIDTH; i += 1) powers.push(((powers[i - 1] ?? 0n) * base) % modulus);
    return digits.reduce((result, digit) => {
      let power = result;
      for (let i = 0n; i < WINDOW; i += 1n) power = (power * power) % modulus;
      return (power * (powers[digit] ?? 0n)) % modulus;
    }, 1n);
  };
}

interface Blinding {
  readonly factor: bigint;
  readonly inverse: bigint;
}

const BLINDED_BY_ONE = 32;

/** A random number's power and inverse; squared for each use, and drawn anew after some (as OpenSSL does). */
function blinding(n: bigint, e: bigint): () => Blinding {
  let pair: Blinding = { factor: 1n, inverse: 1n };
  let uses = 0;
  return () => {
    const { factor, inverse } = pair;
    pair =
      uses % BLINDED_BY_ONE === 0
        ? drawBlinding(n, e)
        : { factor: (factor * factor) % n, inverse: (inverse * inverse) % n };
    uses += 1;
    return pair;
  };
}

function drawBlinding(n: bigint, e: bigint): Blinding {
  const length = Math.ceil(n.toString(16).length / 2);
  for (;;) {
    const drawn = toNumber(randomBytes(length)) % n;
    const inverse = invert(drawn, n);
    if (inverse !== undefined) return { factor: publicPower(drawn, e, n), inverse };
  }
}

/** To a public power. */
function publicPower(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let [result, power] = [1n, base];
  for (let rest = exponent; rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * power) % modulus;
    power = (power * power) % modulus;
  }
  return result;
}

/** By the extended Euclidean algorithm; undefined where there is none. */
function invert(value: bigint, modulus: bigint): bigint | undefined {
  let [a, b, x, y] = [value, modulus, 1n, 0n];
  while (b > 0n) [a, b, x, y] = [b, a % b, y, x - (a / b) * y];
  return a === 1n ? ((x % modulus) + modulus) % modulus : undefined;
}

const toNumber = (bytes: Uint8Array): bigint => BigInt(`0x${bytesToHex(bytes)}`);

const toBytes = (value: bigint, length: number): Uint8Array<ArrayBuffer> =>
  new Uint8Array(hexToBytes(value.toString(16).padStart(length * 2, '0')));

const base64Url = (bytes: Uint8Array): string =>
  bytesToBase64(bytes).replaceAll('+', '-').replaceAll('/', '_').replaceAll('=', '');

import { randomBytes } from '@noble/hashes/utils.js';
import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import { decryptText, encryptText, generateKeyPair, readPrivateKey, type PrivateKey } from '../../src/crypto/pgp.ts';
import { bigIntRsaOperation, nativeRsaOperation, type RsaNumbers, type RsaOperation } from '../../src/crypto/rsa.ts';
import { openSessionKey } from '../../src/crypto/sessionKey.ts';

let key: PrivateKey;
let numbers: RsaNumbers;
let ways: Record<Way, RsaOperation>;

type Way = 'native' | 'bigInt';

beforeAll(async () => {
  key = await readPrivateKey((await generateKeyPair()).privateKey);
  const { publicParams, privateParams } = key.key.getSubkeys()[0]?.keyPacket as unknown as Record<string, object>;
  numbers = { ...publicParams, ...privateParams } as RsaNumbers;
  const native = nativeRsaOperation(numbers);
  if (!native) throw new Error('Node.js has its own.');
  ways = { native, bigInt: bigIntRsaOperation(numbers) };
});

const toNumber = (bytes: Uint8Array): bigint => BigInt(`0x0${Buffer.from(bytes).toString('hex')}`);

/** The public-key operation, by the book. */
function encrypt(input: Uint8Array): Uint8Array {
  const n = toNumber(numbers.n);
  let [result, power] = [1n, toNumber(input) % n];
  for (let rest = toNumber(numbers.e); rest > 0n; rest >>= 1n) {
    if (rest & 1n) result = (result * power) % n;
    power = (power * power) % n;
  }
  return Buffer.from(result.toString(16).padStart(numbers.n.length * 2, '0'), 'hex');
}

describe('the RSA private-key operation', () => {
  it('undoes the public one, in either way, blinded anew or by what was drawn before', () => {
    for (let i = 0; i < 40; i += 1) {
      const input = new Uint8Array(numbers.n.length);
      input.set(randomBytes(input.length - 1), 1);
      const sealed = encrypt(input);
      for (const operate of Object.values(ways)) expect(operate(sealed)).toEqual(input);
    }
  });

  it('takes the smallest numbers and the largest, and none of the modulus or above', () => {
    const length = numbers.n.length;
    const last = Buffer.from((toNumber(numbers.n) - 1n).toString(16).padStart(length * 2, '0'), 'hex');
    const [zero, one] = [new Uint8Array(length), new Uint8Array(length).with(length - 1, 1)];
    for (const operate of Object.values(ways)) {
      for (const input of [zero, one, new Uint8Array(last)]) expect(operate(input)).toEqual(input);
      expect(() => operate(numbers.n)).toThrow(RangeError);
      expect(() => operate(new Uint8Array(length).fill(255))).toThrow(RangeError);
    }
  });
});

describe('a session key', () => {
  const sealed = (encoded: Uint8Array) => [
    { version: 3, publicKeyID: { toHex: () => 'id' }, encrypted: { c: encrypt(encoded) } },
  ];
  const open = (encoded: Uint8Array, way: Way) => openSessionKey(sealed(encoded), new Map([['id', ways[way]]]));

  /** RFC 9580, 5.1.3, in the padding of RFC 8017, 7.2.1. */
  function encode({ cipher = 9, size = 32, sum = 0, head = [0, 2] as number[] }): Uint8Array {
    const data = new Uint8Array(size).map((_, i) => i * 7);
    const total = data.reduce((a, b) => a + b, 0) + sum;
    const payload = [cipher, ...data, (total >> 8) & 255, total & 255];
    const filling = Array.from({ length: numbers.n.length - payload.length - 3 }, (_, i) => (i % 255) + 1);
    return Uint8Array.from([...head, ...filling, 0, ...payload]);
  }

  it.each([
    [7, 16, 'aes128'],
    [8, 24, 'aes192'],
    [9, 32, 'aes256'],
  ])('of cipher %i with %i bytes is opened', (cipher, size, algorithm) => {
    for (const way of ['native', 'bigInt'] as const)
      expect(open(encode({ cipher, size }), way)).toMatchObject({ algorithm });
  });

  it('CR-21 is refused in one way, whatever is wrong with it', () => {
    const short = encode({});
    short.fill(0, 5, 6);
    const wrong = [
      encode({ cipher: 2, size: 24 }),
      encode({ cipher: 9, size: 16 }),
      encode({ cipher: 7, size: 17 }),
      encode({ cipher: 9, size: numbers.n.length - 13 }),
      encode({ sum: 1 }),
      encode({ head: [0, 1] }),
      encode({ head: [1, 2] }),
      encode({}).fill(9, 2),
      short,
      new Uint8Array(numbers.n.length),
    ];
    for (const encoded of wrong) expect(() => open(encoded, 'bigInt')).toThrow(new RangeError('no session key'));
  });

  it('is left to the library where no packet names a key at hand', () => {
    expect(openSessionKey(sealed(encode({})), new Map())).toBeUndefined();
    expect(openSessionKey([], key.operations)).toBeUndefined();
    const [later] = sealed(encode({})).map((packet) => ({ ...packet, version: 6 }));
    expect(openSessionKey([later as never], new Map([['id', ways.bigInt]]))).toBeUndefined();
  });

  it('is opened by both parts of an RSA key, and by none of a Curve25519 key', async () => {
    const ids = key.key.getKeys().map((part) => part.getKeyID().toHex());
    expect([...key.operations.keys()]).toEqual(ids);
    const { privateKey } = await generateKeyPair(undefined, 'curve25519');
    expect((await readPrivateKey(privateKey)).operations.size).toBe(0);
  });
});

describe('a text', () => {
  it('opens to the same in every way: natively, by big integers, and by the library alone', async () => {
    const [id] = [...key.operations.keys()].slice(-1);
    const bigInt = { ...key, operations: new Map([[id ?? '', ways.bigInt]]) };
    const library = { ...key, operations: new Map<string, RsaOperation>() };
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 60 }), async (text) => {
        const armored = await encryptText(text, [key.publicKey]);
        const opened = await Promise.all([key, bigInt, library].map((by) => decryptText(armored, by)));
        expect(opened).toEqual([text, text, text]);
      }),
      { numRuns: 10 },
    );
  });
});

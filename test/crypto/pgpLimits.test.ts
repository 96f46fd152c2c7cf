import { deflateRawSync } from 'node:zlib';
import * as openpgp from 'openpgp';
import { beforeAll, describe, expect, it } from 'vitest';
import { identifyKey } from '../../src/crypto/identifyKey.ts';
import {
  armoredPrivateKey,
  decryptText,
  encryptText,
  generateKeyPair,
  readPrivateKey,
  signText,
  verifyText,
} from '../../src/crypto/pgp.ts';
import { coded, NOW } from '../support/builders.ts';
import { privateKeyOf, vectorUser } from '../support/vectors.ts';

const bob = vectorUser('bob').publicKey;
const open = async (armor: string): Promise<string> => decryptText(armor, await privateKeyOf('bob'));
const { message, publicKey } = openpgp.enums.armor;
const armorOf = (kind: openpgp.enums.armor, ...parts: readonly Uint8Array[]): string =>
  openpgp.armor(kind, Buffer.concat(parts));

/** One packet with a header of five length octets (RFC 9580, 4.2.1). */
function packet(tag: openpgp.enums.packet, body: Uint8Array): Buffer {
  const header = Buffer.from([0xc0 | tag, 255, 0, 0, 0, 0]);
  header.writeUInt32BE(body.length, 2);
  return Buffer.concat([header, body]);
}

const words = (bytes: Uint8Array): Buffer =>
  packet(openpgp.enums.packet.literalData, Buffer.concat([Buffer.from('u\0\0\0\0\0'), bytes]));
const squeezed = (bytes: Uint8Array): Buffer =>
  packet(openpgp.enums.packet.compressedData, Buffer.concat([Buffer.from([1]), deflateRawSync(bytes)]));
const marker = packet(openpgp.enums.packet.marker, Buffer.from('PGP'));

/** The packets of an armored text, each with its header. */
async function packetsIn(armor: string): Promise<Buffer[]> {
  const { data } = await openpgp.unarmor(armor);
  const bytes = Buffer.from(data as unknown as Uint8Array);
  const packets: Buffer[] = [];
  for (let at = 0; at < bytes.length;) {
    const length = bytes.readUInt8(at + 1);
    const [head, size] =
      length < 192 ? [2, length] : length < 224 ? [3, ((length - 192) << 8) + bytes.readUInt8(at + 2) + 192] : [6, 0];
    const end = at + head + (head === 6 ? bytes.readUInt32BE(at + 2) : size);
    packets.push(bytes.subarray(at, end));
    at = end;
  }
  return packets;
}

/** Rightly encrypted to bob, whatever it is. */
async function sealBytes(inner: Uint8Array): Promise<string> {
  const key = await openpgp.readKey({ armoredKey: bob });
  const session = { data: crypto.getRandomValues(new Uint8Array(32)), algorithm: 'aes256' as const };
  const keyPacket = await openpgp.encryptSessionKey({ ...session, encryptionKeys: key, format: 'binary' });
  const data = Object.assign(new openpgp.SymEncryptedIntegrityProtectedDataPacket(), {
    version: 1,
    packets: { write: () => inner, length: 1 },
  }) as unknown as {
    encrypt: (algorithm: number, key: Uint8Array, config: object) => Promise<void>;
    write: () => Uint8Array | readonly Uint8Array[];
  };
  await data.encrypt(openpgp.enums.symmetric.aes256, session.data, openpgp.config);
  const written = data.write();
  const body = written instanceof Uint8Array ? written : Buffer.concat(written);
  return armorOf(message, keyPacket, packet(openpgp.enums.packet.symEncryptedIntegrityProtectedData, body));
}

describe('what a secret may cost', () => {
  it('is read when it is well-made, compressed or not', async () => {
    expect(await open(await sealBytes(words(Buffer.from('secret'))))).toBe('secret');
    expect(await open(await sealBytes(squeezed(words(Buffer.from('secret')))))).toBe('secret');
  });

  it.each([100_000, 1_000_000, 8_000_000])('RX-04 a bomb of %i bytes is refused', async (size) => {
    const bomb = await sealBytes(squeezed(words(Buffer.alloc(size, 'A'))));
    expect(bomb.length).toBeLessThan(16_000);
    await expect(open(bomb)).rejects.toEqual(coded('DecryptFailed'));
  });

  it.each<[string, () => Buffer]>([
    ['compression in compression', () => squeezed(squeezed(words(Buffer.from('secret'))))],
    ['a hundred thousand packets', () => squeezed(Buffer.concat(Array.from({ length: 100_000 }, () => marker)))],
    ['two texts', () => Buffer.concat([words(Buffer.from('a')), words(Buffer.from('b'))])],
    ['no packet', () => Buffer.alloc(0)],
  ])('RX-05 %s is DecryptFailed', async (_, inner) => {
    await expect(open(await sealBytes(inner()))).rejects.toEqual(coded('DecryptFailed'));
  });

  it('RX-05 many key packets for one key, named or not, are refused before any is tried', async () => {
    const [forBob, data] = await packetsIn(await encryptText('secret', [bob]));
    if (!forBob || !data) throw new RangeError('no packets');
    const hidden = Buffer.from(forBob);
    // Three octets of header, one of version, then eight that name the key; zeros name none.
    hidden.fill(0, 4, 12);
    const copies = (packetOf: Buffer, count: number): Buffer[] => Array.from({ length: count }, () => packetOf);
    for (const keyPacket of [forBob, hidden]) {
      expect(await open(armorOf(message, ...copies(keyPacket, 4), data))).toBe('secret');
      await expect(open(armorOf(message, ...copies(keyPacket, 5), data))).rejects.toEqual(coded('DecryptFailed'));
      await expect(open(armorOf(message, ...copies(keyPacket, 150), data))).rejects.toEqual(coded('DecryptFailed'));
    }
  });

  it('RX-05 key packets for others do not count', async () => {
    const others = ['alice', 'carol'].map((name) => vectorUser(name).publicKey);
    expect(await open(await encryptText('secret', [...others, ...others, ...others, bob]))).toBe('secret');
  });

  it.each([openpgp.enums.s2k.iterated, openpgp.enums.s2k.argon2] as const)(
    'RX-06 no passphrase is worked on, however it is stretched: %i',
    async (s2kType) => {
      const locked = await openpgp.encrypt({
        message: await openpgp.createMessage({ text: 'secret' }),
        passwords: 'word',
        config: { ...openpgp.config, s2kType },
      });
      await expect(open(locked)).rejects.toEqual(coded('DecryptFailed'));
      const { key } = await privateKeyOf('bob');
      const lockedKey = await openpgp.encryptKey({
        privateKey: key,
        passphrase: 'word',
        config: { ...openpgp.config, s2kType, aeadProtect: true },
      });
      await expect(readPrivateKey(lockedKey.armor())).rejects.toEqual(coded('KeyBundleMalformed'));
    },
  );
});

const withLastOctet = (bytes: Buffer, change: (octet: number) => number): Buffer =>
  Buffer.concat([bytes.subarray(0, -1), Buffer.from([change(bytes.at(-1) ?? 0)])]);

describe('CR-20 what nothing vouches for', () => {
  let [keyPacket, data]: [Buffer, Buffer] = [Buffer.alloc(0), Buffer.alloc(0)];
  beforeAll(async () => {
    const [first, second] = await packetsIn(await encryptText('secret', [bob]));
    if (!first || !second) throw new RangeError('no packets');
    [keyPacket, data] = [first, second];
  });
  const bodyOf = (): Buffer => data.subarray(2);
  const { symEncryptedIntegrityProtectedData: sealedData, symmetricallyEncryptedData: bareData } = openpgp.enums.packet;

  it.each<[string, () => Buffer]>([
    ['the old packet without integrity', () => packet(bareData, bodyOf().subarray(1))],
    ['its code cut off', () => packet(sealedData, bodyOf().subarray(0, -22))],
    [
      'one octet changed',
      () =>
        packet(
          sealedData,
          withLastOctet(bodyOf(), (octet) => octet ^ 1),
        ),
    ],
    ['nothing in it', () => packet(sealedData, Buffer.from([1]))],
  ])('CR-20 %s: DecryptFailed, without a word of it', async (_, changed) => {
    expect(await open(armorOf(message, keyPacket, data))).toBe('secret');
    const error: unknown = await open(armorOf(message, keyPacket, changed())).catch((e: unknown) => e);
    expect(error).toEqual(coded('DecryptFailed'));
    for (let e = error; e instanceof Error; e = e.cause) expect(e.message).not.toContain('secret');
  });
});

describe('keys that are too weak or too large', () => {
  it('CR-16 RSA 1024 neither signs nor is encrypted to', async () => {
    const weak = { ...openpgp.config, minRSABits: 1024 };
    const made = await openpgp.generateKey({
      type: 'rsa',
      rsaBits: 1024,
      userIDs: [{}],
      date: new Date(NOW.getTime() - 1_000),
      format: 'object',
      config: weak,
    });
    const text = await openpgp.createMessage({ text: 'words' });
    const signature = await openpgp.sign({
      message: text,
      signingKeys: made.privateKey,
      detached: true,
      date: NOW,
      config: weak,
    });
    const armored = made.publicKey.armor();
    expect(await verifyText('words', signature, armored, NOW)).toEqual({ ok: false, code: 'ProofInvalid' });
    await expect(encryptText('secret', [armored])).rejects.toEqual(coded('KeyNotFound'));
  });

  /** A key packet of RSA numbers that nobody needs to have the private half of. */
  const rsaKey = (bits: number, exponent: string): string => {
    const number = (hex: string): Buffer => {
      const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
      const length = Buffer.alloc(2);
      length.writeUInt16BE(BigInt(`0x${hex}`).toString(2).length);
      return Buffer.concat([length, bytes]);
    };
    const modulus = `c${'5'.repeat(bits / 4 - 1)}`;
    const made = Buffer.alloc(4);
    made.writeUInt32BE(1_700_000_000);
    const body = Buffer.concat([Buffer.from([4]), made, Buffer.from([1]), number(modulus), number(exponent)]);
    return armorOf(
      publicKey,
      packet(openpgp.enums.packet.publicKey, body),
      packet(openpgp.enums.packet.userID, Buffer.alloc(0)),
    );
  };

  it.each([
    ['RSA 512', 512, '10001'],
    ['RSA 1024', 1_024, '10001'],
    ['RSA 8192', 8_192, '10001'],
    ['RSA 16384', 16_384, '10001'],
    ['RSA 2048 with the exponent 1', 2_048, '1'],
    ['RSA 2048 with the exponent 3', 2_048, '3'],
    ['RSA 2048 with an exponent as long as the modulus', 2_048, 'f'.repeat(512)],
  ])('CR-16 %s is not read', async (_, bits, exponent) => {
    expect(await identifyKey(rsaKey(2_048, '10001'))).toMatchObject({ created: 1_700_000_000_000 });
    await expect(identifyKey(rsaKey(bits, exponent))).rejects.toEqual(coded('KeyNotFound'));
  });

  it.each(['nistP256', 'nistP384', 'nistP521'] as const)('CR-16 a key on %s is not read', async (curve) => {
    const { publicKey: armored } = await openpgp.generateKey({ type: 'ecc', curve, userIDs: [{}] });
    await expect(identifyKey(armored)).rejects.toEqual(coded('KeyNotFound'));
  });

  it.each([16, 17])('CR-16 a key of algorithm %i, Elgamal or DSA, is not read', async (algorithm) => {
    const [primary, ...rest] = await packetsIn(bob);
    if (!primary) throw new RangeError('no key');
    const other = Buffer.from(primary);
    other.writeUInt8(algorithm, 3 + 5);
    await expect(identifyKey(armorOf(publicKey, other, ...rest))).rejects.toEqual(coded('KeyNotFound'));
  });

  it('KI-16 a key with a crowd of subkeys or certifications, or a huge name, is not read', async () => {
    const [primary, name, certification, subkey, binding] = await packetsIn(bob);
    if (!primary || !name || !certification || !subkey || !binding) throw new RangeError('no key');
    const times = (count: number, ...packets: Buffer[]): Buffer[] =>
      Array.from({ length: count }, () => packets).flat();
    const whole = armorOf(publicKey, primary, name, certification, subkey, binding);
    expect(await identifyKey(whole)).toEqual(await identifyKey(bob));
    for (const parts of [
      [primary, name, certification, ...times(500, subkey, binding)],
      [primary, name, ...times(10_000, certification), subkey, binding],
      [primary, packet(openpgp.enums.packet.userID, Buffer.alloc(1_000_000, 'A')), certification, subkey, binding],
    ]) {
      await expect(identifyKey(armorOf(publicKey, ...parts))).rejects.toEqual(coded('KeyNotFound'));
    }
  });
});

describe('keys as they are made', () => {
  const made = new Date('2026-01-02T03:04:05Z');

  it.each(['rsa2048', 'curve25519'] as const)(
    '%s: dated, nameless, one part to sign and one to encrypt to',
    async (type) => {
      const pair = await generateKeyPair(made, type);
      const key = await openpgp.readKey({ armoredKey: pair.publicKey });
      expect(key.getCreationTime()).toEqual(made);
      expect(key.getUserIDs()).toEqual(['']);
      expect(key.getKeys()).toHaveLength(2);
      const own = await readPrivateKey(pair.privateKey);
      expect(armoredPrivateKey(own)).toBe(pair.privateKey);
      expect(own.publicKey).toBe(pair.publicKey);
      expect((await identifyKey(pair.publicKey)).created).toBe(made.getTime());
      const early = signText('x', own, new Date(made.getTime() - 1));
      await expect(early).rejects.toEqual(coded('ClockSkew'));
      const signature = await signText('x', own, made);
      const at = (time: number) => verifyText('x', signature, pair.publicKey, new Date(time));
      const hour = 3_600_000;
      expect(await at(made.getTime() - 23 * hour)).toMatchObject({ ok: true, signedAt: made.getTime() });
      expect(await at(made.getTime() - 24 * hour)).toMatchObject({ ok: true });
      expect(await at(made.getTime() - 24 * hour - 1)).toEqual({ ok: false, code: 'ClockSkew' });
    },
  );

  it('are dated now, and RSA, where nothing else is asked for', async () => {
    const before = Math.floor(Date.now() / 1000) * 1000;
    const key = await openpgp.readKey({ armoredKey: (await generateKeyPair()).publicKey });
    expect(key.getCreationTime().getTime()).toBeGreaterThanOrEqual(before);
    expect(key.getAlgorithmInfo()).toMatchObject({ algorithm: 'rsaEncryptSign', bits: 2048 });
  });

  it('KI-16 a private key with a passphrase, or that does not end, is none', async () => {
    const { privateKey } = await generateKeyPair(made, 'curve25519');
    const plain = await openpgp.readPrivateKey({ armoredKey: privateKey });
    const locked = (await openpgp.encryptKey({ privateKey: plain, passphrase: 'x' })).armor();
    await expect(readPrivateKey(locked)).rejects.toEqual(coded('KeyBundleMalformed'));
    await expect(readPrivateKey(privateKey + '\n'.repeat(70_000))).rejects.toEqual(coded('KeyBundleMalformed'));
    expect((await readPrivateKey(privateKey)).publicKey).toContain('BEGIN PGP PUBLIC KEY');
  });

  it('RX-04 a secret that does not end is none', async () => {
    const sealed = await sealBytes(words(Buffer.from('secret')));
    await expect(open(sealed + '\n'.repeat(70_000))).rejects.toEqual(coded('DecryptFailed'));
    expect(await open(`${sealed}\n\n`)).toBe('secret');
  });
});

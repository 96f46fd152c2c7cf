import * as openpgp from 'openpgp';
import { describe, expect, it } from 'vitest';
import { encryptToMany } from '../../src/crypto/encryptToMany.ts';
import { decryptText, encryptText, readPrivateKey, verifyText } from '../../src/crypto/pgp.ts';
import { canEncryptTo, sameKey } from '../../src/crypto/pgpPublicKey.ts';
import { sealed, text, coded, NOW, openedByBob } from '../support/builders.ts';
import { privateKeyOf, vectorUser, vectorUsers } from '../support/vectors.ts';

const alice = vectorUser('alice');
const bob = vectorUser('bob');

describe('KI-12 the opened key must be the published one', () => {
  it('KI-12 a key is the same in every armor, and no other', async () => {
    expect(await sameKey((await privateKeyOf('alice')).publicKey, alice.publicKey)).toBe(true);
    expect(await sameKey(alice.publicKey.replaceAll('\n', '\r\n'), alice.publicKey)).toBe(true);
    for (const other of vectorUsers.filter(({ name }) => name !== 'alice')) {
      expect(await sameKey(alice.publicKey, other.publicKey)).toBe(false);
    }
  });

  it('KI-12 a key that lost its encryption subkey, or took another’s, is another key', async () => {
    const [mine, theirs] = await Promise.all(
      [alice, bob].map(({ publicKey }) => openpgp.readKey({ armoredKey: publicKey })),
    );
    if (!mine || !theirs) throw new RangeError('no key');
    const own = mine.subkeys;
    const armorOf = (subkeys: openpgp.Subkey[]): string => Object.assign(mine, { subkeys }).armor();
    expect(await sameKey(armorOf(own), alice.publicKey)).toBe(true);
    expect(await sameKey(armorOf([]), alice.publicKey)).toBe(false);
    expect(await sameKey(armorOf(theirs.subkeys), alice.publicKey)).toBe(false);
  });

  it('KI-12 garbage is no key, not even the same as itself', async () => {
    for (const junk of ['', 'junk', '{"key":"x"}', alice.publicKey.slice(0, 400), 'x'.repeat(1_000_000)]) {
      expect(await sameKey(junk, junk)).toBe(false);
      expect(await sameKey(alice.publicKey, junk)).toBe(false);
    }
  });
});

describe('keys in the wrong place', () => {
  it('KI-17 a private key in the public field is refused, and kept out of the error', async () => {
    const secret = alice.privateKeyArmored;
    expect(await sameKey(secret, secret)).toBe(false);
    const error: unknown = await encryptText('x', [bob.publicKey, secret]).catch((reason: unknown) => reason);
    expect(error).toEqual(coded('KeyNotFound'));
    for (let e = error; e instanceof Error; e = e.cause)
      expect(`${e.message}${e.stack}`).not.toContain(secret.slice(100, 140));
    const body = await sealed(text('hello'));
    const opened = await openedByBob(
      body,
      {},
      { keyOf: () => Promise.resolve({ armored: secret, level: 'verified' }) },
    );
    expect(opened).toMatchObject({ state: 'quarantined', reason: 'ProofInvalid' });
  });

  it('a public key, a locked key, junk and excess are no private keys', async () => {
    const { key } = await privateKeyOf('alice');
    const locked = await openpgp.encryptKey({ privateKey: key, passphrase: 'secret' });
    for (const armored of [alice.publicKey, locked.armor(), '', 'junk', ' '.repeat(1_000_000)]) {
      await expect(readPrivateKey(armored)).rejects.toEqual(coded('KeyBundleMalformed'));
    }
  });

  it('a wrong sender key makes a proof invalid, not an exception', async () => {
    for (const armored of ['', 'junk', bob.publicKey]) {
      const body = await sealed(text('hello'));
      const [, signature = ''] = (body.verificationProof ?? '').split('pgpv3:');
      expect(await verifyText('x', signature, armored, NOW)).toEqual({ ok: false, code: 'ProofInvalid' });
    }
  });
});

describe('secrets', () => {
  it('are read by each receiver, and by nobody else', async () => {
    const sealed = await encryptText('secret', [bob.publicKey, alice.publicKey]);
    expect(await decryptText(sealed, await privateKeyOf('bob'))).toBe('secret');
    expect(await decryptText(sealed, await privateKeyOf('alice'))).toBe('secret');
    await expect(decryptText(sealed, await privateKeyOf('carol'))).rejects.toEqual(coded('DecryptFailed'));
  });

  it('CR-21 every kind of damage is the same DecryptFailed, word for word', async () => {
    const key = await privateKeyOf('bob');
    const sealed = await encryptText('secret', [bob.publicKey]);
    const middle = Math.floor(sealed.length / 2);
    const flipped = sealed.slice(0, middle) + (sealed[middle] === 'A' ? 'B' : 'A') + sealed.slice(middle + 1);
    const messages = new Set<string>();
    for (const damaged of ['', 'junk', flipped, sealed.slice(0, middle), bob.publicKey, 'x'.repeat(1_000_000)]) {
      const error: unknown = await decryptText(damaged, key).catch((reason: unknown) => reason);
      expect(error).toEqual(coded('DecryptFailed'));
      messages.add((error as Error).message);
    }
    expect(messages.size).toBe(1);
  });

  it.each([
    ['nobody’s key', ''],
    ['junk', 'junk'],
    ['a cut key', alice.publicKey.slice(0, 500)],
  ])('cannot be sealed to %s: KeyNotFound', async (_, armored) => {
    await expect(encryptText('secret', [armored])).rejects.toEqual(coded('KeyNotFound'));
  });
});

describe('GR-13 a key of a group that nothing can be encrypted to', () => {
  const day = 24 * 60 * 60 * 1000;
  type Changes = Pick<openpgp.KeyOptions, 'date' | 'keyExpirationTime' | 'subkeys'>;
  const made = async (changes: Changes): Promise<string> => {
    const { publicKey } = await openpgp.generateKey({
      ...{ type: 'ecc', curve: 'curve25519Legacy', userIDs: [{ name: '' }] },
      ...changes,
      format: 'armored',
    });
    return publicKey;
  };

  it.each([
    ['that only signs', { subkeys: [{ sign: true }] }],
    ['that has expired', { date: new Date(Date.now() - 3 * day), keyExpirationTime: 60 }],
    ['that says to be made in years', { date: new Date(Date.now() + 1_000 * day) }],
  ])('%s, keeps what is written from nobody else', async (_, options) => {
    const unfit = await made(options);
    const expiring = await made({ keyExpirationTime: 400 * 24 * 60 * 60 });
    expect(await canEncryptTo(unfit, Date.now())).toBe(false);
    expect(await canEncryptTo(expiring, Date.now())).toBe(true);
    for (const keys of [
      [expiring, unfit, bob.publicKey],
      [unfit, bob.publicKey],
    ]) {
      const sealed = await encryptToMany('secret', keys);
      expect(await decryptText(sealed, await privateKeyOf('bob'))).toBe('secret');
    }
    await expect(encryptToMany('secret', [unfit])).rejects.toEqual(coded('KeyNotFound'));
  });
});

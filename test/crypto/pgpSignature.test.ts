import * as openpgp from 'openpgp';
import { describe, expect, it } from 'vitest';
import { signText, verifyText } from '../../src/crypto/pgp.ts';
import { armorOf, NOW, openedByBob, sealed, text } from '../support/builders.ts';
import { privateKeyOf, vectorMessage, vectorUser } from '../support/vectors.ts';

const alice = vectorUser('alice').publicKey;
const WORDS = 'the words that are signed';
const verify = (armor: string, words = WORDS) => verifyText(words, armor, alice, NOW);
const refused = (code: string) => ({ ok: false, code });

const signed = async (words = WORDS, who = 'alice') => signText(words, await privateKeyOf(who), NOW);
const packetsOf = async (armor: string) => (await openpgp.readSignature({ armoredSignature: armor })).packets;

function armored(...packets: openpgp.SignaturePacket[]): string {
  const list = new openpgp.PacketList<openpgp.SignaturePacket>();
  list.push(...packets);
  return new openpgp.Signature(list).armor();
}

const asSignatureArmor = (bytes: Uint8Array): string => openpgp.armor(openpgp.enums.armor.signature, bytes);

describe('exactly one signature', () => {
  it('is taken when it is right', async () => {
    expect(await verify(await signed())).toMatchObject({ ok: true });
    expect(await verify(await signed(), 'other words')).toEqual(refused('ProofInvalid'));
    expect(await verify(await signed(WORDS, 'bob'))).toEqual(refused('ProofInvalid'));
  });

  it('CR-15 one that ends some day is refused at once: it would be right for one reader and wrong for a later one', async () => {
    const { key } = await privateKeyOf('alice');
    const message = await openpgp.createMessage({ text: WORDS });
    const packet = Object.assign(new openpgp.SignaturePacket(), {
      ...{ signatureType: openpgp.enums.signature.text, hashAlgorithm: openpgp.enums.hash.sha512 },
      ...{
        publicKeyAlgorithm: key.keyPacket.algorithm,
        signatureNeverExpires: false,
        signatureExpirationTime: 172_800,
      },
    }) as openpgp.SignaturePacket & { sign: (...given: unknown[]) => Promise<void> };
    const [literal] = message.packets;
    await packet.sign(key.keyPacket, literal, NOW, true, openpgp.config);
    expect(await verify(armored(packet))).toEqual(refused('ProofInvalid'));
  });

  it('CR-06 an extra foreign signature packet before or after the right one is ProofMalformed', async () => {
    const [[mine], [foreign]] = await Promise.all([packetsOf(await signed()), packetsOf(await signed(WORDS, 'bob'))]);
    if (!mine || !foreign) throw new RangeError('no packet');
    expect(await verify(armored(mine))).toMatchObject({ ok: true });
    for (const pair of [
      [mine, foreign],
      [foreign, mine],
      [mine, mine],
    ]) {
      expect(await verify(armored(...pair))).toEqual(refused('ProofMalformed'));
    }
  });

  it('CR-06 two armored blocks, one after the other, are ProofMalformed', async () => {
    expect(await verify((await signed()) + (await signed(WORDS, 'bob')))).toEqual(refused('ProofMalformed'));
  });

  it.each([
    ['nothing', ''],
    ['white space', ' \n\t'],
    ['an empty block', '-----BEGIN PGP SIGNATURE-----\n\n-----END PGP SIGNATURE-----\n'],
    ['an empty block with a checksum', '-----BEGIN PGP SIGNATURE-----\n\n=twTO\n-----END PGP SIGNATURE-----\n'],
    ['a header alone', '-----BEGIN PGP SIGNATURE-----'],
    ['words', 'a signature, I swear'],
  ])('CR-07 %s is ProofMalformed', async (_, armor) => {
    expect(await verify(armor)).toEqual(refused('ProofMalformed'));
  });

  it('CR-07 armor of a megabyte is PayloadTooLarge before it is read', async () => {
    const padded = (await signed()).replace('\n\n', `\nComment: ${'x'.repeat(1_000_000)}\n\n`);
    expect(await verify(padded)).toEqual(refused('PayloadTooLarge'));
    const body = await sealed(text('hello'), { plain: true });
    const opened = await openedByBob({ ...body, verificationProof: `pgpv3:${padded}` });
    expect(opened).toMatchObject({ state: 'quarantined', from: 'peer', reason: 'PayloadTooLarge' });
  });
});

describe('CR-08 armor that other clients write', () => {
  const { body } = vectorMessage('w2w-text');
  const official = armorOf(body.verificationProof);
  const withHeader = (header: string): string => official.replace('\n\n', `\n${header}\n\n`);
  const checksum = /\n=[A-Za-z0-9+/]{4}\n/;

  it('the official one carries a checksum to leave out', () => {
    expect(official).toMatch(checksum);
  });

  it.each([
    ['a Version header', withHeader('Version: OpenPGP.js v4.10.10')],
    ['a Comment header with colons', withHeader('Comment: https://openpgpjs.org')],
    ['CRLF line ends', official.replaceAll('\n', '\r\n')],
    ['no checksum', official.replace(checksum, '\n')],
    ['no last line end', official.trimEnd()],
    ['white space around', `\n ${official}\n\n`],
  ])('CR-08 %s is accepted', async (_, armor) => {
    expect(await openedByBob({ ...body, verificationProof: `pgpv3:${armor}` })).toMatchObject({ state: 'verified' });
  });
});

describe('CR-09 other things in the place of a detached signature', () => {
  it('CR-09 an inline-signed message and a cleartext message are ProofMalformed', async () => {
    const { key } = await privateKeyOf('alice');
    const message = await openpgp.createMessage({ text: WORDS });
    const inline = await openpgp.sign({ message, signingKeys: key, date: NOW });
    const clear = await openpgp.createCleartextMessage({ text: WORDS });
    const cleartext = await openpgp.sign({ message: clear, signingKeys: key, date: NOW });
    for (const armor of [inline, cleartext]) expect(await verify(armor)).toEqual(refused('ProofMalformed'));
  });

  it('CR-09 a public key block, and one dressed as a signature, are ProofMalformed', async () => {
    const key = await openpgp.readKey({ armoredKey: alice });
    for (const armor of [alice, asSignatureArmor(key.write())]) {
      expect(await verify(armor)).toEqual(refused('ProofMalformed'));
    }
  });

  it('CR-09 an inline-signed message dressed as a signature is ProofMalformed', async () => {
    const { key } = await privateKeyOf('alice');
    const message = await openpgp.createMessage({ text: WORDS });
    const inline = await openpgp.sign({ message, signingKeys: key, date: NOW, format: 'binary' });
    expect(await verify(asSignatureArmor(inline))).toEqual(refused('ProofMalformed'));
  });
});

describe('CR-10 signatures that are not over a document', () => {
  const { standalone, timestamp, key: directKey, certGeneric } = openpgp.enums.signature;

  // Standalone and timestamp signatures cover no document at all, so they would be right for every text.
  it.each(Object.entries({ standalone, timestamp, directKey, certGeneric }))(
    'CR-10 %s is ProofInvalid',
    async (_, type) => {
      const { key } = await privateKeyOf('alice');
      const packet = new openpgp.SignaturePacket();
      packet.signatureType = type;
      packet.publicKeyAlgorithm = key.keyPacket.algorithm;
      packet.hashAlgorithm = openpgp.enums.hash.sha256;
      // The declared type knows documents only.
      const sign = packet.sign.bind(packet) as (...given: unknown[]) => Promise<void>;
      await sign(key.keyPacket, { userID: key.users[0]?.userID, key: key.keyPacket }, NOW, true, openpgp.config);
      expect((await packetsOf(armored(packet)))[0]?.signatureType).toBe(type);
      expect(await verify(armored(packet))).toEqual(refused('ProofInvalid'));
    },
  );

  it('CR-10 a binary document signature is one over the text', async () => {
    const { key } = await privateKeyOf('alice');
    const message = await openpgp.createMessage({ binary: new TextEncoder().encode(WORDS) });
    const armor = await openpgp.sign({ message, signingKeys: key, detached: true, date: NOW });
    expect((await packetsOf(armor))[0]?.signatureType).toBe(openpgp.enums.signature.binary);
    expect(await verify(armor)).toMatchObject({ ok: true });
  });
});

describe('CR-17 the digest names the signed act', () => {
  it('CR-17 it is the same for both line ends, and another for each text, time and signer', async () => {
    const lines = 'one\ntwo\n';
    const armor = await signed(lines);
    const digestOf = async (armor: string, words: string, key = alice) => {
      const check = await verifyText(words, armor, key, NOW);
      return check.ok ? check.digest : check.code;
    };
    const digest = await digestOf(armor, lines);
    expect(digest).toMatch(/^[0-9a-f]{64}$/);
    expect(await digestOf(armor, 'one\r\ntwo\r\n')).toBe(digest);
    expect(await digestOf(armor, 'one\ntwo')).toBe('ProofInvalid');
    const later = await signText(lines, await privateKeyOf('alice'), new Date(NOW.getTime() + 1000));
    const bob = vectorUser('bob').publicKey;
    const others = [await digestOf(later, lines), await digestOf(await signed('x'), 'x')];
    others.push(await digestOf(await signed(lines, 'bob'), lines, bob));
    expect(new Set([digest, ...others]).size).toBe(4);
    expect(others).not.toContain('ProofInvalid');
  });
});

describe('CR-14 keys that may not sign', () => {
  const HOUR = 3_600_000;
  // A careless signer.
  const config = {
    ...openpgp.config,
    nonDeterministicSignaturesViaNotation: false,
    rejectHashAlgorithms: new Set(),
    rejectMessageHashAlgorithms: new Set(),
  };
  const made = new Date(NOW.getTime() - 2 * HOUR);

  async function keyOf(options: { seconds?: number; signs?: boolean } = {}): Promise<openpgp.PrivateKey> {
    const { privateKey } = await openpgp.generateKey({
      type: 'ecc',
      curve: 'curve25519Legacy',
      userIDs: [{}],
      date: made,
      format: 'object',
      ...(options.seconds !== undefined && { keyExpirationTime: options.seconds }),
      ...(options.signs && { subkeys: [{ sign: true }] }),
    });
    return privateKey;
  }

  /** By whatever part of a key, asked or not whether it may. */
  async function signWith(
    part: openpgp.PrivateKey['keyPacket'] | openpgp.Subkey['keyPacket'],
    date: Date,
    hash = openpgp.enums.hash.sha256,
  ): Promise<string> {
    const packet = new openpgp.SignaturePacket();
    packet.signatureType = openpgp.enums.signature.text;
    packet.publicKeyAlgorithm = part.algorithm;
    packet.hashAlgorithm = hash;
    const literal = new openpgp.LiteralDataPacket();
    (literal as unknown as { setText: (text: string, format: number) => void }).setText(
      WORDS,
      openpgp.enums.literal.utf8,
    );
    const sign = packet.sign.bind(packet) as (...given: unknown[]) => Promise<void>;
    await sign(part, literal, date, true, config);
    return armored(packet);
  }

  const judge = async (armor: string, key: openpgp.Key): Promise<object> =>
    verifyText(WORDS, armor, key.toPublic().armor(), NOW);

  it('CR-14 an expired one: what it signed before counts, what after does not', async () => {
    const key = await keyOf({ seconds: 3_600 });
    const [before, after] = [0.5, 1.5].map((hours) => new Date(made.getTime() + hours * HOUR)) as [Date, Date];
    expect(await judge(await signWith(key.keyPacket, before), key)).toMatchObject({ ok: true });
    expect(await judge(await signWith(key.keyPacket, after), key)).toEqual(refused('ProofInvalid'));
  });

  it('CR-14 a revoked one', async () => {
    const key = await keyOf();
    const signature = await signWith(key.keyPacket, NOW);
    expect(await judge(signature, key)).toMatchObject({ ok: true });
    const { privateKey } = await openpgp.revokeKey({ key, date: made, format: 'object' });
    expect(await judge(signature, privateKey)).toEqual(refused('ProofInvalid'));
  });

  it('CR-14 a part that is for encryption only', async () => {
    const { key } = await privateKeyOf('bob');
    const [subkey] = key.getSubkeys();
    if (!subkey) throw new RangeError('no subkey');
    expect(await judge(await signWith(key.keyPacket, NOW), key)).toMatchObject({ ok: true });
    expect(await judge(await signWith(subkey.keyPacket, NOW), key)).toEqual(refused('ProofInvalid'));
  });

  it('CR-14 one that signs over SHA-1', async () => {
    const { key } = await privateKeyOf('bob');
    const armor = await signWith(key.keyPacket, NOW, openpgp.enums.hash.sha1);
    expect((await packetsOf(armor))[0]?.hashAlgorithm).toBe(openpgp.enums.hash.sha1);
    expect(await judge(armor, key)).toEqual(refused('ProofInvalid'));
  });

  it('CR-14 a subkey that never said whose it is: anybody could claim it', async () => {
    const key = await keyOf({ signs: true });
    const [subkey] = key.getSubkeys();
    if (!subkey) throw new RangeError('no subkey');
    const signature = await signWith(subkey.keyPacket, NOW);
    expect(await judge(signature, key)).toMatchObject({ ok: true });
    const thief = await keyOf();
    const stolen = await claim(thief, key.toPublic().getSubkeys()[0] ?? subkey);
    expect(await judge(signature, stolen)).toEqual(refused('ProofInvalid'));
  });

  /** Binds somebody else's subkey to a key, with all that its owner alone can say of it. */
  async function claim(thief: openpgp.PrivateKey, subkey: openpgp.Subkey): Promise<openpgp.Key> {
    const binding = new openpgp.SignaturePacket();
    binding.signatureType = openpgp.enums.signature.subkeyBinding;
    binding.publicKeyAlgorithm = thief.keyPacket.algorithm;
    binding.hashAlgorithm = openpgp.enums.hash.sha256;
    binding.keyFlags = new Uint8Array([openpgp.enums.keyFlags.signData]);
    const sign = binding.sign.bind(binding) as (...given: unknown[]) => Promise<void>;
    await sign(thief.keyPacket, { key: thief.keyPacket, bind: subkey.keyPacket }, made, false, config);
    const packets = thief.toPublic().toPacketList();
    const own = new openpgp.PacketList<openpgp.AnyPacket>();
    own.push(...packets, subkey.keyPacket, binding);
    return openpgp.readKey({ binaryKey: own.write() });
  }
});

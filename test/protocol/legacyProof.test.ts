import { describe, expect, it } from 'vitest';
import { sealAes } from '../../src/crypto/aes.ts';
import { sha256Hex } from '../../src/crypto/hash.ts';
import { encryptText } from '../../src/crypto/pgp.ts';
import { legacyMessageText } from '../../src/protocol/canonical.ts';
import { openMessage, type Opened } from '../../src/protocol/openMessage.ts';
import type { GroupId } from '../../src/protocol/peer.ts';
import { verifyMessageProof } from '../../src/protocol/verifyProof.ts';
import { didOf, legacyMessage, NOW, openedByBob, quarantined, readerOf, sealed, text } from '../support/builders.ts';
import { privateKeyOf, stored, vectorUser } from '../support/vectors.ts';

const LINK = 'bafyreibjzjnoiph2444iqmwlro5x3upuft6iau3lpsudju4dvzvh6kjwia';

describe('messages of before 2023', () => {
  it('a signature over messageContent proves it, and the scheme says how little that is', async () => {
    const body = await legacyMessage('gm', 'gm');
    for (const link of [null, LINK]) {
      const opened = await openedByBob(body, { link });
      expect(opened).toMatchObject({ state: 'verified', content: text('gm'), scheme: 'pgp', encrypted: false });
    }
  });

  it('an explicit `pgp:` proof is the same as none', async () => {
    const body = await legacyMessage('gm', 'gm');
    const opened = await openedByBob({ ...body, verificationProof: `pgp:${body.signature}` });
    expect(opened).toMatchObject({ state: 'verified', content: text('gm'), scheme: 'pgp' });
  });

  it('an encrypted one is opened with its secret', async () => {
    const secret = 'abcdefghijklmno';
    const messageContent = sealAes(secret, 'gm', new Uint8Array(8));
    const keys = [vectorUser('bob').publicKey, vectorUser('alice').publicKey];
    const encryptedSecret = await encryptText(secret, keys);
    const body = await legacyMessage(messageContent, messageContent, { encType: 'pgp', encryptedSecret });
    expect(await openedByBob(body)).toMatchObject({ state: 'verified', content: text('gm'), encrypted: true });
  });

  it('a first message may be proven whole, receiver and type included', async () => {
    const unsigned = await legacyMessage('gm', 'gm');
    const body = await legacyMessage('gm', sha256Hex(legacyMessageText(unsigned)));
    expect(await openedByBob(body, { link: null })).toMatchObject({ state: 'verified', content: text('gm') });
    expect(await openedByBob({ ...body, messageType: 'Image' }, { link: null })).toEqual(quarantined('ProofInvalid'));
  });

  it('the whole form is for first messages alone', async () => {
    const unsigned = await legacyMessage('gm', 'gm');
    const body = await legacyMessage('gm', sha256Hex(legacyMessageText(unsigned)));
    expect(await openedByBob(body, { link: LINK })).toEqual(quarantined('ProofInvalid'));
  });

  it('messageObj is not covered, so nothing of it is shown', async () => {
    const body = await legacyMessage('gm', 'gm', { messageObj: { content: 'send me your seed phrase' } });
    expect(await openedByBob(body)).toMatchObject({ state: 'verified', content: text('gm'), scheme: 'pgp' });
  });

  it('GR-14 in a group, a proof that names no group is ProofDowngrade: it could be of another', async () => {
    const peer = 'ab'.repeat(32) as GroupId;
    const group = { periods: null, secretOf: () => Promise.reject(new Error('no secret')) };
    const to = { toDID: peer, toCAIP10: peer };
    const open = async (signed: string): Promise<Opened> =>
      openMessage(
        stored(await legacyMessage('gm', signed, to), { link: null }),
        await readerOf('bob', 'alice', { peer, group }),
      );
    expect(await open('gm')).toEqual(quarantined('ProofDowngrade'));
    const whole = sha256Hex(legacyMessageText(await legacyMessage('gm', 'gm', to)));
    expect(await open(whole)).toMatchObject({ state: 'verified', content: text('gm'), scheme: 'pgp' });
  });

  it('other words, or another signer, are ProofInvalid', async () => {
    expect(await openedByBob(await legacyMessage('gn', 'gm'))).toEqual(quarantined('ProofInvalid'));
    const carol = await privateKeyOf('carol');
    expect(await openedByBob(await legacyMessage('gm', 'gm', {}, carol))).toEqual(quarantined('ProofInvalid'));
  });

  it('a garbage signature is ProofMalformed', async () => {
    for (const signature of ['junk', 'xyz', '-----BEGIN PGP SIGNATURE-----\n\n-----END PGP SIGNATURE-----\n']) {
      const body = { ...(await legacyMessage('gm', 'gm')), signature };
      expect(await openedByBob(body)).toEqual(quarantined('ProofMalformed'));
    }
  });

  it('CR-17 both line ends are one signed text, and one digest finds the second as a replay', async () => {
    const alice = vectorUser('alice').publicKey;
    const lines = await legacyMessage('one\ntwo\n\nthree', 'one\ntwo\n\nthree');
    const digests = [];
    for (const messageContent of ['one\ntwo\n\nthree', 'one\r\ntwo\r\n\r\nthree', 'one\r\ntwo\n\r\nthree']) {
      const result = await verifyMessageProof({ ...lines, messageContent }, alice, NOW);
      expect(result).toMatchObject({ ok: true });
      digests.push(result.ok && result.digest);
    }
    expect(new Set(digests).size).toBe(1);
    expect(await verifyMessageProof({ ...lines, messageContent: 'one\rtwo\n\nthree' }, alice, NOW)).toMatchObject({
      ok: false,
    });
  });

  it('CR-17 saying the same twice is two acts with two digests', async () => {
    const alice = vectorUser('alice').publicKey;
    const first = await sealed(text('ok'), { plain: true });
    const second = await sealed(text('ok'), { plain: true }, { date: new Date(NOW.getTime() + 1000) });
    const [one, two] = [await verifyMessageProof(first, alice, NOW), await verifyMessageProof(second, alice, NOW)];
    expect(one.ok && two.ok && one.digest !== two.digest).toBe(true);
  });

  it('CH-01 parties are judged in legacy messages, too', async () => {
    const body = await legacyMessage('gm', 'gm', { toDID: didOf('carol'), toCAIP10: didOf('carol') });
    expect(await openedByBob(body)).toEqual(quarantined('ReceiverMismatch'));
  });
});

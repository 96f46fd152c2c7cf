import { describe, expect, it } from 'vitest';
import { parseContent } from '../../src/protocol/messageContent.ts';
import type { MessageBody } from '../../src/protocol/payload.ts';
import { verifyMessageProof } from '../../src/protocol/verifyProof.ts';
import {
  armorOf,
  everyContent,
  openedByBob,
  quarantined,
  readerOf,
  resigned,
  sealed,
  text,
} from '../support/builders.ts';
import { openMessage } from '../../src/protocol/openMessage.ts';
import { privateKeyOf, stored, vectorUser } from '../support/vectors.ts';
import { sealAes } from '../../src/crypto/aes.ts';
import { decryptText, encryptText } from '../../src/crypto/pgp.ts';
import { NOW } from '../support/builders.ts';

describe('a plain message is proven like any other', () => {
  it('CR-01 a well-formed proof over something else quarantines the message as ProofInvalid', async () => {
    const mine = await sealed(text('hello'), { plain: true });
    const other = await sealed(text('something else'), { plain: true });
    const opened = await openedByBob({ ...mine, verificationProof: other.verificationProof ?? null });
    expect(opened).toEqual(quarantined('ProofInvalid'));
    expect(await openedByBob(mine)).toMatchObject({ state: 'verified', content: text('hello') });
  });

  it.each(['pgpv3:', 'pgpv3:junk', 'pgpv2:💥', 'junk', ':', 'pgpv4:x', 'PGPV3:x', 'constructor:x', '__proto__:x'])(
    'CR-01 the garbage proof %j quarantines the message as ProofMalformed',
    async (verificationProof) => {
      const body = await sealed(text('hello'), { plain: true });
      expect(await openedByBob({ ...body, verificationProof })).toEqual(quarantined('ProofMalformed'));
    },
  );

  it('CR-01 words put into a plain message by the node are refused, although the node kept the true proof', async () => {
    const body = await sealed(text('I owe you 1 ETH'), { plain: true });
    const forged = { ...body, messageObj: { content: 'I owe you 100 ETH' }, messageContent: 'I owe you 100 ETH' };
    expect(await openedByBob(forged)).toEqual(quarantined('ProofInvalid'));
  });

  it.each([{ verificationProof: null }, { verificationProof: '' }, { verificationProof: undefined }])(
    'CR-02 a plain message with neither proof nor signature is ProofMissing: %j',
    async (proof) => {
      const { verificationProof: _, ...body } = await sealed(text('hello'), { plain: true });
      const bare = proof.verificationProof === undefined ? {} : { verificationProof: proof.verificationProof };
      expect(await openedByBob({ ...body, ...bare, signature: '' })).toEqual(quarantined('ProofMissing'));
    },
  );
});

describe('what a body says about its own encryption must make sense', () => {
  const secretly = 'not encrypted at all';
  it('CR-03 an encrypted message whose messageObj is already an object is PayloadMalformed', async () => {
    const body = await sealed(text('hello'));
    const opened = await openedByBob({ ...body, messageObj: { content: secretly } });
    expect(opened).toEqual(quarantined('PayloadMalformed'));
  });

  it('CR-03 even when the sender proved it', async () => {
    const body = await resigned(await sealed(text('hello')), { messageObj: { content: secretly } });
    expect(await openedByBob(body)).toEqual(quarantined('PayloadMalformed'));
  });

  it.each([
    ['plain text with ciphertext for an object', { encType: 'PlainText' }],
    ['plain text with a secret', { encType: 'PlainText', messageObj: { content: secretly } }],
    ['encrypted without a secret', { encryptedSecret: '' }],
    ['encrypted with a null secret', { encryptedSecret: null }],
    ['encrypted with a session key', { sessionKey: 'abc' }],
    ['a group message without a session key', { encType: 'pgpv1:group', encryptedSecret: null }],
  ])('CR-03 %s is PayloadMalformed', async (_, changes) => {
    const body = await resigned(await sealed(text('hello')), changes);
    expect(await openedByBob(body)).toEqual(quarantined('PayloadMalformed'));
  });
});

describe('proof versions', () => {
  it('CR-12 a pgpv3 signature relabelled pgpv2 is ProofInvalid', async () => {
    const body = await sealed(text('hello'));
    const relabelled = { ...body, verificationProof: `pgpv2:${armorOf(body.verificationProof)}` };
    expect(await openedByBob(relabelled)).toEqual(quarantined('ProofInvalid'));
  });

  it('CR-12 a pgpv2 signature relabelled pgpv3 is ProofInvalid, with and without the field that pgpv3 adds', async () => {
    const body = await resigned(await sealed(text('hello')), {}, { scheme: 'pgpv2' });
    expect(await openedByBob(body)).toMatchObject({ state: 'verified', scheme: 'pgpv2' });
    const relabelled = { ...body, verificationProof: `pgpv3:${armorOf(body.verificationProof)}` };
    expect(await openedByBob(relabelled)).toEqual(quarantined('ProofInvalid'));
    const { sessionKey: _, ...without } = relabelled;
    expect(await openedByBob(without)).toEqual(quarantined('ProofInvalid'));
  });

  it('CR-28 a session-key message under pgpv2 is ProofDowngrade, since pgpv2 does not cover the session key', async () => {
    const group = { encType: 'pgpv1:group', sessionKey: 'key-1', encryptedSecret: null };
    const body = await resigned(await sealed(text('hello')), group, { scheme: 'pgpv2' });
    expect(await openedByBob(body)).toEqual(quarantined('ProofDowngrade'));
  });
});

describe('what cannot be opened is not taken for false', () => {
  it('CR-18 a rightly signed message whose secret is not for me is undecryptable, and keeps its digest', async () => {
    const body = await sealed(text('hello'), {}, { receiverKey: vectorUser('carol').publicKey });
    const opened = await openedByBob(body);
    expect(opened).toMatchObject({ state: 'undecryptable', from: 'peer', reason: 'DecryptFailed' });
    expect(opened).not.toHaveProperty('content');
    expect(await verifyMessageProof(body, vectorUser('alice').publicKey, NOW)).toMatchObject({
      digest: opened.state === 'undecryptable' ? opened.digest : '',
    });
  });

  it('CR-18 a secret that opens nothing is undecryptable, too', async () => {
    const keys = [vectorUser('bob').publicKey];
    const body = await resigned(await sealed(text('hello')), { encryptedSecret: await encryptText('wrong', keys) });
    expect(await openedByBob(body)).toMatchObject({ state: 'undecryptable', reason: 'DecryptFailed' });
  });

  it('CR-19 the official error text, sent as a text, is a text', async () => {
    for (const plain of [true, false]) {
      const body = await sealed(text('Unable to Decrypt Message'), { plain });
      expect(await openedByBob(body)).toMatchObject({ state: 'verified', content: text('Unable to Decrypt Message') });
    }
  });

  it('PA-06 an unknown encType, rightly signed, is undecryptable as UnsupportedEncType', async () => {
    for (const encType of ['pgpv9', 'toString', '']) {
      const body = await resigned(await sealed(text('hello')), { encType });
      expect(await openedByBob(body)).toMatchObject({ state: 'undecryptable', reason: 'UnsupportedEncType' });
    }
  });

  it('PA-06 an unknown messageType, rightly signed, is undecryptable as UnsupportedMessageType', async () => {
    for (const messageType of ['Payment', 'constructor', '__proto__', '']) {
      const body = await resigned(await sealed(text('hello')), { messageType });
      expect(await openedByBob(body)).toMatchObject({ state: 'undecryptable', reason: 'UnsupportedMessageType' });
    }
  });

  it('PA-06 unknown keys are ignored when shown, but were proven', async () => {
    const body = await sealed(text('hello'), { plain: true });
    const extended = await resigned(body, { messageObj: { content: 'hello', x: { v: 1, seq: 4 } } });
    expect(await openedByBob(extended)).toMatchObject({
      state: 'verified',
      content: text('hello'),
      mirrorDiffers: false,
    });
    const stripped = { ...extended, messageObj: { content: 'hello' } };
    expect(await openedByBob(stripped)).toEqual(quarantined('ProofInvalid'));
    expect(parseContent('Text', { content: 'hello', x: 1 })).toEqual(text('hello'));
  });
});

describe('the deprecated mirror', () => {
  it('CR-26 a plain mirror that says otherwise is flagged, and never shown', async () => {
    const body = { ...(await sealed(text('hello'), { plain: true })), messageContent: 'send me your seed phrase' };
    expect(await openedByBob(body)).toMatchObject({ state: 'verified', content: text('hello'), mirrorDiffers: true });
  });

  it('CR-26 an encrypted mirror that says otherwise, or cannot be opened, is flagged and never shown', async () => {
    const body = await sealed(text('hello'));
    const secret = await decryptText(body.encryptedSecret ?? '', await privateKeyOf('bob'));
    const salt = new Uint8Array(8);
    for (const messageContent of [sealAes(secret, 'other', salt), sealAes('wrong', 'hello', salt), 'junk', '']) {
      const opened = await openedByBob({ ...body, messageContent });
      expect(opened).toMatchObject({ state: 'verified', content: text('hello'), mirrorDiffers: true });
    }
    expect(await openedByBob(body)).toMatchObject({ mirrorDiffers: false });
  });

  it('CR-26 the mirror is not what proves: every kind opens from messageObj alone', async () => {
    const reader = await readerOf('bob', 'alice');
    for (const content of everyContent) {
      const body = { ...(await sealed(content, { plain: true })), messageContent: 'x', signature: '' };
      expect(await openMessage(stored(body), reader)).toMatchObject({
        state: 'verified',
        content,
        mirrorDiffers: true,
      });
    }
  });
});

describe('each form of proof asks for the fields that it covers, and for no others', () => {
  const proofOf = (body: MessageBody): Promise<unknown> => verifyMessageProof(body, vectorUser('alice').publicKey, NOW);

  it('a pgpv2 proof needs no session key field', async () => {
    const { sessionKey: _, ...body } = await sealed(text('hello'));
    expect(await proofOf(await resigned(body, {}, { scheme: 'pgpv2' }))).toMatchObject({ ok: true, scheme: 'pgpv2' });
  });

  it('CR-28 a pgpv3 proof is good for a group message, whose session key it covers; a pgpv2 proof is not', async () => {
    const group = { encType: 'pgpv1:group', sessionKey: 'a'.repeat(64) };
    const body = await sealed(text('hello'));
    expect(await proofOf(await resigned(body, group))).toMatchObject({ ok: true, scheme: 'pgpv3' });
    const less = await resigned(body, group, { scheme: 'pgpv2' });
    expect(await proofOf(less)).toEqual({ ok: false, code: 'ProofDowngrade' });
  });
});

it('a key that the account has replaced is believed for what it signed until then, and a day more for slow clocks', async () => {
  const body = await sealed(text('hello'));
  const replaced = (hours: number) =>
    openedByBob(
      body,
      {},
      {
        keyOf: () =>
          Promise.resolve({
            armored: vectorUser('alice').publicKey,
            level: 'verified',
            until: NOW.getTime() - hours * 3_600_000,
          }),
      },
    );
  expect(await replaced(12)).toMatchObject({ state: 'verified' });
  expect(await replaced(48)).toEqual(quarantined('KeyRollback'));
});

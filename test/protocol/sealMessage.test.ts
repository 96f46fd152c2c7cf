import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../src/crypto/hash.ts';
import { decryptText, verifyText } from '../../src/crypto/pgp.ts';
import { MAX_PAYLOAD_BYTES } from '../../src/protocol/limits.ts';
import type { MessageContent } from '../../src/protocol/messageContent.ts';
import { parseMessageBody } from '../../src/protocol/parsePayload.ts';
import { coded, didOf, everyContent, NOW, openedByBob, sealed, text } from '../support/builders.ts';
import { privateKeyOf, vectorMessage, vectorUser } from '../support/vectors.ts';

const alice = vectorUser('alice').publicKey;

describe('sealing', () => {
  it.each(everyContent)('$type has the official fields in the official order', async (content) => {
    const order = Object.keys(vectorMessage('w2w-text').body);
    for (const plain of [true, false]) {
      const body = await sealed(content, { plain });
      expect(Object.keys(body)).toEqual(order);
      expect(parseMessageBody(JSON.parse(JSON.stringify(body)))).toEqual(body);
    }
  });

  it('shows nothing of the text in an encrypted body', async () => {
    const body = JSON.stringify(await sealed(text('CANARY')));
    for (const trace of ['CANARY', btoa('CANARY'), Buffer.from('CANARY').toString('hex')])
      expect(body).not.toContain(trace);
  });

  it('the deprecated signature is over messageContent as sent', async () => {
    for (const plain of [true, false]) {
      const { messageContent, signature } = await sealed(text('hello'), { plain });
      expect(await verifyText(messageContent, signature, alice, NOW)).toMatchObject({ ok: true });
    }
  });

  it('G7 except where the words are a hash, which would be a proof of something else', async () => {
    const hash = sha256Hex('anything');
    for (const content of [{ type: 'MediaEmbed', content: hash } as const, text(hash)]) {
      const body = await sealed(content, { plain: true });
      expect(await verifyText(hash, body.signature, alice, NOW)).toMatchObject({ ok: false });
      expect(await openedByBob(body)).toMatchObject({ state: 'verified', content });
    }
    const hidden = await sealed(text(hash));
    expect(await verifyText(hidden.messageContent, hidden.signature, alice, NOW)).toMatchObject({ ok: true });
  });

  it('the sender reads his own message with the same secret', async () => {
    const { encryptedSecret } = await sealed(text('hello'));
    const secrets = await Promise.all(
      ['alice', 'bob'].map(async (name) => decryptText(encryptedSecret ?? '', await privateKeyOf(name))),
    );
    expect(secrets[0]).toBe(secrets[1]);
  });

  it('a receiver’s key that cannot be encrypted to is KeyNotFound, not plain text', async () => {
    for (const receiverKey of ['', 'junk', '{"key":""}']) {
      await expect(sealed(text('hello'), {}, { receiverKey })).rejects.toEqual(coded('KeyNotFound'));
    }
  });

  it('half an emoji is kept as typed', async () => {
    for (const plain of [true, false]) {
      const opened = await openedByBob(await sealed(text('cut \ud83d'), { plain }));
      expect(opened).toMatchObject({ state: 'verified', content: text('cut \ud83d') });
    }
  });
});

describe('what is too large', () => {
  const size = (body: object): number => Buffer.byteLength(JSON.stringify(body));

  it('a plain body of exactly the limit is sent, one byte more is PayloadTooLarge', async () => {
    // Text stands in messageObj and messageContent.
    const empty = size(await sealed(text(''), { plain: true }));
    const room = MAX_PAYLOAD_BYTES - empty;
    const even = 'a'.repeat(Math.floor(room / 2));
    const exact = await sealed(text(even), { plain: true });
    expect(size(exact)).toBe(MAX_PAYLOAD_BYTES - (room % 2));
    await expect(sealed(text(`${even}a`), { plain: true })).rejects.toEqual(coded('PayloadTooLarge'));
  });

  it('bytes count, not characters', async () => {
    await expect(sealed(text('€'.repeat(200_000)), { plain: true })).rejects.toEqual(coded('PayloadTooLarge'));
    expect(await sealed(text('e'.repeat(200_000)), { plain: true })).toMatchObject({ encType: 'PlainText' });
  });

  it('an encrypted file of 280 kB fits, one of 500 kB is PayloadTooLarge', async () => {
    const file = (kilobytes: number): MessageContent => ({ type: 'File', content: btoa('x'.repeat(kilobytes * 1000)) });
    expect(size(await sealed(file(280)))).toBeLessThan(MAX_PAYLOAD_BYTES);
    await expect(sealed(file(500))).rejects.toEqual(coded('PayloadTooLarge'));
  });
});

describe('what is not sendable is PayloadMalformed', () => {
  const reference = `v2:${'a'.repeat(64)}`;
  const bad: [string, MessageContent][] = [
    ['an unknown reaction', { type: 'Reaction', content: '🦄', reference }],
    ['a reaction to nothing', { type: 'Reaction', content: '👍', reference: '' }],
    ['a reply to nothing', { type: 'Reply', content: { type: 'Text', content: 'x' }, reference: '' }],
    ['an empty reply', { type: 'Reply', content: { type: 'Text', content: '' }, reference }],
    ['a GIF inside a reply', { type: 'Reply', content: { type: 'GIF', content: 'x' }, reference }],
    ['an empty composite', { type: 'Composite', content: [] }],
    ['a composite with an empty part', { type: 'Composite', content: [{ type: 'Text', content: '' }] }],
    ['an unknown meta', { type: 'Meta', content: 'DROP_TABLES', info: {} }],
    ['an unknown activity', { type: 'UserActivity', content: 'SLEEPING', info: {} }],
    ['an intent nobody knows', { type: 'Intent', content: 'toString' }],
  ];
  it.each(bad)('%s', async (_, content) => {
    await expect(sealed(content, { plain: true })).rejects.toEqual(coded('PayloadMalformed'));
  });

  it('and a type nobody knows is UnsupportedMessageType', async () => {
    const content = { type: 'Payment', content: 'x' } as unknown as MessageContent;
    await expect(sealed(content, { plain: true })).rejects.toEqual(coded('UnsupportedMessageType'));
  });

  it('an empty text is allowed', async () => {
    expect(await openedByBob(await sealed(text('')))).toMatchObject({ state: 'verified', content: text('') });
    expect((await sealed(text(''))).fromDID).toBe(didOf('alice'));
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { sealAes } from '../../src/crypto/aes.ts';
import { encryptText } from '../../src/crypto/pgp.ts';
import { randomBytes } from '../../src/crypto/random.ts';
import { blockCid, encodeBlock } from '../../src/protocol/cid.ts';
import { messageText } from '../../src/protocol/canonical.ts';
import { parseStoredMessage } from '../../src/protocol/parseAnswer.ts';
import { parseContent } from '../../src/protocol/messageContent.ts';
import { parseJson } from '../../src/protocol/parseJson.ts';
import { PushChatError } from '../../src/errors.ts';
import { codeOf, openedByBob, resigned, sealed, text } from '../support/builders.ts';
import { stored, vectorUser } from '../support/vectors.ts';

describe('JSON that is read in two ways', () => {
  it.each([
    ['the same key twice', '{"content":"a","content":"b"}'],
    ['minus zero', '{"content":"a","n":-0}'],
    ['more than a number holds', '{"content":"a","n":1e400}'],
    ['a number of too many digits', '{"content":"a","n":123456789012345678901234567890}'],
    ['half a letter', '{"content":"\\ud800"}'],
    ['escaped letters', '{"content":"\\u0061"}'],
  ])('PA-04 %s has one canonical form, or a typed error', async (_, json) => {
    const body = await sealed(text('x'), { plain: true });
    const read = (): string => messageText({ ...body, messageObj: parseJson(json) as { content: string } }, 'pgpv3');
    const once = read();
    expect(read()).toBe(once);
    const again = JSON.stringify((JSON.parse(once) as { messageObj: unknown }).messageObj);
    expect(messageText({ ...body, messageObj: parseJson(again) as { content: string } }, 'pgpv3')).toBe(once);
  });

  it('PA-04 a byte-order mark is no JSON', () => {
    expect(codeOf(() => parseJson('\ufeff{"content":"a"}'))).toBe('PayloadMalformed');
  });

  it('PA-04 any JSON at all as a stored message has one id, or is a typed error', async () => {
    const message = stored(await sealed(text('x'), { plain: true }));
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(message)), fc.jsonValue(), (field, value) => {
        try {
          const parsed = parseStoredMessage({ ...message, [field]: value });
          const { cid: _, chatId: __, ...block } = parsed;
          expect(blockCid(encodeBlock(block))).toBe(blockCid(encodeBlock(JSON.parse(JSON.stringify(block)) as object)));
        } catch (error) {
          expect(error).toBeInstanceOf(PushChatError);
        }
      }),
      { numRuns: 300 },
    );
  });
});

describe('content that is too much', () => {
  const part = { messageType: 'Text', messageObj: { content: 'x' } };
  const reference = `v2:${'a'.repeat(64)}`;

  it.each([
    ['a composite of 10,000 parts', 'Composite', { content: Array(10_000).fill(part) }, 'PayloadTooLarge'],
    ['a reaction of a megabyte', 'Reaction', { content: '👍'.repeat(250_000), reference }, 'PayloadTooLarge'],
    [
      'a reply to a reply',
      'Reply',
      { content: { messageType: 'Reply', messageObj: { content: part, reference } }, reference },
      'PayloadMalformed',
    ],
    [
      'a composite in a composite',
      'Composite',
      { content: [{ messageType: 'Composite', messageObj: { content: [part] } }] },
      'PayloadMalformed',
    ],
  ])('PA-08 %s is hidden with its reason', async (_, messageType, messageObj, reason) => {
    expect(codeOf(() => parseContent(messageType, messageObj))).toBe(reason);
    const body = await sealed(text('x'), { plain: true });
    const signed = await resigned(body, { messageType, messageObj: messageObj });
    expect(await openedByBob(signed)).toMatchObject({
      state: 'quarantined',
      reason,
      verification: { scheme: 'pgpv3', failed: { check: 'content', code: reason } },
    });
  });

  it('PA-08 a reaction to a message that is not here is a reaction', async () => {
    const opened = await openedByBob(await sealed({ type: 'Reaction', content: '👍', reference }));
    expect(opened).toMatchObject({ state: 'verified', content: { type: 'Reaction', reference } });
  });

  it.each([
    ['nothing at all', ''],
    ['two thousand characters', 'x'.repeat(2_000)],
    ['twenty thousand characters', 'x'.repeat(20_000)],
    ['bytes that are no text', '\u0000\u0001\u0002'],
    ['letters beyond those of secrets', 'sécret'],
    ['half a character', 'abc\ufffd'],
  ])('CR-23 a secret of %s is PayloadMalformed', async (_, secret) => {
    const salt = randomBytes(8);
    const body = await resigned(await sealed(text('x')), {
      messageObj: sealAes(secret, JSON.stringify({ content: 'known to all' }), salt),
      messageContent: sealAes(secret, 'known to all', salt),
      encryptedSecret: await encryptText(secret, [vectorUser('bob').publicKey]),
    });
    expect(await openedByBob(body)).toMatchObject({ state: 'quarantined', reason: 'PayloadMalformed' });
  });

  it('PA-10 bare words, as an older client encrypts them, are a text, verified as any other', async () => {
    const secret = 'abcdefghijklmno';
    const body = await resigned(await sealed(text('x')), {
      messageObj: sealAes(secret, 'just words', randomBytes(8)),
      messageContent: sealAes(secret, 'just words', randomBytes(8)),
      encryptedSecret: await encryptText(secret, [vectorUser('bob').publicKey]),
    });
    expect(await openedByBob(body)).toMatchObject({ state: 'verified', content: text('just words') });
    expect(await openedByBob({ ...body, messageType: 'Image' })).toMatchObject({ reason: 'ProofInvalid' });
  });
});

import { describe, expect, it } from 'vitest';
import { sealAes } from '../../src/crypto/aes.ts';
import { identifyKey } from '../../src/crypto/identifyKey.ts';
import { encryptText } from '../../src/crypto/pgp.ts';
import { randomBytes } from '../../src/crypto/random.ts';
import { bindingOf } from '../../src/protocol/binding.ts';
import { parseDid } from '../../src/protocol/did.ts';
import { openMessage, type AttestedKey, type Opened } from '../../src/protocol/openMessage.ts';
import type { MessageBody } from '../../src/protocol/payload.ts';
import { didOf, NOW, openedByBob, readerOf, resigned, sealed, text } from '../support/builders.ts';
import { stored, vectorUser } from '../support/vectors.ts';

const DAY = 86_400_000;
const aliceKey: AttestedKey = { armored: vectorUser('alice').publicKey, level: 'verified', attestedBy: 'eip191v2' };
const by = (key: AttestedKey | null): { keyOf: () => Promise<AttestedKey | null> } => ({
  keyOf: () => Promise.resolve(key),
});
const id = 'ab'.repeat(16);

/** What bob sees of a message of his own in his chat with alice. */
const ownOfBob = async (body: MessageBody, now = NOW): Promise<Opened> =>
  openMessage(stored(body), await readerOf('bob', 'alice', { now }));

describe('a verdict', () => {
  it('names who signed, with which key, how it was vouched for, and what the proof covers', async () => {
    const opened = await openedByBob(await sealed(text('Hi')), {}, by(aliceKey));
    const { fingerprint } = await identifyKey(aliceKey.armored);
    expect(opened.verification).toEqual({
      signer: parseDid(didOf('alice')),
      key: { fingerprint, level: 'verified', attestedBy: 'eip191v2', earlier: false },
      scheme: 'pgpv3',
      covers: expect.arrayContaining(['messageObj', 'toCAIP10', 'sessionKey']) as unknown,
      signedAt: NOW.getTime(),
      failed: null,
    });
  });

  it('KI-10 says of a key that was replaced that it is an earlier one, and for how long it counts', async () => {
    const body = await sealed(text('Hi'));
    const until = (ms: number): AttestedKey => ({ ...aliceKey, until: NOW.getTime() - ms });
    const within = await openedByBob(body, {}, by(until(DAY)));
    expect(within).toMatchObject({ state: 'verified', verification: { key: { earlier: true } } });
    const after = await openedByBob(body, {}, by(until(DAY + 1)));
    expect(after).toMatchObject({ reason: 'KeyRollback', verification: { failed: { check: 'proof' } } });
  });

  it.each<[string, string, Partial<AttestedKey> | null, string]>([
    ['no key', 'KeyNotFound', null, 'key'],
    ['a key that no wallet vouches for', 'KeyUnattested', { level: 'unattested' }, 'key'],
    ['a key that only a chain could tell of', 'ChainUnavailable', { level: 'unchecked' }, 'key'],
    ['a key that is none', 'ProofInvalid', { armored: 'no key' }, 'key'],
    ['another key', 'ProofInvalid', { armored: vectorUser('carol').publicKey }, 'proof'],
  ])('KI-01 of %s is %s', async (_, code, change, check) => {
    const opened = await openedByBob(await sealed(text('Hi')), {}, by(change && { ...aliceKey, ...change }));
    expect(opened).toMatchObject({ state: 'quarantined', from: 'peer', reason: code });
    expect(opened.verification.failed).toEqual({ check, code });
    expect(opened.verification.scheme).toBeNull();
  });

  it('KI-06 of parties that do not fit knows nothing more', async () => {
    const opened = await openedByBob(await sealed(text('Hi'), { from: 'carol' }));
    expect(opened.verification).toEqual({
      signer: null,
      key: null,
      scheme: null,
      covers: [],
      signedAt: null,
      failed: { check: 'parties', code: 'SenderMismatch' },
    });
  });

  it('CR-15 of a message of mine from a clock that is ahead says that it is the clock, not that I am somebody else', async () => {
    const early = new Date(NOW.getTime() - 2 * DAY);
    const body = await sealed(text('Hi'), { from: 'bob', to: 'alice' });
    expect(await ownOfBob(body, early)).toMatchObject({ reason: 'ClockSkew' });
    const forged = await resigned(body, {}, { signer: 'alice' });
    expect(await ownOfBob(forged)).toMatchObject({ reason: 'SenderMismatch' });
  });
});

describe('content that was rightly signed', () => {
  it('G6 is mine or theirs by the place that its sender wrote into it, in either direction', async () => {
    const [alice, bob, carol] = ['alice', 'bob', 'carol'].map((name) => parseDid(didOf(name))) as [never, never, never];
    const place = { prev: null, seq: 1, id };
    const right = { binding: bindingOf({ from: bob, to: alice }, place) };
    const mine = await ownOfBob(await sealed(text('Hi'), { from: 'bob', to: 'alice' }, right));
    expect(mine).toMatchObject({ state: 'verified', from: 'me', binding: right.binding });
    const elsewhere = { binding: bindingOf({ from: bob, to: carol }, place) };
    const moved = await ownOfBob(await sealed(text('Hi'), { from: 'bob', to: 'alice' }, elsewhere));
    expect(moved).toMatchObject({ state: 'quarantined', from: 'peer', reason: 'ReceiverMismatch' });
    expect(moved.verification.failed).toEqual({ check: 'content', code: 'ReceiverMismatch' });
  });

  it('CR-03 is none where there is none', async () => {
    const { messageObj: _, ...body } = await sealed(text('Hi'), { plain: true });
    const bare = await resigned(body, {});
    expect(await openedByBob(bare)).toMatchObject({ state: 'quarantined', reason: 'PayloadMalformed' });
  });

  it('PA-10 is bare words in a text only, and only where they are no object that was cut off', async () => {
    const secret = 'abcdefghijklmno';
    const words = async (opened: string, messageType: string): Promise<Opened> =>
      openedByBob(
        await resigned(await sealed(text('x')), {
          messageType,
          messageObj: sealAes(secret, opened, randomBytes(8)),
          messageContent: sealAes(secret, opened, randomBytes(8)),
          encryptedSecret: await encryptText(secret, [vectorUser('bob').publicKey]),
        }),
      );
    expect(await words('just words {', 'Text')).toMatchObject({ state: 'verified', content: text('just words {') });
    for (const [opened, type] of [
      ['just words', 'Image'],
      ['{"content":"cut o', 'Text'],
    ] as const) {
      expect(await words(opened, type)).toMatchObject({ state: 'quarantined', reason: 'PayloadMalformed' });
    }
  });

  it('CR-26 has no mirror to differ from where an older proof covers nothing else', async () => {
    const opened = await openedByBob(await sealed(text('Hi')));
    expect(opened).toMatchObject({ state: 'verified', mirrorDiffers: false });
    const body = await sealed(text('Hi'));
    const unreadable = await openedByBob({ ...body, messageContent: 'no ciphertext' });
    expect(unreadable).toMatchObject({ state: 'verified', mirrorDiffers: true });
  });
});

import fc from 'fast-check';
import { beforeAll, describe, expect, it } from 'vitest';
import type { MessageContent, PlainContent } from '../../src/protocol/messageContent.ts';
import { REACTIONS } from '../../src/protocol/messageContent.ts';
import { openMessage, type Opened, type Reader } from '../../src/protocol/openMessage.ts';
import { parseJson } from '../../src/protocol/parseJson.ts';
import type { JsonObject, MessageBody, StoredMessage } from '../../src/protocol/payload.ts';
import { armorOf, everyContent, legacyMessage, readerOf, resigned, sealed, text } from '../support/builders.ts';
import { stored } from '../support/vectors.ts';

const words = fc.string({ unit: 'binary', maxLength: 200 });
const someWords = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 50 });
const reference = fc.stringMatching(/^v2:[0-9a-f]{64}$/);
/** Keys such as `toString` are dropped on purpose (PA-02). */
const info = fc
  .dictionary(fc.stringMatching(/^[a-z]{1,8}$/), fc.jsonValue({ maxDepth: 2 }))
  .map((any) => parseJson(JSON.stringify(any)) as JsonObject);
const inner = fc.record({
  type: fc.constantFrom('Text', 'Image', 'Audio', 'Video', 'File', 'MediaEmbed'),
  content: someWords,
}) as fc.Arbitrary<PlainContent>;

/** Sendable content of a given kind. */
function contentOf(type: MessageContent['type']): fc.Arbitrary<MessageContent> {
  switch (type) {
    case 'Reaction':
      return fc.record({ type: fc.constant(type), content: fc.constantFrom(...REACTIONS), reference });
    case 'Receipt':
      return fc.record({ type: fc.constant(type), content: fc.constant('READ_RECEIPT' as const), reference });
    case 'Reply':
      return fc.record({ type: fc.constant(type), content: inner, reference });
    case 'Composite':
      return fc.record({ type: fc.constant(type), content: fc.array(inner, { minLength: 1, maxLength: 5 }) });
    case 'Meta':
      return fc.record({ type: fc.constant(type), content: fc.constantFrom('CREATE_GROUP', 'ADD_MEMBER'), info });
    case 'UserActivity':
      return fc.record({ type: fc.constant(type), content: fc.constantFrom('LISTENER_JOIN', 'SPEAKER_MIC_ON'), info });
    case 'Intent':
      return fc.record({ type: fc.constant(type), content: fc.constantFrom('ACCEPT_INTENT', 'LEAVE_GROUP') });
    default:
      return fc.record({ type: fc.constant(type), content: words });
  }
}

interface Sample {
  readonly body: MessageBody;
  readonly digest: string;
}
let reader: Reader;
/** One message per way of proving: encrypted and plain, under pgpv3 and pgpv2. */
let samples: Sample[];
let legacy: MessageBody;

const open = (body: object, changes: Partial<StoredMessage> = {}): Promise<Opened> =>
  openMessage(stored(body as MessageBody, changes), reader);

const digestOf = (opened: Opened): string => ('digest' in opened ? opened.digest : opened.reason);

beforeAll(async () => {
  reader = await readerOf('bob', 'alice');
  const [secret, plain] = [await sealed(text('the true text')), await sealed(text('the true text'), { plain: true })];
  const older = await Promise.all([secret, plain].map((body) => resigned(body, {}, { scheme: 'pgpv2' })));
  samples = await Promise.all(
    [secret, plain, ...older].map(async (body) => ({ body, digest: digestOf(await open(body)) })),
  );
  legacy = await legacyMessage('the true text', 'the true text');
});

const kinds = everyContent.map(({ type }) => type);

describe('open inverts seal', () => {
  it.each(kinds)('for every %s, encrypted and plain', async (type) => {
    await fc.assert(
      fc.asyncProperty(contentOf(type), fc.boolean(), async (content, plain) => {
        const opened = await open(JSON.parse(JSON.stringify(await sealed(content, { plain }))) as object);
        // As JSON: what travels has no prototypes and no undefined.
        const expected: unknown = JSON.parse(JSON.stringify(content));
        expect(opened).toMatchObject({ state: 'verified', from: 'peer', encrypted: !plain, mirrorDiffers: false });
        expect('content' in opened && JSON.parse(JSON.stringify(opened.content))).toEqual(expected);
      }),
      { numRuns: 6 },
    );
  });
});

describe('tampering', () => {
  const FIELDS = [
    'fromDID',
    'fromCAIP10',
    'toCAIP10',
    'messageObj',
    'messageType',
    'encType',
    'sessionKey',
    'encryptedSecret',
  ] as const;

  /** The value with one byte of its text changed; null and objects by their JSON. */
  function flip(value: unknown, at: number, change: number): unknown {
    const isText = typeof value === 'string';
    const bytes = Buffer.from(isText ? value : JSON.stringify(value ?? null));
    if (bytes.length === 0) return String.fromCharCode(change);
    const index = at % bytes.length;
    bytes[index] = (bytes[index] ?? 0) ^ change;
    const changed = bytes.toString('latin1');
    if (isText) return changed;
    try {
      return JSON.parse(changed) as unknown;
    } catch {
      return changed;
    }
  }

  it('CR-04 one byte changed in any signed field never opens as another text', async () => {
    const damage = fc.record({
      sample: fc.nat(3),
      field: fc.constantFrom(...FIELDS),
      at: fc.nat(),
      change: fc.integer({ min: 1, max: 127 }),
    });
    await fc.assert(
      fc.asyncProperty(damage, async ({ sample, field, at, change }) => {
        const { body } = samples[sample] ?? samples[0]!;
        // Only pgpv3 covers the session key.
        if (field === 'sessionKey' && body.verificationProof?.startsWith('pgpv2')) return;
        const value = flip(body[field], at, change);
        if (JSON.stringify(value) === JSON.stringify(body[field])) return;
        const opened = await open({ ...body, [field]: value });
        expect(opened.state).toBe('quarantined');
        expect(JSON.stringify(opened)).not.toContain('text');
      }),
      { numRuns: 600 },
    );
  });

  it('CR-04 any other value in any signed field is quarantined, and no exception', async () => {
    const damage = fc.record({ sample: fc.nat(3), field: fc.constantFrom(...FIELDS), value: fc.jsonValue() });
    await fc.assert(
      fc.asyncProperty(damage, async ({ sample, field, value }) => {
        const { body } = samples[sample] ?? samples[0]!;
        if (field === 'sessionKey' && body.verificationProof?.startsWith('pgpv2')) return;
        if (JSON.stringify(value) === JSON.stringify(body[field])) return;
        expect((await open({ ...body, [field]: value })).state).toBe('quarantined');
      }),
      { numRuns: 300 },
    );
  });

  it('CR-04 unsigned fields change neither the text nor the digest', async () => {
    const changes = fc.record({
      timestamp: fc.double(),
      link: fc.option(someWords),
      cid: words,
      chatId: words,
      signature: words,
      sigType: words,
    });
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(1, 3), changes, async (sample, change) => {
        const { body, digest } = samples[sample] ?? samples[0]!;
        expect(await open({ ...body, ...change }, change)).toMatchObject({
          state: 'verified',
          content: text('the true text'),
          digest,
        });
      }),
      { numRuns: 50 },
    );
  });

  it('CR-04 one byte changed in a message of before 2023 never opens as another text', async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(), fc.integer({ min: 1, max: 127 }), async (at, change) => {
        const opened = await open({ ...legacy, messageContent: flip(legacy.messageContent, at, change) });
        expect(opened).toMatchObject({ state: 'quarantined', from: 'peer', reason: 'ProofInvalid' });
      }),
      { numRuns: 100 },
    );
  });

  it('CR-05 one bit changed in the armored signature is refused, or names the same act', async () => {
    const damage = fc.record({ sample: fc.nat(3), at: fc.nat(), bit: fc.nat(6) });
    await fc.assert(
      fc.asyncProperty(damage, async ({ sample, at, bit }) => {
        const { body, digest } = samples[sample] ?? samples[0]!;
        const proof = body.verificationProof ?? '';
        const armor = armorOf(proof);
        const [first, last] = [armor.indexOf('\n\n') + 2, armor.lastIndexOf('\n-----END')];
        const index = first + (at % (last - first));
        const changed =
          armor.slice(0, index) + String.fromCharCode(armor.charCodeAt(index) ^ (1 << bit)) + armor.slice(index + 1);
        const opened = await open({ ...body, verificationProof: proof.replace(armor, () => changed) });
        if (opened.state === 'verified') expect(opened).toMatchObject({ digest, content: text('the true text') });
        else
          expect(opened).toMatchObject({
            state: 'quarantined',
            from: 'peer',
            reason: expect.toBeOneOf(['ProofMalformed', 'ProofInvalid']) as unknown,
          });
      }),
      { numRuns: 400 },
    );
  });
});

describe('totality and isolation', () => {
  it('whatever a node serves, opening it returns a state and shows nothing unproven', async () => {
    const field = fc.oneof(fc.jsonValue(), words);
    const names = [
      'fromDID',
      'toDID',
      'fromCAIP10',
      'toCAIP10',
      'messageType',
      'messageObj',
      'encType',
      'sessionKey',
      'encryptedSecret',
    ];
    const junk = fc.dictionary(
      fc.constantFrom(...names, 'messageContent', 'signature', 'sigType', 'verificationProof', 'link'),
      field,
    );
    await fc.assert(
      fc.asyncProperty(fc.nat(3), junk, async (sample, changes) => {
        const { body, digest } = samples[sample] ?? samples[0]!;
        const opened = await open({ ...body, ...changes }, changes);
        if (opened.state !== 'verified') expect(opened).not.toHaveProperty('content');
        // Without its proof a message is one of before 2023: alice signed messageContent, and nothing else is shown.
        else if (opened.scheme === 'pgp')
          expect(['the true text', body.messageContent]).toContain(opened.content.content);
        else expect(opened).toMatchObject({ digest, content: text('the true text') });
      }),
      { numRuns: 400 },
    );
  });
});

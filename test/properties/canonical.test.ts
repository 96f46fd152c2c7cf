import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  acceptanceText,
  isHash,
  legacyMessageText,
  messageText,
  profileKeysText,
  profileText,
  rejectionText,
} from '../../src/protocol/canonical.ts';
import { sha256Hex } from '../../src/crypto/hash.ts';
import { deriveReference } from '../../src/protocol/messageId.ts';
import type { Json, JsonObject, MessageBody } from '../../src/protocol/payload.ts';

/** Text with everything that serialisers disagree about: quotes, controls, separators, astral and half characters. */
const nasty = fc.constantFrom(
  '"',
  '\\',
  '/',
  '\b',
  '\f',
  '\n',
  '\r\n',
  '\t',
  '\0',
  '\x7f',
  '\u2028',
  '\u2029',
  '\ud800',
  '\udc00',
  '😀',
  '<',
  '&',
  'é',
  '\ufeff',
);
const text = fc.oneof(
  fc.string({ unit: 'binary' }),
  fc.array(nasty, { maxLength: 8 }).map((parts) => parts.join('')),
);
const number = fc.oneof(
  fc.double({ noNaN: true, noDefaultInfinity: true }),
  fc.integer(),
  fc.constantFrom(-0, 1e21, 1e-7, 2 ** 53),
);
const key = fc.oneof(text, fc.constantFrom('content', 'reference', '1', '10', '2', 'x'));
const { json } = fc.letrec<{ json: Json }>((tie) => ({
  json: fc.oneof(
    { maxDepth: 3 },
    fc.constant(null),
    fc.boolean(),
    number,
    text,
    fc.array(tie('json'), { maxLength: 3 }),
    fc.dictionary(key, tie('json'), { maxKeys: 4 }),
  ),
}));
const object = fc.dictionary(key, json, { maxKeys: 4 }) as fc.Arbitrary<JsonObject>;
const nullable = fc.option(text, { nil: null });

const body: fc.Arbitrary<MessageBody> = fc
  .record({
    fromDID: text,
    toDID: text,
    fromCAIP10: text,
    toCAIP10: text,
    messageType: text,
    messageObj: fc.oneof(text, object),
    encType: text,
    sessionKey: nullable,
    encryptedSecret: nullable,
    messageContent: text,
    signature: text,
    sigType: text,
  })
  .chain(
    (whole) =>
      fc.constantFrom(
        whole,
        { ...whole, messageObj: undefined },
        { ...whole, sessionKey: undefined },
      ) as fc.Arbitrary<MessageBody>,
  );

/** JSON after ECMA-404 and ECMA-262 25.5.2, written by hand: no spaces, own order of keys, well-formed escapes. */
function serialise(value: Json): string {
  if (value === null || typeof value === 'boolean') return `${value}`;
  if (typeof value === 'number') return Object.is(value, -0) ? '0' : `${value}`;
  if (typeof value === 'string') return quote(value);
  if (Array.isArray(value)) return `[${(value as readonly Json[]).map(serialise).join(',')}]`;
  return pairs(Object.entries(value as JsonObject));
}

const pairs = (fields: readonly (readonly [string, Json | undefined])[]): string => {
  const present = fields.filter((field): field is readonly [string, Json] => field[1] !== undefined);
  return `{${present.map(([name, value]) => `${quote(name)}:${serialise(value)}`).join(',')}}`;
};

const SHORT: Record<string, string> = {
  '"': '\\"',
  '\\': '\\\\',
  '\b': '\\b',
  '\f': '\\f',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
};

function quote(text: string): string {
  let out = '';
  // By code points: a half of a pair stands alone only when its other half is missing.
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    const alone = code >= 0xd800 && code <= 0xdfff;
    out += SHORT[character] ?? (code < 0x20 || alone ? `\\u${code.toString(16).padStart(4, '0')}` : character);
  }
  return `"${out}"`;
}

/** Protocol 3.5, field by field: the sender stands where the receiver should. */
function hashedFields(body: MessageBody, version: 2 | 3): [string, Json | undefined][] {
  return [
    ['fromDID', body.fromDID],
    ['toDID', body.fromDID],
    ['fromCAIP10', body.fromCAIP10],
    ['toCAIP10', body.toCAIP10],
    ['messageObj', body.messageObj],
    ['messageType', body.messageType],
    ['encType', body.encType],
    ...(version === 3 ? [['sessionKey', body.sessionKey] satisfies [string, Json | undefined]] : []),
    ['encryptedSecret', body.encryptedSecret],
  ];
}

describe('signed bytes', () => {
  it('CR-27 of 10,000 generated bodies are those of protocol 3.5, written by another serialiser', () => {
    fc.assert(
      fc.property(body, (generated) => {
        expect(messageText(generated, 'pgpv3')).toBe(pairs(hashedFields(generated, 3)));
        expect(messageText(generated, 'pgpv2')).toBe(pairs(hashedFields(generated, 2)));
      }),
      { numRuns: 10_000 },
    );
  });

  it('CR-27 survive the wire: parsing and writing a body again changes no byte', () => {
    fc.assert(
      fc.property(body, (generated) => {
        const travelled = JSON.parse(JSON.stringify(generated)) as MessageBody;
        expect(messageText(travelled, 'pgpv3')).toBe(messageText(generated, 'pgpv3'));
        expect(deriveReference(travelled, 5)).toBe(deriveReference(generated, 5));
      }),
      { numRuns: 2_000 },
    );
  });

  it('CR-27 the order of fields as received does not matter, every covered value does', () => {
    fc.assert(
      fc.property(body, (generated) => {
        const reversed = Object.fromEntries(Object.entries(generated).reverse()) as unknown as MessageBody;
        expect(messageText(reversed, 'pgpv3')).toBe(messageText(generated, 'pgpv3'));
        for (const name of ['fromDID', 'fromCAIP10', 'toCAIP10', 'messageType', 'encType'] as const) {
          const changed = { ...generated, [name]: `${generated[name]}x` };
          expect(messageText(changed, 'pgpv3')).not.toBe(messageText(generated, 'pgpv3'));
        }
      }),
      { numRuns: 1_000 },
    );
  });

  it('CR-13 no text is signed for two purposes', () => {
    const two = { fromDID: text, toDID: text };
    const texts: [string, fc.Arbitrary<string>][] = [
      ['message', body.map((one) => messageText({ ...one, sessionKey: one.sessionKey ?? null }, 'pgpv3'))],
      ['old message', body.map((one) => messageText(one, 'pgpv2'))],
      ['first message', body.map(legacyMessageText)],
      ['acceptance', fc.record({ ...two, status: text }).map(acceptanceText)],
      ['rejection', fc.record(two).map(rejectionText)],
      [
        'profile',
        fc
          .record({ name: nullable, desc: nullable, picture: nullable, blockedUsersList: fc.array(text) })
          .map(profileText),
      ],
      ['old profile', fc.record({ name: nullable, desc: nullable, picture: nullable }).map(profileText)],
      ['keys', fc.record({ caip10: text, did: text, publicKey: text, encryptedPrivateKey: text }).map(profileKeysText)],
    ];
    // What tells the purposes apart is the list of keys, whatever the values; keys inside strings are escaped.
    const purposes = new Map<string, string>();
    for (const [purpose, arbitrary] of texts) {
      fc.assert(
        fc.property(arbitrary, (signed) => {
          const keys = Object.keys(JSON.parse(signed) as object)
            .filter((name) => name !== 'messageObj')
            .join();
          expect(purposes.get(keys) ?? purpose).toBe(purpose);
          purposes.set(keys, purpose);
          expect(isHash(signed)).toBe(false);
        }),
        { numRuns: 300 },
      );
    }
    expect(new Set(purposes.values()).size).toBe(texts.length);
  });

  it('CR-13 exactly the hashes that are signed look like one', () => {
    fc.assert(fc.property(text, (any) => isHash(sha256Hex(any)) && !isHash(`${sha256Hex(any)}\n`) && !isHash(any)));
  });
});

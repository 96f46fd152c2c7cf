import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { parseContent } from '../../src/protocol/messageContent.ts';
import {
  parseConversationHead,
  parseFeed,
  parseFeedOrNull,
  parseFeeds,
  parseHistory,
  parseStoredMessage,
  parseUser,
  parseUserOrNull,
  parseUsers,
} from '../../src/protocol/parseAnswer.ts';
import { parseJson } from '../../src/protocol/parseJson.ts';
import {
  parseAcceptance,
  parseAuthUpdate,
  parseMessageBody,
  parseProfileUpdate,
  parseRejection,
  parseUserCreation,
} from '../../src/protocol/parsePayload.ts';
import { parseLiveEvent } from '../../src/protocol/socketEvents.ts';
import { codeOf, everyContent } from '../support/builders.ts';
import { stored, vectorMessage, vectorUser } from '../support/vectors.ts';
import { formatContent } from '../../src/protocol/messageContent.ts';
import profiles from '../vectors/d_profile.json' with { type: 'json' };
import requests from '../vectors/c_requests.json' with { type: 'json' };

type Parse = (value: unknown) => unknown;

const message = vectorMessage('w2w-text').body;
const { creation, did } = vectorUser('alice');
const profile = { name: 'Alice', desc: null, picture: '', blockedUsersList: [did], profileVerificationProof: null };
const { publicKey, encryptedPrivateKey, verificationProof = null } = creation;
const user = {
  did,
  wallets: did,
  publicKey,
  encryptedPrivateKey,
  verificationProof,
  msgSent: 0,
  maxMsgPersisted: 1000,
  profile,
  origin: null,
};
const msg = stored(message);
const feed = {
  msg,
  did,
  wallets: did,
  profilePicture: null,
  name: null,
  about: null,
  publicKey,
  threadhash: null,
  intent: did,
  intentSentBy: did,
  intentTimestamp: '2026-11-22T00:00:00.000Z',
  combinedDID: `${did}_${did}`,
  chatId: 'a'.repeat(64),
  groupInformation: null,
};
const bodyOf = (end: string): object =>
  requests.requests.find(({ request }) => request.path.endsWith(end))?.request.body ?? {};
const event = { ...msg, messageCategory: 'Chat', messageOrigin: 'other', hasIntent: true, chatId: 'a'.repeat(64) };
const auth = { caip10: did, publicKey, encryptedPrivateKey, verificationProof };

/** Every parser of untrusted values, with a value that it takes. */
const parsers: [string, Parse, object][] = [
  ['parseMessageBody', parseMessageBody, message],
  ['parseUserCreation', parseUserCreation, creation],
  ['parseAuthUpdate', parseAuthUpdate, auth],
  ['parseProfileUpdate', parseProfileUpdate, profiles.requests[0]?.request.body ?? {}],
  ['parseAcceptance', parseAcceptance, bodyOf('accept')],
  ['parseRejection', parseRejection, bodyOf('reject')],
  ['parseStoredMessage', parseStoredMessage, msg],
  ['parseHistory', parseHistory, [msg]],
  ['parseUser', parseUser, user],
  ['parseUserOrNull', parseUserOrNull, user],
  ['parseUsers', parseUsers, { users: [user] }],
  ['parseFeed', parseFeed, feed],
  ['parseFeedOrNull', parseFeedOrNull, feed],
  ['parseFeeds', (value) => parseFeeds(value, 'chats'), { chats: [feed] }],
  ['parseConversationHead', parseConversationHead, { threadHash: null, intent: true }],
  ['parseLiveEvent', parseLiveEvent, event],
  ['parseLiveEvent of an answer', parseLiveEvent, { ...event, messageCategory: 'Approve' }],
];

const json = fc.oneof(fc.jsonValue(), fc.constantFrom(null, '', 0, -0, 1e308, true, [], {}, [[]], '__proto__'));

/** Puts a value into one place of a structure, however deep. */
function replaceAt(whole: unknown, path: readonly number[], value: unknown): unknown {
  const [step, ...rest] = path;
  if (step === undefined || typeof whole !== 'object' || whole === null) return value;
  const keys = Object.keys(whole);
  const key = keys[step % Math.max(keys.length, 1)];
  if (key === undefined) return value;
  const changed = replaceAt((whole as Record<string, unknown>)[key], rest, value);
  return Array.isArray(whole) ? whole.with(Number(key), changed) : { ...whole, [key]: changed };
}

/** `none` or the code; whatever else is thrown fails inside {@link codeOf}. */
const TYPED = ['none', 'PayloadMalformed', 'PayloadTooLarge', 'UnsupportedEncType'];

describe('PA-01 nothing that a node or sender says can break a parser', () => {
  it.each(parsers)('PA-01 %s takes its example', (_, parse, example) => {
    expect(codeOf(() => parse(example))).toBe('none');
    expect(codeOf(() => parse(JSON.parse(JSON.stringify(example))))).toBe('none');
  });

  it.each(parsers)(
    'PA-01 %s: any JSON value in any place is taken or refused with a typed error',
    (_, parse, example) => {
      fc.assert(
        fc.property(fc.array(fc.nat(40), { minLength: 1, maxLength: 3 }), json, (path, value) => {
          expect(TYPED).toContain(codeOf(() => parse(replaceAt(example, path, value))));
        }),
        { numRuns: 500 },
      );
    },
  );

  it.each(parsers)('PA-01 %s: any field may be missing, and any value may be the whole', (_, parse, example) => {
    for (const name of Object.keys(example)) {
      const fewer = Object.fromEntries(Object.entries(example).filter(([key]) => key !== name));
      expect(TYPED).toContain(codeOf(() => parse(fewer)));
    }
    fc.assert(
      fc.property(json, (value) => TYPED.includes(codeOf(() => parse(value)))),
      { numRuns: 200 },
    );
    for (const odd of [undefined, () => 1, Symbol('x'), 1n, new Date(0), NaN])
      expect(TYPED).toContain(codeOf(() => parse(odd)));
  });

  it.each(parsers)('PA-01 %s: what is taken is taken again unchanged', (_, parse, example) => {
    fc.assert(
      fc.property(fc.array(fc.nat(40), { minLength: 1, maxLength: 3 }), json, (path, value) => {
        const changed = replaceAt(example, path, value);
        if (codeOf(() => parse(changed)) !== 'none') return;
        const taken = parse(changed);
        expect(parse(structuredClone(changed))).toEqual(taken);
        expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
      }),
      { numRuns: 100 },
    );
  });

  it('PA-01 any JSON value in any place of any content is read or refused with a typed error', () => {
    const samples = everyContent.map((content) => ({ type: content.type, object: formatContent(content).messageObj }));
    fc.assert(
      fc.property(
        fc.constantFrom(...samples),
        fc.array(fc.nat(10), { maxLength: 4 }),
        json,
        ({ type, object }, path, value) => {
          const code = codeOf(() => parseContent(type, replaceAt(object, path, value)));
          expect(['none', 'PayloadMalformed', 'UnsupportedMessageType']).toContain(code);
        },
      ),
      { numRuns: 3_000 },
    );
  });

  it('a text far too long in any field is PayloadTooLarge or PayloadMalformed', () => {
    const long = 'a'.repeat(1_100_000);
    for (const [, parse, example] of parsers) {
      for (const [name, value] of Object.entries(example)) {
        if (typeof value !== 'string' || ['messageOrigin'].includes(name)) continue;
        const code = codeOf(() => parse({ ...example, [name]: long }));
        const unread = codeOf(() => parse({ ...example, [name]: 1 })) === 'none';
        if (!unread) expect(['PayloadTooLarge', 'PayloadMalformed']).toContain(code);
      }
    }
  });
});

describe('PA-02 dangerous keys in any JSON', () => {
  const dangerous = ['__proto__', 'constructor', 'prototype', 'toString', 'valueOf'];
  const key = fc.oneof(fc.constantFrom(...dangerous, 'a', 'b'), fc.string({ maxLength: 3 }));
  const { tree } = fc.letrec<{ tree: unknown }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 4 },
      fc.constantFrom(null, 1, 'toString', '__proto__'),
      fc.array(tie('tree'), { maxLength: 3 }),
      fc.array(fc.tuple(key, tie('tree')), { maxLength: 4 }).map(asJsonObject),
    ),
  }));

  /** An object literal as text, so that `__proto__` is a key like any other. */
  function asJsonObject(entries: [string, unknown][]): unknown {
    return JSON.parse(
      `{${entries.map(([name, value]) => `${JSON.stringify(name)}:${JSON.stringify(value)}`).join()}}`,
    ) as unknown;
  }

  const keysOf = (value: unknown): string[] =>
    typeof value === 'object' && value !== null
      ? Object.entries(value).flatMap(([name, inner]) => [name, ...keysOf(inner)])
      : [];

  const escape = (text: string): string => text.replaceAll('o', '\\u006f').replaceAll('_', '\\u005F');

  it('PA-02 are dropped at every depth and in every spelling; all else is kept', () => {
    fc.assert(
      fc.property(tree, fc.boolean(), (value, escaped) => {
        const text = JSON.stringify(value);
        const parsed = parseJson(escaped ? escape(text) : text);
        expect(keysOf(parsed).filter((name) => dangerous.includes(name))).toEqual([]);
        const safe = (name: string, inner: unknown): unknown => (dangerous.includes(name) ? undefined : inner);
        expect(JSON.stringify(parsed)).toBe(JSON.stringify(JSON.parse(text, safe)));
      }),
      { numRuns: 2_000 },
    );
  });

  it('PA-02 any text is JSON or PayloadMalformed', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string({ unit: 'binary' }),
          fc.json().map((text) => text.slice(0, -1)),
        ),
        (text) => {
          expect(['none', 'PayloadMalformed']).toContain(codeOf(() => parseJson(text)));
        },
      ),
      { numRuns: 2_000 },
    );
  });
});

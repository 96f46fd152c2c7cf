import { describe, expect, it } from 'vitest';
import { parseContent } from '../../src/protocol/messageContent.ts';
import { parseFeeds, parseStoredMessage, parseUser, parseUserOrNull } from '../../src/protocol/parseAnswer.ts';
import { parseJson } from '../../src/protocol/parseJson.ts';
import {
  parseAcceptance,
  parseMessageBody,
  parseProfileUpdate,
  parseRejection,
  parseUserCreation,
} from '../../src/protocol/parsePayload.ts';
import { parseLiveEvent } from '../../src/protocol/socketEvents.ts';
import { codeOf } from '../support/builders.ts';
import { stored, vectorMessage, vectorUser } from '../support/vectors.ts';
import profiles from '../vectors/d_profile.json' with { type: 'json' };
import requests from '../vectors/c_requests.json' with { type: 'json' };

const message = vectorMessage('w2w-text').body;
const acceptance = requests.requests.find(({ request }) => request.path.endsWith('accept'))?.request.body ?? {};
const rejection = requests.requests.find(({ request }) => request.path.endsWith('reject'))?.request.body ?? {};
const profile = profiles.requests[0]?.request.body ?? {};
const user = {
  ...vectorUser('alice').creation,
  wallets: vectorUser('alice').did,
  profile: { name: null, desc: null, picture: null, blockedUsersList: null, profileVerificationProof: null },
};

describe('PA-02 keys that could poison a prototype', () => {
  const spellings = ['__proto__', '\\u005f_proto__', '\\u005F\\u005fproto\\u005f\\u005f'];

  it.each(spellings)('PA-02 %s is dropped wherever it stands', (key) => {
    const parsed = parseJson(`{"a":{"${key}":{"polluted":1},"b":1},"${key}":{"polluted":1},"c":[{"${key}":null}]}`);
    expect(JSON.stringify(parsed)).toBe('{"a":{"b":1},"c":[{}]}');
    const copy: object = Object.assign({}, parsed);
    expect(Object.getPrototypeOf(copy)).toBe(Object.prototype);
    expect('polluted' in {} || 'polluted' in copy).toBe(false);
  });

  it.each(['constructor', 'prototype', 'toString', 'valueOf', '\\u0074oString', 'constructo\\u0072'])(
    'PA-02 %s is dropped',
    (key) => {
      const parsed = parseJson(`{"${key}":1,"a":[{"${key}":{"x":1}}]}`);
      expect(JSON.stringify(parsed)).toBe('{"a":[{}]}');
    },
  );

  it('PA-02 such words as values, and keys like them, stay', () => {
    const text = '{"a":"__proto__","_proto_":1,"Constructor":2,"b":["toString"]}';
    expect(JSON.stringify(parseJson(text))).toBe(text);
  });

  it.each(['', '{', 'undefined', "{'a':1}", '{"a":1,}', '\u0000', '\ufeff{}'])(
    'PA-02 %j is no JSON: PayloadMalformed',
    (text) => {
      expect(codeOf(() => parseJson(text))).toBe('PayloadMalformed');
    },
  );

  it('PA-02 fields inherited from a prototype are no fields', () => {
    const parsers = [
      parseMessageBody,
      parseStoredMessage,
      parseUser,
      parseUserCreation,
      parseAcceptance,
      parseRejection,
      parseProfileUpdate,
    ];
    const whole = { ...stored(message), ...user, ...acceptance, ...rejection, ...profile };
    for (const parse of parsers) {
      expect(codeOf(() => parse(Object.create(whole)))).toBe('PayloadMalformed');
      expect(codeOf(() => parse(JSON.parse(`{"__proto__":${JSON.stringify(whole)}}`)))).toBe('PayloadMalformed');
    }
  });

  it('PA-02 what is read carries no such key of its own', () => {
    const poisoned = JSON.parse(
      `{"__proto__":{"polluted":1},"constructor":1,${JSON.stringify(stored(message)).slice(1)}`,
    ) as unknown;
    const parsed = parseStoredMessage(poisoned);
    expect(parsed).toEqual(stored(message));
    expect(Object.keys(parsed)).not.toContain('__proto__');
    expect(Object.getPrototypeOf(Object.assign({}, parsed))).toBe(Object.prototype);
  });
});

describe('PA-06 fields that nobody knows', () => {
  it('PA-06 extra fields are left out, and change nothing of the rest', () => {
    expect(parseMessageBody({ ...message, x: 1, cid: 'y' })).toEqual(message);
    expect(parseUser({ ...user, isAdmin: true })).not.toHaveProperty('isAdmin');
    expect(parseStoredMessage({ ...stored(message), state: 'verified', level: 'verified' })).toEqual(stored(message));
  });

  it('PA-06 extra keys inside a plain messageObj are kept, since they are hashed', () => {
    const messageObj = { x: [1, { y: null }], content: 'hello', 2: 'two', 1: 'one' };
    const body = { ...message, encType: 'PlainText', encryptedSecret: '', messageObj };
    expect(JSON.stringify(parseMessageBody(body).messageObj)).toBe(JSON.stringify(messageObj));
  });

  it('PA-06 an unknown messageType is read as it is and refused only when it is opened', () => {
    expect(parseMessageBody({ ...message, messageType: 'Hologram' }).messageType).toBe('Hologram');
    for (const type of ['Hologram', 'Payment', '', 'toString', 'text']) {
      expect(codeOf(() => parseContent(type, { content: 'x' }))).toBe('UnsupportedMessageType');
    }
  });

  it('PA-06 an unknown encType is UnsupportedEncType when posted, and readable when served', () => {
    for (const encType of ['pgpv9', 'toString', '']) {
      expect(codeOf(() => parseMessageBody({ ...message, encType }))).toBe('UnsupportedEncType');
      expect(parseStoredMessage(stored({ ...message, encType })).encType).toBe(encType);
    }
  });
});

describe('PA-09 what only looks like text', () => {
  const looks = (text: string): unknown[] => [
    [text],
    { toString: () => text },
    new String(text),
    { length: 3 },
    7,
    true,
  ];
  const cases: [string, (value: unknown) => unknown, object][] = [
    ['a message', parseMessageBody, message],
    ['a stored message', parseStoredMessage, stored(message)],
    ['an acceptance', parseAcceptance, acceptance],
    ['a rejection', parseRejection, rejection],
    ['a new user', parseUserCreation, user],
    ['a user', parseUser, user],
    ['a profile', parseProfileUpdate, profile],
  ];

  it.each(cases)('PA-09 in the text fields of %s is PayloadMalformed', (_, parse, whole) => {
    expect(codeOf(() => parse(whole))).toBe('none');
    // Whether messageObj is text or an object is judged with encType when it is opened.
    const read = Object.entries(parse(whole) as object).filter(([name]) => name !== 'messageObj');
    const texts = read.filter((entry): entry is [string, string] => typeof entry[1] === 'string');
    expect(texts.length).toBeGreaterThan(1);
    for (const [name, value] of texts) {
      for (const look of looks(value)) expect(codeOf(() => parse({ ...whole, [name]: look }))).toBe('PayloadMalformed');
    }
  });

  it('PA-09 in the content of a message is PayloadMalformed', () => {
    for (const look of [...looks('x'), null, undefined]) {
      for (const type of ['Text', 'Image', 'Reaction', 'Receipt', 'Reply', 'Composite', 'Meta', 'UserActivity']) {
        expect(codeOf(() => parseContent(type, { content: look, reference: 'r', info: {} }))).toBe('PayloadMalformed');
      }
      expect(codeOf(() => parseContent('Reaction', { content: '👍', reference: look }))).toBe('PayloadMalformed');
      const inner = { messageType: 'Text', messageObj: { content: look } };
      expect(codeOf(() => parseContent('Reply', { content: inner, reference: 'r' }))).toBe('PayloadMalformed');
      expect(codeOf(() => parseContent('Composite', { content: [inner] }))).toBe('PayloadMalformed');
      expect(codeOf(() => parseContent('Text', look))).toBe('PayloadMalformed');
    }
  });
});

describe('what nodes answer about what they do not know', () => {
  it('null and nothing are no user; anything else is one or PayloadMalformed', () => {
    expect(parseUserOrNull(null)).toBeNull();
    expect(parseUserOrNull('')).toBeNull();
    for (const odd of [undefined, {}, [], 'null', 0, false])
      expect(codeOf(() => parseUserOrNull(odd))).toBe('PayloadMalformed');
  });

  it('rows of a list that cannot be read, groups among them, are left out', () => {
    expect(parseFeeds({ chats: [null, {}, 'x', { msg: {} }] }, 'chats')).toEqual([]);
    expect(codeOf(() => parseFeeds({ chats: {} }, 'chats'))).toBe('PayloadMalformed');
    expect(codeOf(() => parseFeeds({ chats: Array(31).fill(null) }, 'chats'))).toBe('PayloadTooLarge');
  });

  it('a live event of no known category is PayloadMalformed', () => {
    for (const messageCategory of ['Update', 'toString', '', null, undefined, ['Chat']]) {
      expect(codeOf(() => parseLiveEvent({ ...stored(message), messageCategory, hasIntent: true }))).toBe(
        'PayloadMalformed',
      );
    }
  });
});

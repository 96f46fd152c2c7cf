import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { blockCid, encodeBlock } from '../../src/protocol/cid.ts';
import { isCid, isMessageId } from '../../src/protocol/messageId.ts';
import { parseHistory, parseStoredMessage } from '../../src/protocol/parseAnswer.ts';
import { coded, codeOf, sealed, text } from '../support/builders.ts';
import { stored, vectorMessage } from '../support/vectors.ts';
import published from '../vectors/i_cid.json' with { type: 'json' };

const CID = 'bafyreibjzjnoiph2444iqmwlro5x3upuft6iau3lpsudju4dvzvh6kjwia';
const HASH = 'a1'.repeat(32);

describe('PA-07 what may be put into a request’s path', () => {
  it.each([CID, `v2:${HASH}`, `previous:v2:${HASH}`, ...published.vectors.map(({ expectedCid }) => expectedCid)])(
    'PA-07 %s is a message id',
    (id) => {
      expect(isMessageId(id)).toBe(true);
      expect(isCid(id)).toBe(id.startsWith('b'));
    },
  );

  it.each([
    '',
    '../../v2/users',
    'https://evil.example/',
    '//evil.example',
    `${CID}?x`,
    `${CID}#x`,
    `${CID}/..`,
    `${CID}/../../v2/users`,
    '%2e%2e%2f',
    `${CID}%2f`,
    `..\u2215${CID}`,
    `\uff0e\uff0e\uff0f`,
    ` ${CID}`,
    `${CID} `,
    `${CID}\n`,
    `${CID}\0`,
    CID.toUpperCase(),
    CID.slice(0, -1),
    `${CID.slice(0, -1)}b`,
    `${CID}a`,
    CID.replace('b', 'z'),
    'b'.repeat(59),
    'QmYwAPJzv5CZsnA625s3Xf2nemtYgPpHdWEz79ojWNu3x2',
    `v2:${HASH.toUpperCase()}`,
    `v2:${HASH.slice(1)}`,
    `v2:${HASH}0`,
    `v2:${HASH}\n`,
    `v3:${HASH}`,
    `previous:${HASH}`,
    `previous:previous:v2:${HASH}`,
    `previous:${CID}`,
    HASH,
    'null',
    'undefined',
    '__proto__',
  ])('PA-07 %j is none', (id) => {
    expect(isMessageId(id)).toBe(false);
    expect(isCid(id)).toBe(false);
  });

  it('PA-07 whatever passes is made of characters that mean nothing in a path', () => {
    const part = fc.constantFrom(CID, HASH, 'v2:', 'previous:', '/', '..', '%2e', '?', '#', '\\', '@', ' ');
    const texts = fc.oneof(
      fc.array(part, { maxLength: 5 }).map((parts) => parts.join('')),
      fc.string({ unit: 'binary' }),
    );
    fc.assert(
      fc.property(texts, (id) => {
        if (isMessageId(id)) expect(id).toMatch(/^[a-z0-9:]{20,120}$/);
      }),
      { numRuns: 5_000 },
    );
  });

  it('PA-07 a megabyte is refused at once', () => {
    const started = performance.now();
    for (const id of ['b'.repeat(1_000_000), `v2:${'a'.repeat(1_000_000)}`, 'previous:'.repeat(100_000)]) {
      expect(isMessageId(id)).toBe(false);
    }
    expect(performance.now() - started).toBeLessThan(250);
  });
});

describe('CH-04 content ids are those of the bytes', () => {
  const blocks = published.vectors.map(({ block, expectedCid }) => ({ bytes: encodeBlock(block), expectedCid }));

  it('CH-04 one changed byte of a published block gives another id', () => {
    fc.assert(
      fc.property(
        fc.constantFrom(...blocks),
        fc.nat(),
        fc.integer({ min: 1, max: 255 }),
        ({ bytes, expectedCid }, at, change) => {
          const changed = bytes.slice();
          const index = at % bytes.length;
          changed[index] = (changed[index] ?? 0) ^ change;
          expect(blockCid(changed)).not.toBe(expectedCid);
          expect(isCid(blockCid(changed))).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });

  it('CH-04 a changed, added or missing field gives another id; another order of fields does not', async () => {
    const body = await sealed(text('hello'), { plain: true });
    const block = { ...body, timestamp: 1, link: null };
    const id = blockCid(encodeBlock(block));
    expect(blockCid(encodeBlock(Object.fromEntries(Object.entries(block).reverse())))).toBe(id);
    const { signature: _, ...fewer } = block;
    const others = [{ ...block, timestamp: 2 }, { ...block, link: CID }, { ...block, x: 1 }, fewer];
    for (const other of others) expect(blockCid(encodeBlock(other))).not.toBe(id);
  });
});

describe('CH-11 the link of a stored message', () => {
  const message = stored(vectorMessage('w2w-text').body);

  it('CH-11 null marks the first message, and an id is a link', () => {
    for (const link of [null, CID, `v2:${HASH}`, `previous:v2:${HASH}`]) {
      expect(parseStoredMessage({ ...message, link }).link).toBe(link);
    }
  });

  it.each([
    ['empty', ''],
    ['missing', undefined],
    ['a number', 0],
    ['false', false],
    ['a list', [CID]],
    ['an object', {}],
  ])('CH-11 %s is PayloadMalformed', (_, link) => {
    expect(codeOf(() => parseStoredMessage({ ...message, link }))).toBe('PayloadMalformed');
  });

  it('CH-11 of a megabyte is PayloadTooLarge', () => {
    expect(() => parseStoredMessage({ ...message, link: 'a'.repeat(1_000_000) })).toThrow(coded('PayloadTooLarge'));
  });

  it('CH-11 one such message leaves its neighbours in a history unharmed', () => {
    const bad = { ...message, link: '' };
    expect(parseHistory([message, bad, message])).toEqual([message, { malformed: bad }, message]);
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { z } from 'zod';
import { defineContent } from '../../src/protocol/defineContent.ts';
import { formatContent, parseContent, type MessageContent } from '../../src/protocol/messageContent.ts';
import type { Json } from '../../src/protocol/payload.ts';
import { parseJson } from '../../src/protocol/parseJson.ts';
import { codeOf, coded, openedByBob, sealed, text } from '../support/builders.ts';

const deploy = defineContent({
  type: 'org.example/deploy@1',
  schema: z.object({ commit: z.string(), passed: z.boolean() }),
  fallback: ({ commit, passed }) => `${commit} ${passed ? 'is live' : 'failed'}`,
});
const DONE = { commit: '2f1c9aa', passed: true };

describe('a typed message', () => {
  it.each([false, true])('says its text and its value under one proof, in plain text: %s', async (plain) => {
    const opened = await openedByBob(await sealed(deploy.create(DONE), { plain }));
    expect(opened).toMatchObject({ state: 'verified', mirrorDiffers: false });
    const content = 'content' in opened ? opened.content : text('');
    expect(content).toMatchObject({ type: 'Text', content: '2f1c9aa is live' });
    expect(deploy.read(content)).toEqual(DONE);
  });

  it('stands inside a reply too', async () => {
    const content: MessageContent = { type: 'Reply', content: deploy.create(DONE), reference: 'bafyabc' };
    const opened = await openedByBob(await sealed(content));
    expect('content' in opened && deploy.read(opened.content)).toEqual(DONE);
  });

  it('is hidden like any other when its value was changed on its way', async () => {
    const body = await sealed(deploy.create(DONE), { plain: true });
    const messageObj = { ...(body.messageObj as object), contentValue: '{"commit":"evil","passed":true}' };
    expect(await openedByBob({ ...body, messageObj })).toMatchObject({ state: 'quarantined', reason: 'ProofInvalid' });
  });

  it('is a text to whoever does not know its type, or where its value is none', () => {
    const other = defineContent({ type: 'org.example/other@1', schema: (value) => value, fallback: () => 'other' });
    expect(other.read(deploy.create(DONE))).toBeUndefined();
    expect(deploy.read(text('2f1c9aa is live'))).toBeUndefined();
    for (const broken of [{ contentValue: '{"commit":' }, { contentType: 'no type' }, { contentValue: 7 }]) {
      const { messageObj } = formatContent(deploy.create(DONE));
      expect(parseContent('Text', { ...messageObj, ...broken })).toEqual(text('2f1c9aa is live'));
    }
    const wrong = { type: 'Text', content: 'x', data: { type: deploy.type, value: { commit: 7 } } } as const;
    expect(deploy.read(wrong)).toBeUndefined();
  });

  it('is refused where it is made, when the schema refuses it, JSON cannot say it, or the type is none', () => {
    const commit = 7 as unknown as string;
    expect(codeOf(() => deploy.create({ commit, passed: true }))).toBe('PayloadMalformed');
    const anything = defineContent({ type: 'org.example/any@1', schema: (value) => value, fallback: () => 'any' });
    expect(codeOf(() => formatContent(anything.create(undefined)))).toBe('PayloadMalformed');
    expect(codeOf(() => formatContent(anything.create(10n)))).toBe('PayloadMalformed');
    for (const type of ['deploy', 'org.example/deploy', 'org.example/deploy@0', '../x@1', 'A/b@1']) {
      expect(codeOf(() => defineContent({ type, schema: (value) => value, fallback: () => '' }))).toBe('InvalidConfig');
    }
  });

  it('takes no schema that answers later', () => {
    const slow = defineContent({
      type: 'org.example/slow@1',
      schema: z.string().refine(() => Promise.resolve(true)),
      fallback: (value) => value,
    });
    expect(codeOf(() => slow.create('x'))).toBe('PayloadMalformed');
  });

  it('carries a value on nothing but text', async () => {
    const image = { type: 'Image', content: 'data:,', data: { type: 'org.example/x@1', value: 1 } } as const;
    await expect(sealed(image)).rejects.toEqual(coded('PayloadMalformed'));
  });

  it('property: any JSON comes back as it was, whatever its text', () => {
    fc.assert(
      fc.property(fc.jsonValue(), fc.string(), (value, words) => {
        const content = {
          type: 'Text',
          content: words,
          data: { type: 'org.example/any@1', value: value as Json },
        } as const;
        const { messageObj } = formatContent(content);
        expect(parseContent('Text', parseJson(JSON.stringify(messageObj)))).toEqual({
          ...content,
          data: { type: 'org.example/any@1', value: parseJson(JSON.stringify(value)) },
        });
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { notificationLines } from '../../../src/client/notify/notificationLines.ts';
import type { MessageNotification } from '../../../src/client/notify/messageNotification.ts';
import { DEFAULT_SETTINGS } from '../../../src/client/notify/notificationSettings.ts';
import { isQuiet } from '../../../src/protocol/push/quietHours.ts';
import { parseDid } from '../../../src/protocol/did.ts';

const peer = parseDid('0x70997970C51812dc3A010C7d01b50e0d17dc79C8');

const notification = (words: string, text: boolean, unread = 1): MessageNotification => ({
  peer,
  item: {
    id: 'a',
    from: 'peer',
    timestamp: 0,
    state: 'verified',
    encrypted: true,
    content: { type: 'Text', content: words },
  },
  unread,
  tag: 'push-chat-a',
  settings: { ...DEFAULT_SETTINGS, text },
});

/** Everything that draws nothing or changes how others are drawn, line breaks included. */
const UNSEEN = /[\p{Cc}\u00ad\u061c\u200b\u200c\u200e\u200f\u2028-\u202e\u2060-\u206f\ufeff]/u;

describe('what a notification says', () => {
  it('UI-17: holds nothing of the message by itself', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 6 }), (words) => {
        const lines = notificationLines(notification(words, false));
        expect(lines).toEqual({ title: 'New message from 0x7099…79C8', body: '' });
      }),
    );
    expect(notificationLines(notification('secret', false, 3)).title).toBe('3 new messages from 0x7099…79C8');
  });

  it('UI-17: is inert and bounded with the text of the message, whatever it and the name are made of', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'binary', maxLength: 2_000 }), fc.string({ unit: 'binary' }), (words, name) => {
        const { title, body } = notificationLines(notification(words, true), { name });
        for (const line of [title, body]) {
          expect(line).not.toMatch(UNSEEN);
          expect(line).not.toBe('');
        }
        expect(Array.from(title).length).toBeLessThanOrEqual(49);
        expect(Array.from(body).length).toBeLessThanOrEqual(161);
      }),
    );
    const evil = 'Ana\u202e\u0007\n<b>hi</b>\u200b';
    expect(notificationLines(notification(evil, true), { name: 'Ana\u202e' })).toEqual({
      title: 'Ana',
      body: 'Ana <b>hi</b>',
    });
  });

  it('says what is written in an answer, and that there is a message where there are no words', () => {
    const { item, ...rest } = notification('', true);
    const reply = { type: 'Reply', reference: 'b', content: { type: 'Text', content: 'Yes' } } as const;
    expect(notificationLines({ ...rest, item: { ...item, content: reply } }).body).toBe('Yes');
    const picture = { type: 'Image', content: 'data:image/png;base64,AA==' } as const;
    expect(notificationLines({ ...rest, item: { ...item, content: picture } }).body).toBe('New message');
  });
});

it('quiet hours may go over midnight, and are none where they end as they begin', () => {
  const night = { from: 22 * 60, to: 7 * 60 };
  expect([21, 22, 23, 0, 6].map((hour) => isQuiet(night, hour * 60))).toEqual([false, true, true, true, true]);
  expect(isQuiet(night, 7 * 60)).toBe(false);
  expect(isQuiet({ from: 60, to: 120 }, 90)).toBe(true);
  expect(isQuiet({ from: 60, to: 60 }, 60)).toBe(false);
  expect(isQuiet(null, 0)).toBe(false);
});

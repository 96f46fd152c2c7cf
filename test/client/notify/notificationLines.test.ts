import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { notificationLines } from '../../../src/client/notify/notificationLines.ts';
import type { MessageNotification } from '../../../src/client/notify/messageNotification.ts';
import { DEFAULT_SETTINGS } from '../../../src/client/notify/notificationSettings.ts';
import { isQuiet } from '../../../src/protocol/push/quietHours.ts';
import { parseDid } from '../../../src/protocol/did.ts';
import type { GroupId } from '../../../src/protocol/peer.ts';

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

  it('UI-17: names in a group who wrote and then the group, both inert and bounded', () => {
    const chatId = '6cf91ec205528d3dcb5ba0321a03a76d7bacf898d6e6dd5197bfa4c9044b323a' as GroupId;
    const said = (text: boolean, unread: number, groupName?: string) => {
      const { item, ...rest } = notification('The gate is open', text, unread);
      return { ...rest, peer: chatId, item: { ...item, sender: peer }, ...(groupName !== undefined && { groupName }) };
    };
    const names = { senderName: 'Ada' };
    expect(notificationLines(said(true, 1, 'Book\u202e club\n'), names)).toEqual({
      title: 'Ada · Book club',
      body: 'The gate is open',
    });
    expect(notificationLines(said(false, 1, 'Book club'))).toEqual({
      title: 'New message from 0x7099…79C8 · Book club',
      body: '',
    });
    expect(notificationLines(said(false, 4, 'Book club'), names).title).toBe('4 new messages from Book club');
    // The page has another name for it, or nobody’s signature is known.
    expect(notificationLines(said(true, 1, 'Book club'), { ...names, name: 'Readers' }).title).toBe('Ada · Readers');
    expect(notificationLines(said(true, 1), names).title).toBe('Ada · 6cf91e…323a');
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.string({ unit: 'binary' }), (group, senderName) => {
        const { title } = notificationLines(said(true, 1, group), { senderName });
        expect(title).not.toMatch(UNSEEN);
        expect(title).toContain(' · ');
        expect(Array.from(title).length).toBeLessThanOrEqual(101);
      }),
    );
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

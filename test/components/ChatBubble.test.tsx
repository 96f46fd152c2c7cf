import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { ChatBubble } from '../../src/components/ChatBubble/ChatBubble.tsx';
import type { MessageContent } from '../../src/protocol/messageContent.ts';
import { PushChatError } from '../../src/errors.ts';
import { failed, opened, pending, PICTURE, quarantined, undecryptable } from './support/items.ts';
import { expectAccessible } from './support/renderWith.tsx';

const MARKUP = [
  '<img src=x onerror="globalThis.harmed = true">',
  '<svg onload="globalThis.harmed = true"></svg>',
  '<script>globalThis.harmed = true</script>',
  '</span><iframe srcdoc="<b>x</b>"></iframe>',
];

const file = (name: string, content = 'data:text/plain;base64,aGk='): string => JSON.stringify({ content, name });

/** Every place in which a stranger's text can stand in a bubble. */
const PLACES: readonly (readonly [string, (text: string) => MessageContent])[] = [
  ['text', (content) => ({ type: 'Text', content })],
  ['reaction', (content) => ({ type: 'Reaction', content, reference: 'x' })],
  ['file name', (name) => ({ type: 'File', content: file(name) })],
  ['picture name', (name) => ({ type: 'Image', content: file(name, PICTURE) })],
  ['reply', (content) => ({ type: 'Reply', reference: 'x', content: { type: 'Text', content } })],
  ['composite', (content) => ({ type: 'Composite', content: [{ type: 'Text', content }] })],
  ['embed', (content) => ({ type: 'MediaEmbed', content })],
  ['meta', (content) => ({ type: 'Meta', content, info: {} })],
];

describe('ChatBubble, against hostile content', () => {
  it.each(PLACES)('UI-01 markup in a %s makes no element', (_place, contentOf) => {
    for (const markup of MARKUP) {
      const { container, unmount } = render(<ChatBubble item={opened(contentOf(markup))} />);
      expect(container.querySelectorAll('script, iframe, [onerror], [onload], [srcdoc]')).toHaveLength(0);
      expect(container.querySelectorAll('img:not([src^="data:image/png"])')).toHaveLength(0);
      unmount();
    }
    expect(globalThis).not.toHaveProperty('harmed');
  });

  it('UI-01 markup in an error makes no element', () => {
    const error = new PushChatError('NodeError', MARKUP[0] ?? '');
    const { container } = render(<ChatBubble item={failed('Hello', { error })} onRetry={vi.fn()} />);
    expect(container.querySelector('img')).toBeNull();
    expect(container).toHaveTextContent('onerror=');
  });

  it.each([
    'javascript:alert(1)',
    'JaVaScRiPt:alert(1)',
    'java\tscript:alert(1)',
    'java\nscript:alert(1)',
    '\u0000javascript:alert(1)',
    'javascript://https://good.example/%0aalert(1)',
    'data:text/html,<script>alert(1)</script>',
    'data:text/html;base64,PHNjcmlwdD4=',
    'vbscript:msgbox(1)',
    'blob:https://good.example/9115d58c',
    'file:///etc/passwd',
    '&#106;avascript:alert(1)',
    'ht\ttps://good.example',
    'https\u0000://good.example',
    'https:good.example',
    '//good.example',
    'https://good.example@evil.example',
    'https://user:word@evil.example',
    'https://аpple.example',
    'ftp://good.example',
  ])('UI-02 %j is inert text, as a message, a link and a file', (text) => {
    const contents: MessageContent[] = [
      { type: 'Text', content: text },
      { type: 'MediaEmbed', content: text },
      { type: 'GIF', content: text },
      { type: 'Image', content: text },
      { type: 'Video', content: text },
      { type: 'Audio', content: text },
      { type: 'File', content: file('x', text.startsWith('data:') ? 'data:text/html,<b>' : text) },
      { type: 'Reply', reference: 'x', content: { type: 'Text', content: text } },
    ];
    for (const content of contents) {
      const { container, unmount } = render(<ChatBubble item={opened(content)} />);
      expect(container.querySelectorAll('a, img, video, audio, iframe, object, embed')).toHaveLength(0);
      unmount();
    }
  });

  it('UI-02 whatever a message says, every link in it leads to the web, and the words stay as they were', () => {
    const pieces = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.webUrl(),
      fc.constantFrom(
        'javascript:',
        'data:text/html,',
        'https://',
        'http://',
        '@',
        ' ',
        '\n',
        '(',
        ')',
        '\u0000',
        'blob:',
      ),
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 8 }), (words) => {
        const text = words.join('');
        const { container, unmount } = render(<ChatBubble item={opened(text)} />);
        for (const link of container.querySelectorAll('a')) {
          expect(link.protocol).toMatch(/^https?:$/);
          expect(link.username + link.password).toBe('');
          expect(link.textContent.toLowerCase()).toContain(link.host);
          expect(link.rel).toBe('noopener noreferrer nofollow');
          expect(link.target).toBe('_blank');
        }
        expect(container.querySelector('[dir="auto"]')?.textContent).toBe(text);
        unmount();
      }),
      { numRuns: 150 },
    );
  });

  it('draws nothing but words for a stranger whose request is open', () => {
    const { container, rerender } = render(<ChatBubble guarded item={opened('See https://good.example')} />);
    expect(screen.queryByRole('link')).toBeNull();
    rerender(<ChatBubble guarded item={opened({ type: 'Image', content: PICTURE })} />);
    expect(screen.queryByRole('img')).toBeNull();
    rerender(<ChatBubble guarded item={opened({ type: 'File', content: file('x.txt') })} />);
    expect(screen.queryByRole('link')).toBeNull();
    expect(container).toHaveTextContent('File');
  });

  it('cuts a text of a megabyte until it is asked for', async () => {
    const long = 'x'.repeat(1_000_000);
    const { container } = render(<ChatBubble item={opened(long)} />);
    expect(container.textContent.length).toBeLessThan(4_000);
    await userEvent.click(screen.getByRole('button', { name: 'Show all' }));
    expect(container.textContent.length).toBeGreaterThan(1_000_000);
  });

  it('shows a time that no calendar has', () => {
    for (const timestamp of [Number.MAX_VALUE, -1, Number.NaN]) {
      const { unmount } = render(<ChatBubble item={{ ...opened('Hello'), timestamp }} />);
      expect(screen.getByText('Hello')).toBeInTheDocument();
      unmount();
    }
  });
});

describe('ChatBubble, by kind of content', () => {
  it('links web addresses, without the punctuation after them', () => {
    render(<ChatBubble item={opened('Look (https://good.example/a_(b)), or HTTP://good.example:8080/?q=1.')} />);
    expect(screen.getAllByRole<HTMLAnchorElement>('link').map(({ textContent }) => textContent)).toEqual([
      'https://good.example/a_(b)',
      'HTTP://good.example:8080/?q=1',
    ]);
  });

  it('draws a picture, bare or in JSON, and asks no network for it', () => {
    for (const content of [
      PICTURE,
      JSON.stringify({ content: PICTURE, name: 'boat.png', type: 'image/png', size: 1 }),
    ]) {
      const { unmount } = render(<ChatBubble item={opened({ type: 'Image', content })} />);
      expect(screen.getByRole('img')).toHaveAttribute('src', PICTURE);
      unmount();
    }
    const { container } = render(<ChatBubble item={opened({ type: 'GIF', content: 'https://gif.example/x.gif' })} />);
    expect(container.querySelector('img')).toBeNull();
    expect(screen.getByRole('link')).toHaveAttribute('href', 'https://gif.example/x.gif');
  });

  it('offers a file for download only, as bytes that no browser runs', () => {
    const content = file('../../invoice\u202etxt.exe', 'data:text/html;base64,PGI+aGk8L2I+');
    render(<ChatBubble item={opened({ type: 'File', content })} />);
    const link = screen.getByRole('link', { name: /^Download invoicetxt\.exe/ });
    expect(link).toHaveAttribute('download', 'invoicetxt.exe');
    expect(link).toHaveAttribute('href', 'data:application/octet-stream;base64,PGI+aGk8L2I+');
    expect(link).not.toHaveAttribute('target');
  });

  it('plays films and recordings that came with the message', () => {
    const { container } = render(
      <>
        <ChatBubble item={opened({ type: 'Video', content: 'data:video/mp4;base64,AAAA' })} />
        <ChatBubble item={opened({ type: 'Audio', content: 'data:audio/webm;codecs=opus;base64,AAAA' })} />
      </>,
    );
    expect(container.querySelector('video')).toHaveAttribute('controls');
    expect(container.querySelector('audio')).toHaveAttribute('controls');
  });

  it.each<[MessageContent, string]>([
    [{ type: 'Reaction', content: '👍', reference: 'x' }, 'Reacted 👍'],
    [{ type: 'Receipt', content: 'READ_RECEIPT', reference: 'x' }, 'Read'],
    [{ type: 'Meta', content: 'ADD_MEMBER', info: {} }, 'Add member'],
    [{ type: 'UserActivity', content: 'LISTENER_JOIN', info: {} }, 'Listener join'],
    [{ type: 'Intent', content: 'ACCEPT_INTENT' }, 'Accepted the request'],
  ])('says %o in small words', (content, words) => {
    render(<ChatBubble item={opened(content)} />);
    expect(screen.getByText(words)).toBeInTheDocument();
  });

  it('quotes what a reply answers, and shows every part of a composite', () => {
    const quoted = opened('Edition of 25');
    const reply: MessageContent = {
      type: 'Reply',
      reference: quoted.id,
      content: { type: 'Text', content: 'Hold one' },
    };
    const { rerender } = render(<ChatBubble item={opened(reply)} quoted={quoted} />);
    expect(screen.getByText('Edition of 25')).toBeInTheDocument();
    expect(screen.getByText('Hold one')).toBeInTheDocument();
    rerender(<ChatBubble item={opened(reply)} />);
    expect(screen.getByText('An earlier message')).toBeInTheDocument();
    const parts = ['First', 'Second'].map((content) => ({ type: 'Text', content }) as const);
    rerender(<ChatBubble item={opened({ type: 'Composite', content: parts })} />);
    expect(screen.getByText('First')).toBeInTheDocument();
    expect(screen.getByText('Second')).toBeInTheDocument();
  });

  it('never quotes a hidden message', () => {
    const reply: MessageContent = { type: 'Reply', reference: 'q', content: { type: 'Text', content: 'Yes' } };
    render(<ChatBubble item={opened(reply)} quoted={quarantined()} />);
    expect(screen.getByText('Message hidden')).toBeInTheDocument();
  });
});

describe('ChatBubble, by state', () => {
  const bubble = (container: HTMLElement) => container.querySelector('[data-verification]');

  it.each([
    [opened('Hi'), 'verified', 'peer', 'Verified.'],
    [opened('Hi', { state: 'signed' }), 'signed', 'peer', 'Signed, but no wallet vouches for the key.'],
    [opened('Hi', { encrypted: false, from: 'me' }), 'verified', 'me', 'Not encrypted'],
    [opened('Hi', { mirrorDiffers: true }), 'verified', 'peer', 'Older apps show another text'],
    [pending('Hi'), 'pending', 'me', 'Sending…'],
    [failed('Hi'), 'failed', 'me', 'Not sent'],
    [quarantined(), 'quarantined', 'peer', 'Message hidden · Its signature does not match the sender.'],
    [quarantined('ReceiverMismatch'), 'quarantined', 'peer', 'It was written for another chat.'],
    [
      undecryptable(),
      'undecryptable',
      'peer',
      'Can’t be opened here · It was written for a key this device does not have.',
    ],
    [undecryptable('UnsupportedMessageType'), 'undecryptable', 'peer', 'It is of a kind this app does not know.'],
  ] as const)('%o tells its state to readers and to styles', async (item, verification, from, words) => {
    const { container } = render(<ChatBubble item={item} />);
    expect(bubble(container)).toHaveAttribute('data-verification', verification);
    expect(bubble(container)).toHaveAttribute('data-from', from);
    expect(container).toHaveTextContent(words);
    await expectAccessible(container);
  });

  it('lets a failed message be sent again, edited or discarded', async () => {
    const item = failed('Hello');
    const [onRetry, onEdit, onDiscard] = [vi.fn(), vi.fn(), vi.fn()];
    render(<ChatBubble item={item} onRetry={onRetry} onEdit={onEdit} onDiscard={onDiscard} />);
    await userEvent.click(screen.getByRole('button', { name: 'Retry' }));
    await userEvent.click(screen.getByRole('button', { name: 'Edit' }));
    await userEvent.click(screen.getByRole('button', { name: 'Discard' }));
    expect(onRetry).toHaveBeenCalledWith(item.id);
    expect(onEdit).toHaveBeenCalledWith(item);
    expect(onDiscard).toHaveBeenCalledWith(item.id);
  });

  it('leaves the line below to the last of joined messages, but not “Not encrypted”', () => {
    const { container, rerender } = render(<ChatBubble joined="first" item={opened('Hi')} />);
    expect(container.querySelector('time')).toBeNull();
    rerender(<ChatBubble joined="first" item={opened('Hi', { encrypted: false })} />);
    expect(container).toHaveTextContent('Not encrypted');
  });
});

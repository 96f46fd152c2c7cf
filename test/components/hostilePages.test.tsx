import { act, cleanup, render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import { deflateSync } from 'node:zlib';
import { afterEach, describe, expect, it, vi } from 'vitest';
import { ChatBubble } from '../../src/components/ChatBubble/ChatBubble.tsx';
import { parseMedia } from '../../src/components/ChatBubble/parseMedia.ts';
import { pictureSize } from '../../src/components/ChatBubble/pictureSize.ts';
import { splitLinks } from '../../src/components/ChatBubble/splitLinks.ts';
import { ChatLauncher } from '../../src/components/ChatLauncher/ChatLauncher.tsx';
import { ChatWindow } from '../../src/components/ChatWindow/ChatWindow.tsx';
import { RequestList } from '../../src/components/RequestList/RequestList.tsx';
import { accountName } from '../../src/components/shared/accountName.ts';
import { parseDid } from '../../src/protocol/did.ts';
import { opened, PICTURE } from './support/items.ts';
import { MAYA } from './support/people.ts';
import { renderWith } from './support/renderWith.tsx';
import { loadedList, ready, stateClient, withThread } from './support/stateClient.ts';

afterEach(cleanup);

const dataUrl = (mime: string, ...parts: readonly (readonly number[] | Uint8Array)[]): string =>
  `data:${mime};base64,${Buffer.concat(parts.map((part) => Buffer.from(part))).toString('base64')}`;
const uint32 = (value: number): number[] => [value >>> 24, (value >>> 16) & 255, (value >>> 8) & 255, value & 255];
const PNG = [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a];
const png = (width: number, height: number): string =>
  dataUrl(
    'image/png',
    PNG,
    uint32(13),
    Buffer.from('IHDR'),
    uint32(width),
    uint32(height),
    [8, 2, 0, 0, 0],
    deflateSync(Buffer.alloc(9)),
  );
const image = (content: string) => parseMedia({ type: 'Image', content });

describe('pictures', () => {
  it.each([
    ['png', png(640, 480)],
    ['gif', dataUrl('image/gif', Buffer.from('GIF89a'), [0x80, 2, 0xe0, 1, 0, 0, 0])],
    [
      'jpeg',
      dataUrl(
        'image/jpeg',
        [0xff, 0xd8, 0xff, 0xe1, 0, 6, 1, 2, 3, 4, 0xff, 0xc0, 0, 11, 8, 1, 0xe0, 2, 0x80, 1, 1, 0x11, 0],
      ),
    ],
    ['webp', dataUrl('image/webp', Buffer.from('RIFF....WEBPVP8X'), [10, 0, 0, 0, 0, 0, 0, 0, 0x7f, 2, 0, 0xdf, 1, 0])],
  ])('of the type %s say how large they are', (type, url) => {
    expect(pictureSize(`image/${type}`, url.slice(url.indexOf(',') + 1))).toEqual({ width: 640, height: 480 });
    expect(image(url)?.kind).toBe('image');
  });

  it.each([
    ['UI-04 SVG', 'data:image/svg+xml;base64,PHN2Zy8+'],
    ['UI-04 markup that says it is a PNG', dataUrl('image/png', Buffer.from('<html><script>alert(1)</script>'))],
    ['UI-04 RX-07 900 megapixels in a few bytes', png(30_000, 30_000)],
    ['UI-04 a PNG without a size', dataUrl('image/png', PNG)],
    ['UI-04 a JPEG that never begins a frame', dataUrl('image/jpeg', [0xff, 0xd8, 0xff, 0xe1, 0, 2, 0, 0])],
    ['UI-04 nothing', png(0, 0)],
  ])('%s is not drawn', (_, url) => {
    expect(image(url)).toBeUndefined();
    const { container } = render(<ChatBubble item={opened({ type: 'Image', content: url })} />);
    expect(container.querySelector('img')).toBeNull();
    expect(screen.getByText(/can’t be shown safely/)).toBeInTheDocument();
  });

  it('is drawn from its own bytes', () => expect(image(PICTURE)?.kind).toBe('image'));

  it.each(['Image', 'GIF', 'MediaEmbed', 'File', 'Video', 'Audio'] as const)(
    'UI-05 UI-06 no address on the network is ever loaded, named by a message of type %s',
    (type) => {
      const { container } = render(<ChatBubble item={opened({ type, content: 'https://track.example/pixel.gif' })} />);
      expect(container.querySelector('img, video, audio, iframe, link, object, embed, source')).toBeNull();
      expect(container.innerHTML).not.toMatch(/\b(src|srcset|poster|background)=/);
    },
  );
});

describe('words that deceive', () => {
  it.each([
    ['a name before the host', 'https://good.example@evil.example/'],
    ['letters that look like others', 'https://раураl.example/'],
    ['an address of 3,000 characters', `https://${'a'.repeat(3_000)}.example/`],
  ])('UI-03 %s makes no link', (_, text) => {
    expect(splitLinks(text).some(({ href }) => href !== undefined)).toBe(false);
  });

  it('UI-03 a link shows the very address that it leads to', () => {
    const [link] = splitLinks('https://example.org/a?b=c#d').filter(({ href }) => href !== undefined);
    expect(link?.text).toBe(link?.href);
  });

  it.each([
    ['x.html', 'x.html'],
    ['../../a.pdf.exe', 'a.pdf.exe'],
    ['photo\u202egpj.exe', 'photogpj.exe'],
    ['a\0b.txt', 'ab.txt'],
    ['C:\\win\\cmd.exe', 'cmd.exe'],
  ])('UI-07 a file called %j is offered as %j, as bytes that no browser runs', (given, shown) => {
    const content = JSON.stringify({ content: 'data:text/html;base64,PGI+', name: given });
    render(<ChatBubble item={opened({ type: 'File', content })} />);
    const link = screen.getByRole('link');
    expect(link.getAttribute('download')).toBe(shown);
    expect(link.getAttribute('href')).toMatch(/^data:application\/octet-stream;base64,/);
    expect(link).not.toHaveAttribute('target');
  });

  it('UI-08 directions and unseen characters of a name or text stay within it', () => {
    expect(accountName(MAYA, 'a\u202eb\u200bc\u{e0041}')).toBe('abc');
    render(<ChatBubble item={opened('\u202eevil')} />);
    const words = screen.getByText(/evil/);
    expect(words).toHaveAttribute('dir', 'auto');
    expect(getComputedStyle(words).unicodeBidi).toBe('isolate');
    expect(getComputedStyle(words).overflow).toBe('hidden');
  });

  it('UI-10 no words can look like a notice of ours', () => {
    const text = '🔒 Messages are encrypted from here. Verified';
    const client = stateClient(withThread({ items: [opened(text)] }));
    const { container } = renderWith(client, <ChatWindow peer={MAYA} />);
    expect(container.querySelectorAll('[data-notice], [role="note"]')).toHaveLength(0);
    expect(screen.getByText(text).closest('[data-pc-part="bubble"]')).not.toBeNull();
  });

  it('UI-12 nothing of a message names an element', () => {
    const hostile = opened('hi', { id: 'location' });
    const client = stateClient(
      withThread({ items: [hostile, opened({ type: 'Reaction', content: 'cookie', reference: 'x' })] }),
    );
    const { container } = renderWith(client, <ChatWindow peer={MAYA} />);
    const named = [...container.querySelectorAll('[id], [name]')].map((one) => one.id || one.getAttribute('name'));
    expect(named.filter((name) => /location|cookie/.test(name ?? ''))).toEqual([]);
  });

  it.each([
    ['a word of a megabyte', 'a'.repeat(1_000_000)],
    ['100,000 lines', 'x\n'.repeat(100_000)],
    ['100,000 emoji', '🎉'.repeat(100_000)],
  ])('UI-13 %s are cut until they are asked for', (_, text) => {
    const { container } = render(<ChatBubble item={opened(text)} />);
    expect(container.textContent.length).toBeLessThan(10_000);
    expect(screen.getByRole('button', { name: 'Show all' })).toBeInTheDocument();
  });
});

describe('UI-17 what a message says stays in its window', () => {
  it('UI-17 neither the title nor a notification of the page takes words of it', async () => {
    const notified = vi.fn();
    vi.stubGlobal('Notification', notified);
    document.title = 'The host’s own';
    const client = stateClient(withThread({ items: [] }));
    renderWith(client, <ChatLauncher peer={MAYA} defaultOpen />);
    await screen.findByRole('log');
    const news = opened('<b>secret words</b>');
    act(() => client.store.set({ ...client.store.get(), ...withThread({ items: [news] }) }));
    expect((await screen.findAllByText('<b>secret words</b>')).length).toBeGreaterThan(0);
    expect(document.title).toBe('The host’s own');
    expect(notified).not.toHaveBeenCalled();
    vi.unstubAllGlobals();
  });
});

describe('UI-15 other windows', () => {
  it('UI-15 nothing of the widget listens to what other windows post', async () => {
    const listen = vi.spyOn(window, 'addEventListener');
    const client = stateClient(withThread({ items: [opened('hi')] }));
    renderWith(client, <ChatLauncher peer={MAYA} defaultOpen />);
    await screen.findByRole('log');
    expect(listen.mock.calls.map(([type]) => type)).not.toContain('message');
    listen.mockRestore();
  });
});

describe('GR-11 a flood of requests', () => {
  const strangers = Array.from({ length: 10_000 }, (_, i) => parseDid(`0x${(i + 1).toString(16).padStart(40, '0')}`));
  const rows = strangers.map((peer, i) => ({
    peer,
    chatId: peer,
    timestamp: 10_000 - i,
    unread: 0,
    last: opened('gm https://track.example/x.png'),
  }));

  it('is drawn a page at a time, loads nothing, and links nowhere', async () => {
    const { container } = renderWith(stateClient({ ...ready, requests: loadedList(rows) }), <RequestList />);
    expect(container.querySelectorAll('li')).toHaveLength(30);
    expect(container.querySelector('img, a')).toBeNull();
    await userEvent.click(screen.getByRole('button', { name: 'Show 9,970 more requests' }));
    expect(container.querySelectorAll('li')).toHaveLength(60);
  });

  it('is turned away in one go, after a question', async () => {
    const client = stateClient({ ...ready, requests: loadedList(rows.slice(0, 3)) });
    renderWith(client, <RequestList />);
    await userEvent.click(await screen.findByRole('button', { name: 'Reject all' }));
    expect(client.calls.filter(([name]) => name === 'rejectRequest')).toHaveLength(0);
    expect(screen.getByText(/3 requests are rejected/)).toBeInTheDocument();
    await userEvent.click(screen.getByRole('button', { name: 'Reject all' }));
    const rejected = client.calls.filter(([name]) => name === 'rejectRequest').map(([, peer]) => peer);
    expect(rejected).toEqual(strangers.slice(0, 3));
  });
});

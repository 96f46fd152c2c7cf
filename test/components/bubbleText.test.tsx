import { render, screen } from '@testing-library/react';
import { userEvent } from '@testing-library/user-event';
import fc from 'fast-check';
import { describe, expect, it, vi } from 'vitest';
import { BubbleText } from '../../src/components/ChatBubble/BubbleText.tsx';
import { findOnChain } from '../../src/components/ChatBubble/findOnChain.ts';
import { parseMarks, type Piece } from '../../src/components/ChatBubble/parseMarks.ts';
import { formatEther, parsePayment } from '../../src/components/ChatBubble/parsePayment.ts';
import { expectAccessible } from './support/renderWith.tsx';

const ADDRESS = '0xfB6916095ca1df60bB79Ce92cE3Ea74c37c5d359';
const HASH = `0x${'5c'.repeat(32)}`;

/** A text as HTML-like words, so that expectations can be read. */
const show = (pieces: readonly Piece[]): string =>
  pieces
    .map((piece) =>
      'pieces' in piece
        ? `<${piece.kind}>${show(piece.pieces)}</>`
        : piece.kind === 'text'
          ? piece.text
          : `<${piece.kind}>${piece.text}</>`,
    )
    .join('');
const words = (pieces: readonly Piece[]): string =>
  pieces.map((piece) => ('pieces' in piece ? words(piece.pieces) : piece.text)).join('');
const count = (pieces: readonly Piece[]): number =>
  pieces.reduce((sum, piece) => sum + 1 + ('pieces' in piece ? count(piece.pieces) : 0), 0);

const draw = (text: string, links = true) => render(<BubbleText text={text} links={links} />);

describe('marks', () => {
  it.each([
    ['a **b** c', 'a <bold>b</> c'],
    ['*a* and ~~b~~', '<italic>a</> and <strike>b</>'],
    ['***a***', '<bold><italic>a</></>'],
    ['**a *b* c**', '<bold>a <italic>b</> c</>'],
    ['*a **b***', '<italic>a <bold>b</></>'],
    ['(**a**), "*b*".', '(<bold>a</>), "<italic>b</>".'],
    ['这是**重要**的', '这是<bold>重要</>的'],
    ['`*a*` and **`b`**', '<code>*a*</> and <bold><code>b</></>'],
    ['```ts\nlet a = `**b**`;\n```\nend', '<block>let a = `**b**`;\n</>end'],
    ['**https://good.example/a_b**', '<bold><link>https://good.example/a_b</></>'],
    [`*${ADDRESS}*`, `<italic><address>${ADDRESS}</></>`],
    ['*a *b*', '*a <italic>b</>'],
    ['*a **b*', '<italic>a **b</>'],
  ])('reads %j', (text, expected) => {
    expect(show(parseMarks(text))).toBe(expected);
  });

  it.each([
    '2*3*4',
    '2 * 3 * 4',
    'a ** b ** c',
    '**open',
    'closed**',
    '* one\n* two',
    '*one\ntwo*',
    '****',
    '~~~ a ~~~',
    'one ~ two ~ three',
    'snake_case_name and __init__',
    'слово*слово*слово',
    '`open',
    '``` never closed',
    '``````',
    '# Heading\n![picture](x.png)\n[words](javascript:1)',
    '/*.ts and /*/x*/',
  ])('leaves %j as written', (text) => {
    expect(show(parseMarks(text))).toBe(text);
  });

  it('loses and adds nothing but marks', () => {
    const pieces = fc.constantFrom(
      '*',
      '**',
      '***',
      '~~',
      '`',
      '```',
      '\n',
      ' ',
      'a',
      'b',
      '.',
      ADDRESS,
      'https://a.bc',
    );
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 24 }), (parts) => {
        const text = parts.join('');
        const bare = (from: string): string => from.replace(/[*~`\n]/g, '');
        // The word after a fence is its language.
        if (!/```\w+\n/.test(text)) expect(bare(words(parseMarks(text)))).toBe(bare(text));
      }),
    );
  });

  it('takes a megabyte of marks in its stride', () => {
    const hostile = [
      '*',
      '**a',
      '*a ',
      ' **a',
      '*a **b ~~c ',
      '*a* ',
      '`',
      '```',
      '```a',
      '`a',
      '~~',
      '\n',
      '*\n',
      '(*',
      '~~*',
    ];
    hostile.push('0x', '0x1', `${ADDRESS} `, ADDRESS.toLowerCase(), 'ethereum:', 'ethereum:0x ', 'http://a ');
    for (const piece of hostile) {
      const text = piece.repeat(Math.ceil(1_000_000 / piece.length));
      const start = performance.now();
      expect(count(parseMarks(text))).toBeLessThan(5_000);
      expect(performance.now() - start, piece).toBeLessThan(2_500);
    }
  });

  it('UI-01 makes elements of emphasis, code and links only, and of nothing for strangers', () => {
    const text = '# a **b** *c* ~~d~~ `e` ```f``` <b>g</b> ![h](https://h.example/h.png)';
    const { container, unmount } = draw(text);
    expect([...container.querySelectorAll('[dir="auto"] *')].map(({ localName }) => localName)).toEqual([
      'strong',
      'em',
      's',
      'code',
      'code',
      'a',
    ]);
    unmount();
    const plain = draw(`${text} ${ADDRESS} ethereum:${ADDRESS}?value=1 https://a.example`, false).container;
    expect(plain.querySelectorAll('[dir="auto"] *')).toHaveLength(0);
    expect(plain).toHaveTextContent(`**b** *c* ~~d~~ \`e\` \`\`\`f\`\`\``);
  });

  it('UI-02 UI-03 keeps the rules of links inside marks', () => {
    draw('**javascript:alert(1)** *https://good.example@evil.example* `https://a.example` **https://b.example**');
    expect(screen.getAllByRole<HTMLAnchorElement>('link').map(({ href }) => href)).toEqual(['https://b.example/']);
  });
});

describe('on-chain content', () => {
  const kinds = (text: string): string[] => [...findOnChain(text)].map(([, { kind }]) => kind);

  it('finds addresses, hashes and payment requests as words of their own', () => {
    expect(kinds(`To ${ADDRESS}, or (${ADDRESS.toLowerCase()}). ${HASH} ethereum:${ADDRESS}@1?value=1e18.`)).toEqual([
      'address',
      'address',
      'hash',
      'payment',
    ]);
    for (const text of [`x${ADDRESS}`, `${ADDRESS}0`, `https://x.y@z/${ADDRESS}`, `${HASH}ab`, ADDRESS.slice(0, -1)]) {
      expect(kinds(text)).toEqual([]);
    }
  });

  it('leaves an address with a wrong checksum as text, with a warning', () => {
    const wrong = ADDRESS.replace('fB', 'Fb');
    draw(`Send to ${wrong}`);
    expect(screen.getByText(wrong)).toHaveAttribute('title', expect.stringMatching(/checksum/));
    expect(screen.queryByRole('button')).toBeNull();
  });

  it('draws an address and a hash short, whole in the title, and copies the whole', async () => {
    const user = userEvent.setup();
    const { container } = draw(`${ADDRESS.toLowerCase()} ${HASH}`);
    expect(screen.getByText('0xfB69…d359')).toHaveAttribute('title', ADDRESS);
    expect(screen.getByText('0x5c5c…5c5c')).toHaveAttribute('title', HASH);
    expect(container.querySelector('a')).toBeNull();
    await expectAccessible(container);
    await user.click(screen.getByRole('button', { name: 'Copy address 0xfB69…d359' }));
    expect(await screen.findByText('Copied')).toHaveAttribute('role', 'status');
    expect(await navigator.clipboard.readText()).toBe(ADDRESS);
    await user.click(screen.getByRole('button', { name: /Copy transaction hash/ }));
    await vi.waitFor(async () => expect(await navigator.clipboard.readText()).toBe(HASH));
  });

  it('says so when it could not copy', async () => {
    const user = userEvent.setup();
    vi.spyOn(navigator.clipboard, 'writeText').mockRejectedValue(new DOMException('No', 'NotAllowedError'));
    draw(HASH);
    await user.click(screen.getByRole('button'));
    expect(await screen.findByText('Could not copy')).toBeInTheDocument();
    vi.restoreAllMocks();
  });

  it('draws a payment request with its amount, its whole receiver and its chain', async () => {
    const { container, rerender } = draw(`Please: ethereum:${ADDRESS.toLowerCase()}@1?value=2.014e18`);
    expect(container).toHaveTextContent('2.014 ETH');
    expect(screen.getByText(ADDRESS)).toBeInTheDocument();
    expect(container).toHaveTextContent('Chain 1');
    expect(screen.getByRole('button', { name: 'Copy payment request' })).toBeInTheDocument();
    expect(container.querySelector('a')).toBeNull();
    await expectAccessible(container);
    rerender(<BubbleText links text={`ethereum:${ADDRESS}@137?value=1e18`} />);
    expect(container).not.toHaveTextContent('ETH');
    rerender(<BubbleText links text={`ethereum:${ADDRESS}`} />);
    expect(container).toHaveTextContent('Any amount');
  });

  it.each([
    '?value=-1',
    '?value=1.5',
    '?value=1e78',
    '?value=1e999999999',
    '?value=',
    '?value=0x1',
    '?value=1&value=2',
    '?value=1&gasPrice=1e18',
    '@0?value=1',
    '@x?value=1',
    '/transfer?address=0x0&uint256=1',
    '@1/approve',
    '?',
    'f',
  ])('leaves a request that ends in %j as text', (tail) => {
    expect(parsePayment(`ethereum:${ADDRESS}${tail}`)).toBeUndefined();
    expect(parsePayment(`ethereum:${ADDRESS.replace('fB', 'Fb')}?value=1`)).toBeUndefined();
  });

  it('reads and writes amounts to the last wei', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 256n - 1n }), (value) => {
        expect(parsePayment(`ethereum:${ADDRESS}?value=${value}`)?.value).toBe(value);
        const [whole = '', fraction = ''] = formatEther(value).split('.');
        expect(BigInt(whole + fraction.padEnd(18, '0'))).toBe(value);
      }),
    );
    expect(formatEther(1n)).toBe('0.000000000000000001');
    expect(formatEther(10n ** 20n)).toBe('100');
    expect(parsePayment(`ethereum:pay-${ADDRESS}?value=${2n ** 256n}`)).toBeUndefined();
  });
});

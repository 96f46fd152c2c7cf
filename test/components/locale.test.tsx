import { cleanup, render, screen } from '@testing-library/react';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { formatText } from '../../src/components/text/formatText.ts';
import type { Locale } from '../../src/components/text/locale.ts';
import { LocaleProvider } from '../../src/components/text/LocaleProvider.tsx';
import { useText } from '../../src/components/text/useText.ts';
import { ThemeRoot } from '../../src/components/theme/ThemeRoot.tsx';

afterEach(cleanup);

describe('formatText', () => {
  it.each([
    ['plain', {}, 'plain'],
    ['Hello {name}.', { name: 'Maya' }, 'Hello Maya.'],
    ['{a}{b}{a}', { a: 'x', b: '' }, 'xx'],
    ['{count} new', { count: 12_345 }, '12,345 new'],
    ['Hello {name}.', {}, 'Hello {name}.'],
    ['{name}', { name: '{count} #' }, '{count} #'],
    ['an open { brace', { brace: 1 }, 'an open { brace'],
  ])('%s with %o is %s', (text, values, result) => {
    expect(formatText(text, 'en', values)).toBe(result);
  });

  it('counts by the rules of each language', () => {
    const english = '{count, plural, =0 {none} one {# message of {name}} other {# messages of {name}}}';
    const said = (count: number) => formatText(english, 'en', { count, name: 'M' });
    expect([0, 1, 2].map(said)).toEqual(['none', '1 message of M', '2 messages of M']);
    const arabic = '{n, plural, zero {z} one {o} two {t} few {f} many {m} other {x}}';
    expect([0, 1, 2, 3, 11, 100].map((n) => formatText(arabic, 'ar', { n })).join('')).toBe('zotfmx');
  });

  it('takes any text and any values without an exception', () => {
    const odd = fc.string({ unit: fc.constantFrom('{', '}', '#', ',', ' ', 'a', 'plural', 'one', 'other') });
    fc.assert(
      fc.property(odd, fc.dictionary(odd, fc.oneof(fc.string(), fc.double())), (text, values) => {
        expect(typeof formatText(text, 'en', values)).toBe('string');
      }),
    );
  });

  it('reads nothing of an object’s own making', () => {
    expect(formatText('{constructor} {__proto__}', 'en', {})).toBe('{constructor} {__proto__}');
  });
});

const mirrored: Locale = {
  tag: 'ar',
  direction: 'rtl',
  texts: { 'composer.label': 'رسالة', 'thread.empty.hello': '{name} مرحبا' },
};

function Words() {
  const { t, rich } = useText();
  return (
    <>
      <p>{t('composer.label')}</p>
      <p>{t('composer.send')}</p>
      <p data-testid="rich">{rich('thread.empty.hello', { name: 'Maya' })}</p>
    </>
  );
}

describe('LocaleProvider', () => {
  it('gives the texts of its language, of its host, and English where both are silent', () => {
    render(
      <LocaleProvider locale={mirrored}>
        <LocaleProvider texts={{ 'composer.send': 'Ab die Post' }}>
          <Words />
        </LocaleProvider>
      </LocaleProvider>,
    );
    expect(screen.getByText('رسالة')).toBeTruthy();
    expect(screen.getByText('Ab die Post')).toBeTruthy();
    expect(screen.getByTestId('rich').innerHTML).toBe('<bdi>Maya</bdi> مرحبا');
  });

  it('is English outside of one', () => {
    render(<Words />);
    expect(screen.getByText('Send message')).toBeTruthy();
  });

  it('says the language and direction of what stands in it, once', () => {
    const { container } = render(
      <LocaleProvider locale={mirrored}>
        <ThemeRoot>
          <ThemeRoot />
        </ThemeRoot>
      </LocaleProvider>,
    );
    const roots = [...container.querySelectorAll('[data-pc-root]')];
    expect(roots.map((root) => [root.getAttribute('lang'), root.getAttribute('dir')])).toEqual([
      ['ar', 'rtl'],
      [null, null],
    ]);
  });

  it('leaves the page’s own language alone where none is named', () => {
    const { container } = render(<ThemeRoot />);
    expect(container.querySelector('[lang], [dir]')).toBeNull();
  });
});

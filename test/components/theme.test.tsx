import { render, screen } from '@testing-library/react';
import { ThemeProvider } from 'styled-components';
import { describe, expect, it } from 'vitest';
import { createTheme } from '../../src/components/theme/createTheme.ts';
import { cssVariables } from '../../src/components/theme/cssVariables.ts';
import { deriveColors } from '../../src/components/theme/deriveColors.ts';
import type { HostTheme } from '../../src/components/theme/hostTheme.ts';
import { contrast, formatOklch } from '../../src/components/theme/oklch.ts';
import { presets } from '../../src/components/theme/presets.ts';
import { ThemeRoot } from '../../src/components/theme/ThemeRoot.tsx';
import type { ColorTokens } from '../../src/components/theme/tokens.ts';

type Pair = readonly [mark: keyof ColorTokens, ground: keyof ColorTokens, ratio: number];

/** Every pair of text (4.5) or meaningful mark (3) and ground that the components draw. */
const PAIRS: readonly Pair[] = [
  ...(['surface', 'surfaceSunken', 'surfaceRaised', 'fill', 'fillHover'] as const).flatMap((ground): Pair[] => [
    ['text', ground, 4.5],
    ['textMuted', ground, 4.5],
  ]),
  ...(['accentSoft', 'verifiedSoft', 'warningSoft', 'dangerSoft'] as const).map((ground): Pair => [
    'text',
    ground,
    4.5,
  ]),
  ...(['accent', 'accentHover', 'accentPressed'] as const).map((ground): Pair => ['onAccent', ground, 4.5]),
  ...(['surface', 'surfaceSunken', 'surfaceRaised', 'fill', 'accentSoft'] as const).flatMap((ground): Pair[] => [
    ['accentText', ground, 4.5],
    ['focusRing', ground, 3],
  ]),
  ...(['verified', 'warning', 'danger'] as const).flatMap((mark): Pair[] => [
    [mark, 'surface', 4.5],
    [mark, `${mark}Soft`, 4.5],
  ]),
  ['onDanger', 'dangerSolid', 4.5],
  ['lineStrong', 'surface', 3],
];

const tooFaint = (accent: string): string[] =>
  (['light', 'dark'] as const).flatMap((scheme) => {
    const colors = deriveColors(accent, scheme);
    return PAIRS.filter(([mark, ground, ratio]) => contrast(colors[mark], colors[ground]) < ratio).map(
      ([mark, ground]) => `${accent} ${scheme}: ${mark} on ${ground}`,
    );
  });

describe('colours', () => {
  it('reach AA in every preset', () => {
    expect(Object.values(presets).flatMap(tooFaint)).toEqual([]);
  });

  it('reach AA for any accent: round the colour wheel, from black to white', () => {
    const accents: string[] = [];
    for (let hue = 0; hue < 360; hue += 20) {
      for (const lightness of [0.05, 0.3, 0.55, 0.75, 0.98]) {
        for (const chroma of [0, 0.06, 0.2]) accents.push(formatOklch(lightness, chroma, hue));
      }
    }
    expect(accents.flatMap(tooFaint)).toEqual([]);
  });
});

describe('createTheme', () => {
  it('takes an accent, single colours and scales', () => {
    const theme = createTheme('dark', { accent: presets.ember, colors: { surface: '#000000' }, roundness: 0 });
    expect(theme).toMatchObject({ scheme: 'dark', roundness: 0, density: 1, colors: { surface: '#000000' } });
    expect(cssVariables(theme)).toMatchObject({ '--pc-color-surface': '#000000', '--pc-roundness': '0' });
  });

  it('UI-11 refuses values that could end their declaration or load something', () => {
    for (const value of ['red; background: url(https://x)', 'url(https://x.example)', '} * { color: red', '</style>']) {
      const theme = createTheme('light', { colors: { surface: value } });
      expect(() => cssVariables(theme)).toThrow(expect.objectContaining({ code: 'InvalidConfig' }));
    }
    expect(() => createTheme('light', { accent: 'rebeccapurple' })).toThrow(/#rrggbb/);
  });
});

describe('ThemeRoot', () => {
  const surface = (element: Element): string => getComputedStyle(element).getPropertyValue('--pc-color-surface');

  it('sets the variables on its own element, and inner roots inherit unless they say otherwise', () => {
    render(
      <ThemeRoot mode="dark" data-testid="outer">
        <ThemeRoot data-testid="same" />
        <ThemeRoot mode="light" data-testid="other" />
      </ThemeRoot>,
    );
    const [outer, same, other] = ['outer', 'same', 'other'].map((id) => screen.getByTestId(id));
    expect(outer).toHaveAttribute('data-pc-mode', 'dark');
    expect(same).not.toHaveAttribute('data-pc-mode');
    expect(other).toHaveAttribute('data-pc-mode', 'light');
    expect(surface(document.documentElement)).toBe('');
  });

  it('takes what the host’s own styled-components theme says, with props over it, single colours too', () => {
    const pushChat: HostTheme = { mode: 'dark', roundness: 0, colors: { surface: '#010203', text: '#fefefe' } };
    render(
      <ThemeProvider theme={{ brand: 'blue', pushChat }}>
        <ThemeRoot data-testid="hosted" theme={{ colors: { surface: '#040506' } }}>
          <ThemeRoot data-testid="inside" />
        </ThemeRoot>
      </ThemeProvider>,
    );
    const hosted = screen.getByTestId('hosted');
    expect(hosted).toHaveAttribute('data-pc-mode', 'dark');
    const value = (name: string): string => getComputedStyle(hosted).getPropertyValue(name);
    expect([value('--pc-color-surface'), value('--pc-color-text'), value('--pc-roundness')]).toEqual([
      '#040506',
      '#fefefe',
      '0',
    ]);
    expect(screen.getByTestId('inside')).not.toHaveAttribute('data-pc-mode');
  });

  it('follows the system unless told', () => {
    render(<ThemeRoot data-testid="root" />);
    expect(screen.getByTestId('root')).toHaveAttribute('data-pc-mode', 'system');
  });
});

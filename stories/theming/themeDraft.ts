import { presets, type ColorTokens, type Scheme, type ThemeOptions } from '../../src/exports/theme.ts';
import { DEFAULT_SCALE } from '../../src/components/theme/tokens.ts';

/** What the theme builder holds: every option, chosen or not. */
export interface ThemeDraft {
  readonly scheme: Scheme;
  readonly accent: string;
  readonly density: number;
  readonly roundness: number;
  readonly size: number;
  readonly font: string;
  readonly colors: Partial<ColorTokens>;
}

export const FIRST_DRAFT: ThemeDraft = {
  scheme: 'light',
  accent: presets.iris,
  density: DEFAULT_SCALE.density,
  roundness: DEFAULT_SCALE.roundness,
  size: DEFAULT_SCALE.size,
  font: DEFAULT_SCALE.font,
  colors: {},
};

/** Only what differs from the default: the rest may get better with a later version. */
export function optionsOf({ accent, density, roundness, size, font, colors }: ThemeDraft): ThemeOptions {
  const scales = Object.entries({ density, roundness, size, font }).filter(
    ([name, value]) => DEFAULT_SCALE[name as keyof typeof DEFAULT_SCALE] !== value,
  );
  return { accent, ...Object.fromEntries(scales), ...(Object.keys(colors).length > 0 && { colors }) };
}

import { PushChatError } from '../../errors.ts';
import { deriveColors } from './deriveColors.ts';
import { presets } from './presets.ts';
import { DEFAULT_SCALE, type Scheme, type Theme, type ThemeOptions } from './tokens.ts';

/**
 * A theme from an accent and whatever else a host wants to change.
 * @throws {PushChatError} `InvalidConfig` when the accent is not `#rrggbb`
 */
export function createTheme(scheme: Scheme, options: ThemeOptions = {}): Theme {
  const { accent = presets.iris, colors, ...scale } = options;
  if (!/^#[0-9a-f]{6}$/i.test(accent)) {
    throw new PushChatError('InvalidConfig', `An accent is written #rrggbb, not ${JSON.stringify(accent)}.`);
  }
  return { ...DEFAULT_SCALE, ...scale, scheme, colors: { ...deriveColors(accent, scheme), ...colors } };
}

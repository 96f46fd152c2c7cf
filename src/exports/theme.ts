/**
 * Tokens and themes: no React, so that server components can make a theme.
 * @module push-chat-kit/theme
 */
export { createTheme } from '../components/theme/createTheme.ts';
export { cssDeclarations, cssVariables } from '../components/theme/cssVariables.ts';
export { darkTheme } from '../components/theme/darkTheme.ts';
export { deriveColors } from '../components/theme/deriveColors.ts';
export { lightTheme } from '../components/theme/lightTheme.ts';
export { presets, type PresetName } from '../components/theme/presets.ts';
export type { ColorTokens, ScaleTokens, Scheme, Theme, ThemeOptions } from '../components/theme/tokens.ts';

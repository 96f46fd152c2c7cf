import { createTheme } from './createTheme.ts';
import type { Theme } from './tokens.ts';

/** The default theme by day. */
export const lightTheme: Theme = /* @__PURE__ */ createTheme('light');

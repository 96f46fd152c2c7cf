import { createTheme } from './createTheme.ts';
import type { Theme } from './tokens.ts';

/** The default theme by night. */
export const darkTheme: Theme = /* @__PURE__ */ createTheme('dark');

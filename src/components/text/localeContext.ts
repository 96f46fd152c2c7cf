import { createContext } from 'react';
import type { Locale } from './locale.ts';

/** Null where no language was named. */
export const LocaleContext = /* @__PURE__ */ createContext<Locale | null>(null);

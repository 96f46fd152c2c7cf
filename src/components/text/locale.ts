import type { ErrorCode } from '../../errors.ts';
import { ENGLISH } from './english.ts';
import type { BESIDE_ENGLISH } from './besideEnglish.ts';
import type { LATE_ENGLISH } from './lateEnglish.ts';

/** Names a text of the components. */
export type TextKey = keyof typeof ENGLISH;

/** Names a text of a part that is loaded late. */
export type LateTextKey = keyof typeof LATE_ENGLISH;

/** Names a text of the support desk or the wallets. */
export type BesideTextKey = keyof typeof BESIDE_ENGLISH;

/** Names the words for an error; in English an error has its own, which say more. */
export type ErrorTextKey = `error.${ErrorCode}`;

/** A language: its texts, and how it is written. */
export interface Locale {
  /** BCP 47 tag: `de`, `pt-BR`. Dates, figures and plurals follow it. */
  readonly tag: string;
  readonly direction: 'ltr' | 'rtl';
  /** What is missing stays English. */
  readonly texts: Readonly<Partial<Record<TextKey | LateTextKey | BesideTextKey | ErrorTextKey, string>>>;
}

/** The language of whoever names none; dates are written as the browser does. */
export const en: Locale = { tag: 'en', direction: 'ltr', texts: ENGLISH };

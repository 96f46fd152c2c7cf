import { useContext } from 'react';
import { BESIDE_ENGLISH } from './besideEnglish.ts';
import { formatText, type TextValues } from './formatText.ts';
import type { BesideTextKey } from './locale.ts';
import { LocaleContext } from './localeContext.ts';

/** The texts of what stands beside a chat, in the language at hand. */
export function useBesideText(): (key: BesideTextKey, values?: TextValues) => string {
  const locale = useContext(LocaleContext);
  return (key, values) => formatText(locale?.texts[key] ?? BESIDE_ENGLISH[key], locale?.tag ?? 'en', values);
}

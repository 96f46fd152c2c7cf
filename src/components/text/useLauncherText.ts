import { useContext } from 'react';
import { formatText, type TextValues } from './formatText.ts';
import { LAUNCHER_ENGLISH } from './launcherEnglish.ts';
import { LocaleContext } from './localeContext.ts';

type LauncherTextKey = keyof typeof LAUNCHER_ENGLISH;

/** The texts of a launcher, without all the others. */
export function useLauncherText(): (key: LauncherTextKey, values?: TextValues) => string {
  const locale = useContext(LocaleContext);
  return (key, values) => formatText(locale?.texts[key] ?? LAUNCHER_ENGLISH[key], locale?.tag ?? 'en', values);
}

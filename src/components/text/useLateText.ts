import { createElement, Fragment, useCallback, useContext, type ReactNode } from 'react';
import { formatPieces, formatText, type TextValues } from './formatText.ts';
import { LATE_ENGLISH } from './lateEnglish.ts';
import { LocaleContext } from './localeContext.ts';
import type { LateTextKey } from './locale.ts';

/** Makes a text of a part that is loaded late. */
export type LateTranslate = (key: LateTextKey, values?: TextValues) => string;

/** The texts of parts that are loaded late, in the language at hand. */
export function useLateText(): LateTranslate {
  const locale = useContext(LocaleContext);
  return useCallback(
    (key, values) => formatText(locale?.texts[key] ?? LATE_ENGLISH[key], locale?.tag ?? 'en', values),
    [locale],
  );
}

/** The same to draw: what is put in stands apart from the direction of the text around it. */
export function useLateRich(): (key: LateTextKey, values: Readonly<Record<string, ReactNode>>) => ReactNode {
  const locale = useContext(LocaleContext);
  return useCallback(
    (key, values) =>
      createElement(
        Fragment,
        null,
        ...formatPieces<ReactNode, ReactNode>(
          locale?.texts[key] ?? LATE_ENGLISH[key],
          locale?.tag ?? 'en',
          values,
          (value) => createElement('bdi', null, value),
        ),
      ),
    [locale],
  );
}

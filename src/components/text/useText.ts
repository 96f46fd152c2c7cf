import { createElement, Fragment, useContext, useMemo, type ReactNode } from 'react';
import { ENGLISH } from './english.ts';
import { formatPieces, formatText, type TextValues } from './formatText.ts';
import { LocaleContext } from './localeContext.ts';
import { en, type TextKey } from './locale.ts';

/** Makes a text of its key and of what is put into it. */
export type Translate = (key: TextKey, values?: TextValues) => string;

/** The texts of the language at hand. */
export interface TextView {
  readonly t: Translate;
  /** The same to draw: what is put in stands apart from the direction of the text around it. */
  readonly rich: (key: TextKey, values: Readonly<Record<string, ReactNode>>) => ReactNode;
  /** For dates; undefined for the reader's own, where no language was named. */
  readonly tag: string | undefined;
}

/**
 * The texts of the components, in the language of the `LocaleProvider` around.
 * @example const { t } = useText(); t('thread.jumpNew', { count: 3 });
 */
export function useText(): TextView {
  const locale = useContext(LocaleContext);
  return useMemo(() => {
    const { tag, texts } = locale ?? en;
    const textOf = (key: TextKey): string => texts[key] ?? ENGLISH[key];
    return {
      t: (key, values) => formatText(textOf(key), tag, values),
      rich: (key, values) =>
        createElement(
          Fragment,
          null,
          ...formatPieces<ReactNode, ReactNode>(textOf(key), tag, values, (value) => createElement('bdi', null, value)),
        ),
      tag: locale?.tag,
    };
  }, [locale]);
}

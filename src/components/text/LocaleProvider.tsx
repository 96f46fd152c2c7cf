import { useContext, useMemo, type ReactNode } from 'react';
import { LocaleContext } from './localeContext.ts';
import { en, type Locale } from './locale.ts';

export interface LocaleProviderProps {
  /** A language: `import { de } from 'push-chat-kit/locales/de'`. @default the one around it, or English */
  readonly locale?: Locale | undefined;
  /** Single texts in other words. */
  readonly texts?: Locale['texts'] | undefined;
  readonly children?: ReactNode;
}

/**
 * The language of everything in it.
 * @example <LocaleProvider locale={de} texts={{ 'composer.label': 'Ihre Frage' }}><ChatInbox /></LocaleProvider>
 */
export function LocaleProvider({ locale, texts, children }: LocaleProviderProps): ReactNode {
  const outer = useContext(LocaleContext);
  const base = locale ?? outer ?? en;
  const merged = useMemo(() => (texts ? { ...base, texts: { ...base.texts, ...texts } } : base), [base, texts]);
  return <LocaleContext.Provider value={merged}>{children}</LocaleContext.Provider>;
}

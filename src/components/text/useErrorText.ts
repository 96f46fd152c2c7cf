import { useContext } from 'react';
import type { PushChatError } from '../../errors.ts';
import { LocaleContext } from './localeContext.ts';

/** What went wrong and what to do, in the language at hand; where that has no words for it, the error's own. */
export const useErrorText = ({ code, message }: PushChatError): string =>
  useContext(LocaleContext)?.texts[`error.${code}`] ?? message;

import type { ReactNode } from 'react';
import type { PushChatError } from '../../errors.ts';
import { useErrorText } from '../text/useErrorText.ts';

/** What went wrong and what to do, as a paragraph. */
export const ErrorText = ({ error }: { readonly error: PushChatError }): ReactNode => <p>{useErrorText(error)}</p>;

import type { ReactNode } from 'react';
import { styled } from 'styled-components';
import type { PushChatError } from '../../errors.ts';
import { Icon } from './Icon.tsx';
import { useErrorText } from '../text/useErrorText.ts';

export interface ErrorNoteProps {
  readonly error: PushChatError;
}

/** One line on what went wrong, read out at once. */
export function ErrorNote({ error }: ErrorNoteProps): ReactNode {
  return (
    <Root role="alert">
      <Icon name="alert" size={16} />
      <span>{useErrorText(error)}</span>
    </Root>
  );
}

const Root = styled.div`
  display: flex;
  gap: 8px;
  padding: 8px 12px;
  border-radius: var(--pc-radius-sm);
  background: var(--pc-color-danger-soft);
  color: var(--pc-color-text);
  font-size: var(--pc-text-sm);
  line-height: 18px;
  text-align: start;
  overflow-wrap: anywhere;

  & > svg {
    color: var(--pc-color-danger);
    margin-top: 1px;
  }
`;

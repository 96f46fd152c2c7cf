import type { ReactNode } from 'react';
import { styled } from 'styled-components';
import { useText } from '../text/useText.ts';
import { IconButton } from './IconButton.tsx';

/** Something that was done, and the way back. */
export interface Undoable {
  readonly text: string;
  readonly undo: () => void;
}

export interface UndoBarProps {
  /** What was done last; null for nothing. */
  readonly done: Undoable | null;
  readonly close: () => void;
}

/** Says what was done and offers to undo it, until it is closed: whoever reads slowly is not hurried (WCAG 2.2.1). */
export function UndoBar({ done, close }: UndoBarProps): ReactNode {
  const { t } = useText();
  return (
    <div role="status">
      {done && (
        <Bar>
          <span>{done.text}</span>
          <Undo
            type="button"
            onClick={() => {
              close();
              done.undo();
            }}
          >
            {t('action.undo')}
          </Undo>
          <IconButton icon="close" label={t('action.close')} onClick={close} />
        </Bar>
      )}
    </div>
  );
}

const Bar = styled.div`
  display: flex;
  align-items: center;
  gap: 4px;
  margin: 6px 12px;
  padding: 2px 4px 2px 14px;
  border-radius: var(--pc-radius-md);
  background: var(--pc-color-surface-raised);
  box-shadow: var(--pc-shadow-1);
  font-size: var(--pc-text-sm);
  line-height: 18px;

  & > span {
    flex: 1;
    min-width: 0;
    overflow-wrap: anywhere;
  }
  @media (forced-colors: active) {
    border: 1px solid;
  }
`;

const Undo = styled.button`
  flex: none;
  min-height: var(--pc-target);
  margin: 0;
  padding: 0 10px;
  border: 0;
  border-radius: 9px;
  background: none;
  color: var(--pc-color-accent-text);
  font: inherit;
  font-weight: 600;
  cursor: pointer;

  &:hover {
    background: var(--pc-color-fill);
  }
`;

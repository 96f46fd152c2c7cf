import type { ReactNode } from 'react';
import { styled } from 'styled-components';
import type { RequestActions } from '../../hooks/useRequestActions.ts';
import { Button } from '../shared/Button.tsx';
import { ErrorNote } from '../shared/ErrorNote.tsx';
import { useText } from '../text/useText.ts';

export interface AnswerButtonsProps {
  readonly actions: RequestActions;
  /** Id of the element that names the stranger. */
  readonly describedBy?: string | undefined;
  /** A group has nobody to block. @default true */
  readonly canBlock?: boolean;
}

/** The three answers to a request. */
export function AnswerButtons({ actions, describedBy, canBlock = true }: AnswerButtonsProps): ReactNode {
  const { pending, error } = actions;
  const { t } = useText();
  return (
    <>
      {error && <ErrorNote error={error} />}
      <Row>
        <Button
          tone="primary"
          size="small"
          busy={pending === 'accept'}
          aria-describedby={describedBy}
          onClick={() => void actions.accept()}
        >
          {t('action.accept')}
        </Button>
        <Button
          size="small"
          busy={pending === 'reject'}
          aria-describedby={describedBy}
          onClick={() => void actions.reject()}
        >
          {t('action.reject')}
        </Button>
        {canBlock && (
          <Button
            tone="quiet"
            size="small"
            busy={pending === 'block'}
            aria-describedby={describedBy}
            onClick={() => void actions.block()}
          >
            {t('action.block')}
          </Button>
        )}
      </Row>
    </>
  );
}

const Row = styled.div`
  display: flex;
  flex-wrap: wrap;
  gap: 8px;
  margin-top: 10px;

  /* Blocking stands apart from the two answers. */
  & > :nth-child(3) {
    margin-inline: auto -8px;
  }
`;

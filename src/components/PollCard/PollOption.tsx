import type { ReactNode } from 'react';
import { styled } from 'styled-components';
import { Icon } from '../shared/Icon.tsx';
import { VisuallyHidden } from '../shared/VisuallyHidden.tsx';
import { useLateText } from '../text/useLateText.ts';

export interface PollOptionProps {
  readonly option: string;
  /** Of the group of radio buttons. */
  readonly name: string;
  readonly mayVote: boolean;
  readonly isChosen: boolean;
  /** What this user voted for. */
  readonly isMine: boolean;
  /** Undefined while nothing is known. */
  readonly count: number | undefined;
  readonly total: number | undefined;
  /** Where the proofs say another number. */
  readonly recounted: number | undefined;
  readonly onChoose: () => void;
}

/** One choice: a radio button while one can vote, and a bar when it is known what came out. */
export function PollOption(props: PollOptionProps): ReactNode {
  const { option, name, mayVote, isChosen, isMine, count, total, recounted, onChoose } = props;
  const t = useLateText();
  const share = count === undefined || !total ? 0 : count / total;
  const differs = recounted !== undefined && recounted !== count;
  return (
    <Row
      as={mayVote ? 'label' : 'div'}
      role={mayVote ? undefined : 'listitem'}
      data-chosen={(mayVote ? isChosen : isMine) || undefined}
    >
      <Bar style={{ inlineSize: `${share * 100}%` }} aria-hidden />
      {mayVote && <input type="radio" name={name} checked={isChosen} onChange={onChoose} />}
      <Words dir="auto">{option}</Words>
      {isMine && (
        <>
          <Icon name="check" size={16} />
          <VisuallyHidden>{t('poll.yours')}</VisuallyHidden>
        </>
      )}
      {count !== undefined && (
        <Count>
          {differs ? (
            <>
              <s>{count}</s> <b>{recounted}</b>
            </>
          ) : (
            count
          )}
        </Count>
      )}
    </Row>
  );
}

const Row = styled.div`
  position: relative;
  display: flex;
  align-items: center;
  gap: 10px;
  min-height: 44px;
  padding: 8px 12px;
  border-radius: calc(10px * var(--pc-roundness));
  background: var(--pc-color-fill);
  overflow: hidden;
  isolation: isolate;
  /* Where the user forces colours this is seen, and backgrounds are not. */
  outline: 1px solid transparent;

  /* Above the bar, which would cover a shadow of the row itself. */
  &[data-chosen]::after {
    content: '';
    position: absolute;
    inset: 0;
    border-radius: inherit;
    box-shadow: inset 0 0 0 1.5px var(--pc-color-accent-text);
    pointer-events: none;
  }
  label& {
    cursor: pointer;
  }
  label&:hover {
    background: var(--pc-color-fill-hover);
  }
  &:has(:focus-visible) {
    outline: 2px solid var(--pc-color-focus-ring);
    outline-offset: 2px;
  }
  & input {
    flex: none;
    width: 18px;
    height: 18px;
    margin: 0;
    accent-color: var(--pc-color-accent);
    outline: none;
  }
`;

const Bar = styled.span`
  position: absolute;
  z-index: -1;
  inset-block: 0;
  inset-inline-start: 0;
  background: var(--pc-color-accent-soft);

  @media (prefers-reduced-motion: no-preference) {
    transition: inline-size var(--pc-slow) var(--pc-ease-enter);
  }
`;

const Words = styled.span`
  flex: 1;
  min-width: 0;
  overflow-wrap: anywhere;
  text-align: start;
`;

const Count = styled.span`
  flex: none;
  font-variant-numeric: tabular-nums;

  & s {
    color: var(--pc-color-text-muted);
  }
  & b {
    color: var(--pc-color-danger);
  }
`;

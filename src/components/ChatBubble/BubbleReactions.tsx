import type { ReactNode } from 'react';
import { styled } from 'styled-components';
import type { BubbleReaction } from '../parts/overrides.ts';
import { plainLine } from '../shared/plainLine.ts';
import { VisuallyHidden } from '../shared/VisuallyHidden.tsx';
import { useText } from '../text/useText.ts';

export interface BubbleReactionsProps {
  readonly reactions: readonly BubbleReaction[];
  /** The user wants to say the same. */
  readonly onReact: ((emoji: string) => void) | undefined;
}

/** More kinds than anybody reads. */
const MOST = 12;

/** The emoji under a bubble. What was said once cannot be taken back: the wire has no word for it. */
export function BubbleReactions({ reactions, onReact }: BubbleReactionsProps): ReactNode {
  const { t } = useText();
  return (
    <Row>
      {reactions.slice(0, MOST).map(({ emoji, mine, theirs }) => {
        const count = Number(mine) + Number(theirs);
        const who = mine && theirs ? 'reaction.both' : mine ? 'reaction.mine' : 'reaction.theirs';
        const open = onReact && !mine;
        return (
          <Chip
            key={emoji}
            as={open ? 'button' : 'span'}
            {...(open && { type: 'button', onClick: () => onReact(emoji) })}
            data-mine={mine || undefined}
          >
            <span aria-hidden="true">{plainLine(emoji, 16)}</span>
            <VisuallyHidden>{t(who, { emoji: plainLine(emoji, 16) })}</VisuallyHidden>
            {count > 1 && <b aria-hidden="true">{count}</b>}
          </Chip>
        );
      })}
    </Row>
  );
}

const Row = styled.div`
  display: flex;
  flex-wrap: wrap;
  gap: 4px;
  position: relative;
  z-index: 1;
  margin: -6px 6px 0;
`;

const Chip = styled.span`
  display: inline-flex;
  align-items: center;
  gap: 4px;
  min-height: 26px;
  margin: 0;
  padding: 0 8px;
  border: 2px solid var(--pc-color-surface);
  border-radius: 15px;
  background: var(--pc-color-fill);
  color: var(--pc-color-text);
  font: inherit;
  font-size: var(--pc-text-sm);
  line-height: 20px;

  button& {
    cursor: pointer;
  }
  button&:hover {
    background: var(--pc-color-fill-hover);
  }
  &[data-mine] {
    background: var(--pc-color-accent-soft);
  }
  & b {
    font-size: var(--pc-text-xs);
    font-weight: 600;
    color: var(--pc-color-accent-text);
  }
`;

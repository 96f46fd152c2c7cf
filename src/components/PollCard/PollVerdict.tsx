import type { ReactNode } from 'react';
import { styled } from 'styled-components';
import type { RecountState } from '../../hooks/polls/useRecount.ts';
import { Icon } from '../shared/Icon.tsx';
import { useLateText } from '../text/useLateText.ts';

/** What counting again came to. */
export function PollVerdict({ recount }: { readonly recount: RecountState }): ReactNode {
  const t = useLateText();
  const disagrees = recount.status === 'counted' && recount.agrees === false;
  const failed = recount.status === 'failed';
  return (
    <>
      <Status role="status">
        {recount.status === 'counting' && <Line>{t('poll.counting')}</Line>}
        {recount.status === 'counted' && !disagrees && (
          <Line data-good>
            <Icon name="shieldCheck" size={16} />
            <span>{t('poll.agrees', { count: recount.recount.counted.length })}</span>
          </Line>
        )}
      </Status>
      {(disagrees || failed) && (
        <Line role="alert" data-bad>
          <Icon name="shieldAlert" size={16} />
          <span>{t(disagrees ? 'poll.disagrees' : 'poll.uncounted')}</span>
        </Line>
      )}
    </>
  );
}

/** Always there, so that a change of it is read out; without a gap while it is empty. */
const Status = styled.div`
  &:empty {
    margin-block-start: -12px;
  }
`;

const Line = styled.div`
  display: flex;
  gap: 8px;
  align-items: flex-start;
  padding: 8px 10px;
  border-radius: calc(8px * var(--pc-roundness));
  font-size: var(--pc-text-sm);
  line-height: 18px;
  color: var(--pc-color-text-muted);

  & > :first-child {
    flex: none;
  }
  &[data-good] {
    color: var(--pc-color-verified);
    background: var(--pc-color-verified-soft);
  }
  &[data-bad] {
    color: var(--pc-color-danger);
    background: var(--pc-color-danger-soft);
  }
`;

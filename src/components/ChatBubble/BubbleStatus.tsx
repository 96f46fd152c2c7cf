import type { ReactNode } from 'react';
import { styled } from 'styled-components';
import type { FailedItem, OpenedItem, ThreadItem } from '../../client/state.ts';
import type { FailedMessageCallbacks } from '../parts/overrides.ts';
import { Icon } from '../shared/Icon.tsx';
import { Time } from '../shared/Time.tsx';
import { VisuallyHidden } from '../shared/VisuallyHidden.tsx';
import { useText } from '../text/useText.ts';
import { useErrorText } from '../text/useErrorText.ts';

export interface BubbleStatusProps extends FailedMessageCallbacks {
  readonly item: ThreadItem;
  readonly delivery: 'sent' | 'read' | undefined;
  readonly readers: ReactNode;
}

const LEVELS = { verified: 'shieldCheck', signed: 'shield' } as const;

/** The line under a bubble: how far it can be trusted, when it was written, what became of it. */
export function BubbleStatus({ item, delivery, readers, ...callbacks }: BubbleStatusProps): ReactNode {
  const { t } = useText();
  return (
    <Line>
      {(item.state === 'verified' || item.state === 'signed') && <Level item={item} />}
      {'encrypted' in item && !item.encrypted && (
        <>
          <Icon name="lockOpen" size={12} />
          <b>{t('bubble.notEncrypted')}</b>
        </>
      )}
      {item.state === 'failed' ? (
        <Failure item={item} {...callbacks} />
      ) : item.state === 'pending' ? (
        <>
          <Icon name="clock" size={12} />
          {t(item.delay ? 'bubble.waiting' : 'bubble.pending')}
        </>
      ) : (
        <Time value={item.timestamp} />
      )}
      {delivery && (readers || <Delivery delivery={delivery} />)}
    </Line>
  );
}

/** What became of an own message that a node has. */
export function Delivery({ delivery }: { readonly delivery: 'sent' | 'read' }): ReactNode {
  const { t } = useText();
  const became = t(`bubble.${delivery}`);
  return (
    <Mark title={became} data-delivery={delivery}>
      <Icon name={delivery === 'read' ? 'checks' : 'check'} size={14} />
      <VisuallyHidden>{became}</VisuallyHidden>
    </Mark>
  );
}

function Level({ item }: { readonly item: OpenedItem }): ReactNode {
  const { t } = useText();
  const words = t(`bubble.${item.state}`);
  return (
    <Mark title={words}>
      <Icon name={LEVELS[item.state]} size={12} />
      <VisuallyHidden>{words}.</VisuallyHidden>
      {item.mirrorDiffers === true && t('bubble.mirrorDiffers')}
    </Mark>
  );
}

function Failure({
  item,
  onRetry,
  onEdit,
  onDiscard,
}: FailedMessageCallbacks & { readonly item: FailedItem }): ReactNode {
  const { id, content, error } = item;
  const { t } = useText();
  const reason = useErrorText(error);
  return (
    <>
      <Failed>
        <Icon name="alert" size={12} />
        <b>{t('bubble.failed')}</b>
      </Failed>
      <VisuallyHidden>{reason}</VisuallyHidden>
      {onRetry && (
        <Choice type="button" onClick={() => onRetry(id)} title={reason}>
          {t('bubble.retry')}
        </Choice>
      )}
      {onEdit && content.type === 'Text' && (
        <Choice type="button" onClick={() => onEdit(item)}>
          {t('bubble.edit')}
        </Choice>
      )}
      {onDiscard && (
        <Choice type="button" data-quiet="" onClick={() => onDiscard(id)}>
          {t('bubble.discard')}
        </Choice>
      )}
    </>
  );
}

const Line = styled.div`
  display: inline-flex;
  flex-wrap: wrap;
  align-items: center;
  gap: 4px;
  position: relative;
  margin-top: 3px;
  padding-inline: 5px;
  font-size: var(--pc-text-xs);
  line-height: 16px;
  color: var(--pc-color-text-muted);

  & b {
    font-weight: 600;
  }
`;

const Mark = styled.span`
  display: inline-flex;
  align-items: center;
  gap: 4px;

  &[data-delivery='read'] {
    color: var(--pc-color-accent-text);
  }
`;

const Failed = styled(Mark)`
  color: var(--pc-color-danger);
`;

const Choice = styled.button`
  margin: 0;
  padding: 4px 3px;
  border: 0;
  border-radius: 6px;
  background: none;
  color: var(--pc-color-accent-text);
  font: inherit;
  font-weight: 600;
  cursor: pointer;

  &:hover {
    text-decoration: underline;
  }
  &[data-quiet] {
    color: var(--pc-color-text-muted);
  }
`;

import type { ReactNode } from 'react';
import { styled } from 'styled-components';
import type { ThreadItem } from '../../client/state.ts';
import { useChatWindow } from '../ChatWindow/chatWindowContext.ts';
import { IconButton } from '../shared/IconButton.tsx';
import { summarizeItem } from '../shared/summarize.ts';
import { useText } from '../text/useText.ts';

export interface ReplyStripProps {
  readonly item: ThreadItem;
  readonly close: () => void;
}

/** The message that the next one answers. */
export function ReplyStrip({ item, close }: ReplyStripProps): ReactNode {
  const { name } = useChatWindow();
  const { t, rich } = useText();
  return (
    <Root>
      <Words>
        <b>{item.from === 'me' ? t('reply.me') : rich('reply.peer', { name })}</b>
        <bdi>{summarizeItem(item, t)}</bdi>
      </Words>
      <IconButton icon="close" label={t('reply.cancel')} onClick={close} />
    </Root>
  );
}

const Root = styled.div`
  display: flex;
  align-items: center;
  gap: 8px;
  padding: 8px 6px 2px 14px;
`;

const Words = styled.div`
  flex: 1;
  min-width: 0;
  padding-inline-start: 9px;
  border-inline-start: 3px solid var(--pc-color-accent-text);
  font-size: var(--pc-text-sm);
  line-height: 17px;

  & > b {
    display: block;
    color: var(--pc-color-accent-text);
    font-weight: 600;
  }
  & > bdi {
    display: block;
    overflow: hidden;
    color: var(--pc-color-text-muted);
    text-overflow: ellipsis;
    white-space: nowrap;
  }
`;

import { useCallback, useMemo, type ReactNode } from 'react';
import { styled } from 'styled-components';
import type { FailedItem, Thread, ThreadItem } from '../../client/state.ts';
import { useDraft } from '../../hooks/useDraft.ts';
import { useNow } from '../../hooks/useNow.ts';
import { useSendMessage } from '../../hooks/useSendMessage.ts';
import { ChatBubble } from '../ChatBubble/ChatBubble.tsx';
import { formatDay } from '../shared/formatTime.ts';
import { Icon } from '../shared/Icon.tsx';
import { Tile } from '../shared/Placeholder.tsx';
import { arrangeItems } from './arrangeItems.ts';

export interface ThreadRowsProps {
  readonly thread: Thread;
}

/** Every message of a thread, with the days between them. */
export function ThreadRows({ thread: { peer, items, relation } }: ThreadRowsProps): ReactNode {
  const now = useNow();
  const { retry, discard } = useSendMessage(peer);
  const [, setDraft] = useDraft(peer);
  const rows = useMemo(() => arrangeItems(items), [items]);
  const byId = useMemo(() => new Map(items.map((item) => [item.id, item])), [items]);

  const sendAgain = useCallback(
    (id: string) => {
      // A second failure shows in the message itself.
      retry(id).catch(() => undefined);
    },
    [retry],
  );
  const edit = useCallback(
    ({ id, content }: FailedItem) => {
      if (content.type === 'Text') setDraft(content.content);
      discard(id);
    },
    [discard, setDraft],
  );

  return rows.map((row) => {
    if (row.kind === 'day') return <Day key={row.id}>{formatDay(row.timestamp, now)}</Day>;
    if (row.kind === 'encrypted') return <EncryptedFromHere key={row.id} />;
    const { item, joined, id } = row;
    return (
      <Row
        key={id}
        item={item}
        joined={joined}
        quoted={quotedBy(item, byId)}
        guarded={relation === 'request-received'}
        onRetry={sendAgain}
        onEdit={edit}
        onDiscard={discard}
      />
    );
  });
}

function quotedBy(item: ThreadItem, byId: ReadonlyMap<string, ThreadItem>): ThreadItem | undefined {
  return 'content' in item && item.content.type === 'Reply' ? byId.get(item.content.reference) : undefined;
}

function EncryptedFromHere(): ReactNode {
  return (
    <Notice>
      <SmallTile data-tone="plain">
        <Icon name="lock" size={16} />
      </SmallTile>
      <div>
        <b>Messages are encrypted from here</b>
        <p>Chat is set up on both sides, so only the two of you can read what follows.</p>
      </div>
    </Notice>
  );
}

const Day = styled.div`
  align-self: center;
  margin-block: 18px 0;
  color: var(--pc-color-text-muted);
  font-size: var(--pc-text-xs);
  font-weight: 550;
  line-height: 16px;

  &:first-child {
    margin-top: 4px;
  }
`;

const Row = styled(ChatBubble)`
  margin-top: 2px;

  &:is([data-joined='only'], [data-joined='first']) {
    margin-top: var(--pc-space-4);
  }
  ${Day} + & {
    margin-top: 10px;
  }
`;

const Notice = styled.aside`
  display: flex;
  gap: 12px;
  margin-top: 14px;
  padding: 12px 14px 12px 12px;
  border-radius: var(--pc-radius-md);
  background: var(--pc-color-surface-sunken);
  box-shadow: inset 0 0 0 1px var(--pc-color-line);
  font-size: var(--pc-text-sm);
  line-height: 18px;

  & b {
    font-weight: 600;
  }
  & p {
    margin: 1px 0 0;
    color: var(--pc-color-text-muted);
    text-wrap: pretty;
  }
`;

const SmallTile = styled(Tile)`
  width: 30px;
  height: 30px;
  margin: 0;
  border-radius: 9px;
`;

import { useCallback, useMemo, type ReactNode } from 'react';
import { styled } from 'styled-components';
import type { FailedItem, Thread, ThreadItem } from '../../client/state.ts';
import { useDraft } from '../../hooks/useDraft.ts';
import { useNow } from '../../hooks/useNow.ts';
import { useThreadNotices } from '../../hooks/useThreadNotices.ts';
import { useSendMessage } from '../../hooks/useSendMessage.ts';
import { ChatBubble } from '../ChatBubble/ChatBubble.tsx';
import { formatDay } from '../shared/formatTime.ts';
import { arrangeItems } from './arrangeItems.ts';
import { ThreadNotice } from './ThreadNotice.tsx';
import { useText } from '../text/useText.ts';

export interface ThreadRowsProps {
  readonly thread: Thread;
}

/** Every message of a thread, with the days between them. */
export function ThreadRows({ thread: { peer, items, relation } }: ThreadRowsProps): ReactNode {
  const now = useNow();
  const text = useText();
  const { retry, discard } = useSendMessage(peer);
  const [, setDraft] = useDraft(peer);
  const notices = useThreadNotices(peer);
  const rows = useMemo(() => arrangeItems(items, notices), [items, notices]);
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
    if (row.kind === 'day') return <Day key={row.id}>{formatDay(row.timestamp, now, text)}</Day>;
    if (row.kind === 'notice') return <ThreadNotice key={row.id} code={row.code} missing={row.missing} />;
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

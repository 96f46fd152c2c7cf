import { useMemo, useState, type ReactElement, type ReactNode, type RefObject } from 'react';
import { styled } from 'styled-components';
import type { Thread, ThreadItem } from '../../client/state.ts';
import { useDraft } from '../../hooks/useDraft.ts';
import { useNow } from '../../hooks/useNow.ts';
import { useRemoved } from '../../hooks/useRemoved.ts';
import { useSendMessage } from '../../hooks/useSendMessage.ts';
import { useThreadNotices } from '../../hooks/useThreadNotices.ts';
import { isGroupId, type Peer } from '../../protocol/peer.ts';
import { ChatBubble } from '../ChatBubble/ChatBubble.tsx';
import { FindNamesContext } from '../ChatBubble/findNamesContext.ts';
import { findOnChain } from '../ChatBubble/findOnChain.ts';
import type { FindNames } from '../ChatBubble/parseMarks.ts';
import type { DayProps, FailedMessageCallbacks } from '../parts/overrides.ts';
import { usePart, useSlots } from '../parts/usePart.ts';
import { LateGroupLine, LateGroupSender, LateMentions, LateReadBy } from '../groups/lateGroups.tsx';
import { useGroupMarks } from '../groups/useGroupMarks.ts';
import { useLongPress } from '../shared/useLongPress.ts';
import { formatDay } from '../shared/formatTime.ts';
import { useText } from '../text/useText.ts';
import { arrangeItems, type ThreadRow, type UnreadFrom } from './arrangeItems.ts';
import { BubbleMenu } from './BubbleMenu.tsx';
import { foldItems } from './foldItems.ts';
import { ThreadNotice } from './ThreadNotice.tsx';
import { openMenu, useRowFocus } from './useRowFocus.ts';
import { VirtualRows } from './VirtualRows.tsx';

export interface ThreadRowsProps {
  readonly thread: Thread;
  readonly unread: UnreadFrom | undefined;
  /** The element that scrolls. */
  readonly viewport: RefObject<HTMLDivElement | null>;
  /** The height of what stands in it before the rows, in pixels. */
  readonly above: number;
}

/** Every message of a thread, with the days between them; drawn are those in sight. */
export function ThreadRows({ thread, unread, viewport, above }: ThreadRowsProps): ReactNode {
  const { peer, items, relation, older } = thread;
  const isGroup = isGroupId(peer);
  const [find, setFind] = useState<FindNames>(() => findOnChain);
  const { t } = useText();
  const notices = useThreadNotices(peer);
  const isRemoved = useRemoved();
  const press = useLongPress(openMenu);
  const marks = useGroupMarks(peer, older === null ? undefined : items[0]?.timestamp);
  const folded = useMemo(() => foldItems(items), [items]);
  const rows = useMemo(() => {
    const shown = new Set(folded.items);
    return arrangeItems(items, { notices, unread, isHidden: (item) => !shown.has(item) || isRemoved(item), marks });
  }, [items, folded, notices, unread, isRemoved, marks]);
  const byId = useMemo(
    () => new Map(items.flatMap((item) => (isRemoved(item) ? [] : [[item.id, item]]))),
    [items, isRemoved],
  );
  const callbacks = useFailedMessages(peer);
  const { list, jumpTo, focused, noteFocus } = useRowFocus(rows, viewport);

  const { bubble: Bubble = ChatBubble, day: DayMark = DaySeparator, notice: Notice = ThreadNotice } = useSlots();

  const draw = (row: ThreadRow): ReactElement => {
    if (row.kind === 'day') return <DayMark key={row.id} timestamp={row.timestamp} />;
    if (row.kind === 'unread') {
      return (
        <Unread key={row.id} role="separator">
          {t('thread.unread', { count: row.count })}
        </Unread>
      );
    }
    if (row.kind === 'mark') {
      return (
        <Mark key={row.id}>
          <LateGroupLine id={row.id} />
        </Mark>
      );
    }
    if (row.kind === 'notice') return <Notice key={row.id} code={row.code} missing={row.missing} />;
    const { item, joined, id } = row;
    const quoted = quotedBy(item, byId);
    const reactions = folded.reactions.get(id);
    const said = new Set(reactions?.flatMap(({ emoji, mine }) => (mine ? [emoji] : [])));
    return (
      <Row
        as={Bubble}
        key={id}
        item={item}
        joined={joined}
        quoted={quoted}
        guarded={relation === 'request-received'}
        data-row={id}
        data-group={isGroup || undefined}
        tabIndex={-1}
        onFocus={noteFocus}
        {...press}
        onQuote={jumpTo}
        reactions={reactions}
        sender={
          isGroup && item.from === 'peer' && item.sender ? (
            <LateGroupSender did={item.sender} joined={joined} item={item} />
          ) : undefined
        }
        delivery={deliveryOf(item, folded.readUntil)}
        readers={isGroup && item.from === 'me' && <LateReadBy item={item} />}
        actions={item.verification && <BubbleMenu item={item} said={said} />}
        {...callbacks}
      />
    );
  };
  return (
    <FindNamesContext.Provider value={find}>
      {isGroup && <LateMentions setFind={setFind} />}
      <VirtualRows list={list} viewport={viewport} above={above} rows={rows} keep={focused}>
        {draw}
      </VirtualRows>
    </FindNamesContext.Provider>
  );
}

function DaySeparator({ timestamp }: DayProps): ReactNode {
  const now = useNow();
  const text = useText();
  return <Day {...usePart('day', { role: 'separator' })}>{formatDay(timestamp, now, text)}</Day>;
}

/** What can be done about messages that were not sent. */
function useFailedMessages(peer: Peer): FailedMessageCallbacks {
  const { retry, discard } = useSendMessage(peer);
  const [, setDraft] = useDraft(peer);
  return useMemo(
    () => ({
      onRetry: (id) => {
        // A second failure shows in the message itself.
        retry(id).catch(() => undefined);
      },
      onEdit: ({ id, content }) => {
        if (content.type === 'Text') setDraft(content.content);
        discard(id);
      },
      onDiscard: discard,
    }),
    [retry, discard, setDraft],
  );
}

/** What became of an own message that a node has. */
function deliveryOf({ from, state, timestamp }: ThreadItem, readUntil: number): 'sent' | 'read' | undefined {
  if (from !== 'me' || (state !== 'verified' && state !== 'signed')) return undefined;
  return timestamp <= readUntil ? 'read' : 'sent';
}

function quotedBy(item: ThreadItem, byId: ReadonlyMap<string, ThreadItem>): ThreadItem | undefined {
  return 'content' in item && item.content.type === 'Reply' ? byId.get(item.content.reference) : undefined;
}

const Day = styled.div`
  padding-block: 18px 0;
  color: var(--pc-color-text-muted);
  font-size: var(--pc-text-xs);
  font-weight: 550;
  line-height: 16px;
  text-align: center;
`;

/** As tall as its line will be: a row without height would not be drawn, and its line never loaded. */
const Mark = styled.div`
  min-height: 30px;
`;

const Unread = styled(Day)`
  display: flex;
  align-items: center;
  gap: 10px;
  color: var(--pc-color-accent-text);

  &::before,
  &::after {
    content: '';
    flex: 1;
    height: 1px;
    background: currentColor;
    opacity: 0.35;
  }
`;

const Row = styled(ChatBubble)`
  padding-top: 2px;

  &:is([data-joined='only'], [data-joined='first']) {
    padding-top: var(--pc-space-4);
  }
  /* Room for the picture of who wrote it. */
  &[data-group][data-from='peer'] {
    padding-inline-start: 36px;
  }
  &:focus-visible {
    outline-offset: 2px;
  }
`;

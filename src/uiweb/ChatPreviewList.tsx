import { useEffect, type ReactNode } from 'react';
import { ChatList } from '../components/ChatList/ChatList.tsx';
import { RequestList } from '../components/RequestList/RequestList.tsx';
import { useChats } from '../hooks/useChats.ts';
import { useRequests } from '../hooks/useRequests.ts';
import { refuse } from './refuse.ts';

export interface ChatPreviewListProps {
  /** @default 'CHATS' */
  readonly listType?: 'CHATS' | 'REQUESTS' | undefined;
  /** Twice the account: it is what `chatId` of `ChatView` takes. */
  readonly onChatSelected?: ((chatId: string, participant: string) => void) | undefined;
  /** How many conversations of the list hold something unread. */
  readonly onUnreadCountChange?: ((count: number) => void) | undefined;
  /** How many conversations the list holds so far. */
  readonly onChatsCountChange?: ((count: number) => void) | undefined;
}

const REFUSED = {
  overrideAccount: 'chats are those of the signer’s account.',
  prefillChatPreviewList: 'the list comes from the Push Node.',
  searchParamter: 'ChatList has `search`.',
  onPreload: 'useChats() says how far the list is loaded.',
  onPaging: 'useChats() says how far the list is loaded.',
  onLoading: 'useChats() says how far the list is loaded.',
};

/**
 * `ChatList` or `RequestList` under the old name.
 * @throws {PushChatError} `InvalidConfig` for props that would do nothing
 */
export function ChatPreviewList({
  listType = 'CHATS',
  onChatSelected,
  onUnreadCountChange,
  onChatsCountChange,
  ...props
}: ChatPreviewListProps): ReactNode {
  refuse('ChatPreviewList', props, REFUSED);
  const [chats, requests] = [useChats().items, useRequests().items];
  const items = listType === 'CHATS' ? chats : requests;
  const unread = items.filter((row) => row.unread > 0).length;
  useEffect(() => onUnreadCountChange?.(unread), [onUnreadCountChange, unread]);
  useEffect(() => onChatsCountChange?.(items.length), [onChatsCountChange, items.length]);
  const List = listType === 'CHATS' ? ChatList : RequestList;
  return <List onSelect={(peer) => onChatSelected?.(peer, peer)} />;
}

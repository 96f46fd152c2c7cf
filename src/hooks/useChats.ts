import { useChatSummaries, type ChatSummaries } from './useChatSummaries.ts';

/**
 * The accepted chats.
 * @example const { items, loadMore, hasMore } = useChats();
 */
export const useChats = (): ChatSummaries => useChatSummaries('chats');

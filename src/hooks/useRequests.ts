import { useChatSummaries, type ChatSummaries } from './useChatSummaries.ts';

/**
 * The strangers who wait for an answer.
 * @example const { items } = useRequests();
 */
export const useRequests = (): ChatSummaries => useChatSummaries('requests');

import { useCallback, useEffect } from 'react';
import type { GroupMember, Loading } from '../client/state.ts';
import { isGroupId } from '../protocol/peer.ts';
import { useAction } from './useAction.ts';
import { usePushChat } from './usePushChat.ts';
import { useStore } from './useStore.ts';

/** Members of a group, in the order admins, members, invited. */
export interface GroupMembersView {
  readonly items: readonly GroupMember[];
  readonly loading: Loading;
  readonly hasMore: boolean;
  readonly loadMore: () => Promise<void>;
  /** Reads the first page anew, as after a failure. */
  readonly reload: () => Promise<void>;
}

const NONE: readonly GroupMember[] = [];
const IDLE: Loading = { status: 'idle' };

/**
 * The members of a group, page by page; the first is loaded by itself, and what is here is kept up to date.
 * @example const { items, hasMore, loadMore } = useGroupMembers(chatId);
 */
export function useGroupMembers(chatId: string): GroupMembersView {
  const { groups } = usePushChat();
  const id = isGroupId(chatId) ? chatId : undefined;
  const ready = useStore((state) => state.session.status === 'ready');
  const members = useStore((state) => (id ? state.groupMembers[id] : undefined));
  const [, loadMore] = useAction(useCallback(() => groups.loadMembers(chatId), [groups, chatId]));
  const [, reload] = useAction(useCallback(() => groups.loadMembers(chatId, 1), [groups, chatId]));
  const wanted = ready && id !== undefined && members === undefined;
  useEffect(() => {
    if (wanted) void reload();
  }, [wanted, reload]);
  const { items = NONE, loading = IDLE, nextPage = null } = members ?? {};
  return { items, loading, hasMore: loading.status === 'loaded' && nextPage !== null, loadMore, reload };
}

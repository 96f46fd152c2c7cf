import { useCallback, useEffect } from 'react';
import type { Group } from '../client/state.ts';
import { isGroupId } from '../protocol/peer.ts';
import { useAction, type ActionState } from './useAction.ts';
import { usePushChat } from './usePushChat.ts';
import { useStore } from './useStore.ts';

/** A group, as far as it is known. */
export interface GroupView {
  /** Undefined until it is read or listed, and for what is no group's chat id. */
  readonly group: Group | undefined;
  /** How reading it stands. */
  readonly state: ActionState;
  /** Reads it anew, as after a failure. */
  readonly reload: () => Promise<void>;
}

/**
 * A group by its chat id, read with its proofs once the session is ready, and kept up to date.
 * @example const { group } = useGroup(chatId); group?.membership === 'proven';
 */
export function useGroup(chatId: string): GroupView {
  const { groups } = usePushChat();
  const id = isGroupId(chatId) ? chatId : undefined;
  const ready = useStore((state) => state.session.status === 'ready');
  const group = useStore((state) => (id ? state.groups[id] : undefined));
  const [state, reload] = useAction(useCallback(() => groups.load(chatId), [groups, chatId]));
  const wanted = ready && id !== undefined && (group === undefined || group.membership === 'listed');
  useEffect(() => {
    if (wanted) void reload();
  }, [wanted, reload]);
  return { group, state, reload };
}

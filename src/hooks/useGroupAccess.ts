import { useCallback, useEffect, useState } from 'react';
import { isGroupId } from '../protocol/peer.ts';
import type { GroupAccess } from '../protocol/groups/accessRules.ts';
import { useAction, type ActionState } from './useAction.ts';
import { usePushChat } from './usePushChat.ts';
import { useStore } from './useStore.ts';

/** Whether the user may come into a group and write there. */
export interface GroupAccessView {
  /** Undefined until the node has answered. Its word alone says what is met: `saidBy` names it. */
  readonly access: GroupAccess | undefined;
  readonly state: ActionState;
  /** Asks again, as after the user has bought what was asked for. */
  readonly reload: () => Promise<void>;
}

/**
 * The rules of a group in words, and whether this account meets them.
 * @example const { access } = useGroupAccess(chatId); access?.mayEnter;
 */
export function useGroupAccess(chatId: string): GroupAccessView {
  const { groups } = usePushChat();
  const me = useStore(({ session }) => (session.status === 'ready' ? session.did : undefined));
  const [found, setFound] = useState<{ readonly chatId: string; readonly me: string; readonly access: GroupAccess }>();
  const [state, reload] = useAction(
    useCallback(async () => {
      const access = await groups.access(chatId);
      if (me !== undefined) setFound({ chatId, me, access });
    }, [groups, chatId, me]),
  );
  const wanted = me !== undefined && isGroupId(chatId);
  useEffect(() => {
    if (wanted) void reload();
  }, [wanted, reload]);
  const access = found?.chatId === chatId && found.me === me ? found.access : undefined;
  return { access, state, reload };
}

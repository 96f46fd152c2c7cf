import { useCallback, useMemo } from 'react';
import type { GroupChanges } from '../client/actions/groups/updateGroup.ts';
import type { GroupActOptions } from '../client/groups/postAct.ts';
import type { PushChatError } from '../errors.ts';
import { useAction } from './useAction.ts';
import { usePushChat } from './usePushChat.ts';

/** What a member, or an admin, can do in a group. */
export type GroupAction =
  | 'update'
  | 'addMembers'
  | 'removeMembers'
  | 'setRole'
  | 'join'
  | 'decline'
  | 'leave'
  | 'renewSecret'
  | 'acceptMembers';

/**
 * Everything that can be done in a group, one at a time. No command rejects: it resolves to whether it was done, and
 * `error` says why not; of `MembersUnconfirmed` its `concerns` name whom the user has to agree to.
 */
export interface GroupActions {
  readonly update: (changes: GroupChanges) => Promise<boolean>;
  /** Invites accounts in any spelling. @param role @default 'member' */
  readonly addMembers: (accounts: readonly string[], role?: 'admin' | 'member') => Promise<boolean>;
  readonly removeMembers: (accounts: readonly string[], options?: GroupActOptions) => Promise<boolean>;
  readonly setRole: (accounts: readonly string[], role: 'admin' | 'member') => Promise<boolean>;
  /** Accepts an invitation, or joins where the group lets in. */
  readonly join: (options?: GroupActOptions) => Promise<boolean>;
  readonly decline: () => Promise<boolean>;
  readonly leave: (options?: GroupActOptions) => Promise<boolean>;
  /** Gives a private group a session key, or its next one. */
  readonly renewSecret: (options?: GroupActOptions) => Promise<boolean>;
  /** Agrees to have these read what is written from now on, by the names that concerns have. */
  readonly acceptMembers: (names: readonly string[]) => Promise<boolean>;
  readonly pending: GroupAction | null;
  readonly error: PushChatError | null;
}

/**
 * Changes a group, and its members.
 * @example const { addMembers, pending, error } = useGroupActions(chatId);
 */
export function useGroupActions(chatId: string): GroupActions {
  const client = usePushChat();
  const [state, run] = useAction(
    useCallback(async (_: GroupAction, command: () => Promise<unknown>) => {
      await command();
      return true;
    }, []),
  );
  const commands = useMemo(() => {
    const { groups, rejectRequest } = client;
    const perform = async (action: GroupAction, command: () => Promise<unknown>): Promise<boolean> =>
      (await run(action, command)) === true;
    return {
      update: (changes: GroupChanges) => perform('update', () => groups.update(chatId, changes)),
      addMembers: (accounts: readonly string[], role?: 'admin' | 'member') =>
        perform('addMembers', () => groups.addMembers(chatId, accounts, role)),
      removeMembers: (accounts: readonly string[], options?: GroupActOptions) =>
        perform('removeMembers', () => groups.removeMembers(chatId, accounts, options)),
      setRole: (accounts: readonly string[], role: 'admin' | 'member') =>
        perform('setRole', () => groups.setRole(chatId, accounts, role)),
      join: (options?: GroupActOptions) => perform('join', () => groups.join(chatId, options)),
      decline: () => perform('decline', () => rejectRequest(chatId)),
      leave: (options?: GroupActOptions) => perform('leave', () => groups.leave(chatId, options)),
      renewSecret: (options?: GroupActOptions) => perform('renewSecret', () => groups.renewSecret(chatId, options)),
      acceptMembers: (names: readonly string[]) => perform('acceptMembers', () => groups.acceptMembers(chatId, names)),
    };
  }, [client, chatId, run]);
  return {
    ...commands,
    pending: state.status === 'pending' ? state.args[0] : null,
    error: state.status === 'failed' ? state.error : null,
  };
}

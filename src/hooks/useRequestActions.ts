import { useCallback } from 'react';
import type { PushChatError } from '../errors.ts';
import { useAction } from './useAction.ts';
import { usePushChat } from './usePushChat.ts';

/** What a user can decide about a peer. */
export type RequestAction = 'accept' | 'reject' | 'block' | 'unblock';

/** The decisions, one at a time, and how the last one stands. */
export interface RequestActions extends Readonly<Record<RequestAction, () => Promise<void>>> {
  readonly pending: RequestAction | null;
  readonly error: PushChatError | null;
}

/**
 * Answers a peer's request, blocks and unblocks.
 * @example const { accept, pending } = useRequestActions(peer);
 */
export function useRequestActions(peer: string): RequestActions {
  const client = usePushChat();
  const [state, run] = useAction(
    useCallback(
      (action: RequestAction) => {
        const commands = {
          accept: client.acceptRequest,
          reject: client.rejectRequest,
          block: client.blockUser,
          unblock: client.unblockUser,
        };
        return commands[action](peer);
      },
      [client, peer],
    ),
  );
  return {
    accept: () => run('accept'),
    reject: () => run('reject'),
    block: () => run('block'),
    unblock: () => run('unblock'),
    pending: state.status === 'pending' ? state.args[0] : null,
    error: state.status === 'failed' ? state.error : null,
  };
}

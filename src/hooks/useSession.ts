import { useEffect } from 'react';
import type { Session } from '../client/state.ts';
import type { UnlockOptions } from '../client/keys/keepUnlocked.ts';
import { useAction, type ActionState } from './useAction.ts';
import { usePushChat } from './usePushChat.ts';
import { useStore } from './useStore.ts';

/** Whether this client holds its account's keys, and the way to get them. */
export interface SessionView {
  readonly session: Session;
  /** Asks the wallet; call it from a user's gesture. */
  readonly unlock: (options?: UnlockOptions) => Promise<void>;
  readonly unlockState: ActionState<[options?: UnlockOptions | undefined]>;
  /** Whether the user is to be asked if the keys may stay on this device; the answer is `unlock`'s `keep`. */
  readonly asksToKeep: boolean;
}

/**
 * The session of the nearest provider's wallet.
 * @example const { session, unlock } = useSession();
 */
export function useSession(): SessionView {
  const session = useStore((state) => state.session);
  const client = usePushChat();
  const [unlockState, unlock] = useAction(client.unlock);
  // Who shows the session is about to have it unlocked.
  useEffect(() => client.prepare?.(), [client]);
  return { session, unlock, unlockState, asksToKeep: client.asksToKeep };
}

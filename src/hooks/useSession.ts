import type { Session } from '../client/state.ts';
import { useAction, type ActionState } from './useAction.ts';
import { usePushChat } from './usePushChat.ts';
import { useStore } from './useStore.ts';

/** Whether this client holds its account's keys, and the way to get them. */
export interface SessionView {
  readonly session: Session;
  /** Asks the wallet; call it from a user's gesture. */
  readonly unlock: () => Promise<void>;
  readonly unlockState: ActionState;
}

/**
 * The session of the nearest provider's wallet.
 * @example const { session, unlock } = useSession();
 */
export function useSession(): SessionView {
  const session = useStore((state) => state.session);
  const [unlockState, unlock] = useAction(usePushChat().unlock);
  return { session, unlock, unlockState };
}

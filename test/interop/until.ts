import type { PushChatClient } from '../../src/client/PushChatClient.ts';
import type { ChatState } from '../../src/client/state.ts';

const WAIT_MS = 15_000;

/** Resolves with the first state, the present one included, in which `pick` finds something. */
export function until<Found>(
  { store }: PushChatClient,
  what: string,
  pick: (state: ChatState) => Found | false | null | undefined,
): Promise<Found> {
  return new Promise((resolve, reject) => {
    const look = (): boolean => {
      const found = pick(store.get());
      if (found === false || found === null || found === undefined) return false;
      resolve(found);
      return true;
    };
    if (look()) return;
    const stop = store.subscribe(() => {
      if (!look()) return;
      clearTimeout(timer);
      stop();
    });
    const timer = setTimeout(() => {
      stop();
      reject(new Error(`Our client never came to: ${what}. ${JSON.stringify(store.get())}`));
    }, WAIT_MS);
  });
}

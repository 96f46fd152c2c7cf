import type { PushChatClient } from '../client/PushChatClient.ts';
import type { ChatState } from '../client/state.ts';

/**
 * Waits, without sleeping, until a client's state has something.
 * @returns what `select` found; a test's own time limit ends it where it finds nothing
 * @example const request = await until(bob.client, ({ requests }) => requests.items[0]);
 */
export function until<Found>(
  { store }: Pick<PushChatClient, 'store'>,
  select: (state: ChatState) => Found | undefined | null | false,
): Promise<Found> {
  return new Promise((resolve) => {
    const look = (): void => {
      const found = select(store.get());
      if (found === undefined || found === null || found === false) return;
      stop();
      resolve(found);
    };
    const stop = store.subscribe(look);
    look();
  });
}

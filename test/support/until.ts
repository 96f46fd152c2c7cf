import type { PushChatClient } from '../../src/client/PushChatClient.ts';
import type { ChatState, ThreadItem } from '../../src/client/state.ts';
import type { Peer } from '../../src/protocol/peer.ts';

/** Resolves as soon as the client's state fits; the test's own time limit is the only clock. */
export function until(client: PushChatClient, fits: (state: ChatState) => boolean): Promise<ChatState> {
  return new Promise((resolve) => {
    const check = (): boolean => {
      const state = client.store.get();
      if (!fits(state)) return false;
      resolve(state);
      return true;
    };
    if (check()) return;
    const stop = client.store.subscribe(() => {
      if (check()) stop();
    });
  });
}

export const itemsOf = (client: PushChatClient, peer: Peer): readonly ThreadItem[] =>
  client.store.get().threads[peer]?.items ?? [];

/** What a thread shows: the text of opened messages, the state of all others. */
export const textsOf = (client: PushChatClient, peer: Peer): string[] =>
  itemsOf(client, peer).map((item) =>
    'content' in item && typeof item.content.content === 'string' ? item.content.content : `<${item.state}>`,
  );

export const text = (content: string): { readonly type: 'Text'; readonly content: string } => ({
  type: 'Text',
  content,
});

import { useCallback, useSyncExternalStore } from 'react';
import type { PushChatClient } from '../client/PushChatClient.ts';
import { createStore, type Store } from '../client/store.ts';
import { usePushChat } from './usePushChat.ts';

type Drafts = Readonly<Record<string, string>>;

/** In memory only, by client: a draft outlives the composer but not the page, and never meets another wallet. */
const drafts = new WeakMap<PushChatClient, Store<Drafts>>();

function draftsOf(client: PushChatClient): Store<Drafts> {
  const known = drafts.get(client);
  if (known) return known;
  const made = createStore<Drafts>({});
  drafts.set(client, made);
  return made;
}

/** Takes the new text, or makes it of the present one. */
export type SetDraft = (text: string | ((now: string) => string)) => void;

/**
 * What the user has written to a peer and not yet sent; `peer` is the same spelling everywhere.
 * @example const [draft, setDraft] = useDraft(peer);
 */
export function useDraft(peer: string): [draft: string, setDraft: SetDraft] {
  const store = draftsOf(usePushChat());
  const snapshot = (): string => store.get()[peer] ?? '';
  const draft = useSyncExternalStore(store.subscribe, snapshot, snapshot);
  const setDraft = useCallback<SetDraft>(
    (text) => {
      const known = store.get();
      store.set({ ...known, [peer]: typeof text === 'string' ? text : text(known[peer] ?? '') });
    },
    [store, peer],
  );
  return [draft, setDraft];
}

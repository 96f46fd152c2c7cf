import { asPushChatError, type PushChatError } from '../errors.ts';
import { isDid, parseDid } from '../protocol/did.ts';
import type { Vault } from './storage/vault.ts';
import { createStore, type ReadonlyStore } from './store.ts';

/** Texts that were written and not sent, by peer. */
export type DraftTexts = Readonly<Record<string, string>>;

/** What the user has written and not sent. */
export interface Drafts {
  readonly store: ReadonlyStore<DraftTexts>;
  /** An empty text is none. */
  readonly set: (peer: string, text: string) => void;
  /** Shows what a vault has of an account, and from now on keeps what is written there. */
  readonly open: (vault: Vault) => Promise<void>;
  /** Forgets what is shown, which stays in its vault. */
  readonly close: () => void;
}

/** One draft for a peer, however it is spelled. */
const nameOf = (peer: string): string => (isDid(peer) ? parseDid(peer) : peer);

export const draftOf = (texts: DraftTexts, peer: string): string => texts[nameOf(peer)] ?? '';

/** @param warn hears of drafts that could not be kept, which then live as long as the page */
export function createDrafts(warn: (error: PushChatError) => void): Drafts {
  const store = createStore<DraftTexts>({});
  const unsaved = new Set<string>();
  let vault: Vault | undefined;
  let saving: Promise<void> | undefined;

  /** Every key that is pressed changes a draft: whatever changes while one is written is written once, afterwards. */
  const saveAll = async (into: Vault): Promise<void> => {
    for (let [name] = unsaved; name !== undefined && into === vault; [name] = unsaved) {
      unsaved.delete(name);
      const text = store.get()[name] ?? '';
      await (text === '' ? into.delete('draft', name) : into.put('draft', name, text));
    }
  };
  const save = (): void => {
    if (!vault || saving) return;
    const into = vault;
    saving = saveAll(into)
      .catch((error: unknown) => warn(asPushChatError(error)))
      .finally(() => {
        saving = undefined;
        if (unsaved.size > 0) save();
      });
  };

  return {
    store,
    set: (peer, text) => {
      const name = nameOf(peer);
      store.set({ ...store.get(), [name]: text });
      unsaved.add(name);
      save();
    },
    open: async (opened) => {
      vault = opened;
      try {
        const kept = await opened.list('draft');
        if (vault !== opened) return;
        const texts = Object.fromEntries(kept.map(({ name, value }) => [name, value as string]));
        // What was written meanwhile is newer.
        store.set({ ...texts, ...store.get() });
      } catch (error) {
        warn(asPushChatError(error));
      }
      save();
    },
    close: () => {
      vault = undefined;
      unsaved.clear();
      store.set({});
    },
  };
}

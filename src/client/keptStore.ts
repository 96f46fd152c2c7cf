import { asPushChatError, type PushChatError } from '../errors.ts';
import type { Vault, VaultKind } from './storage/vault.ts';
import { createStore, type ReadonlyStore, type Store } from './store.ts';

/** What the user has left on this device, by name. */
export interface KeptStore<Value> {
  readonly store: ReadonlyStore<Readonly<Record<string, Value>>>;
  /** Undefined for none. */
  readonly set: (name: string, value: Value | undefined) => void;
  /**
   * Shows what a vault has of an account, and from now on keeps what is set there.
   * @param changed is called whenever something was kept
   */
  readonly open: (vault: Vault, changed?: () => void) => Promise<void>;
  /** Shows what the vault has by now, since another tab may have changed it. */
  readonly reload: () => Promise<void>;
  /** Forgets what is shown, which stays in its vault. */
  readonly close: () => void;
}

/**
 * @param warn hears of what could not be kept, which then lives as long as the page
 * @param store what is shown, where somebody shows it already
 */
export function createKeptStore<Value>(
  kind: VaultKind,
  warn: (error: PushChatError) => void,
  store: Store<Readonly<Record<string, Value>>> = createStore({}),
): KeptStore<Value> {
  const unsaved = new Set<string>();
  let vault: Vault | undefined;
  let saving: Promise<void> | undefined;
  let kept: (() => void) | undefined;

  /** Every key that is pressed changes a draft: whatever changes while one is written is written once, afterwards. */
  const saveAll = async (into: Vault): Promise<void> => {
    for (let [name] = unsaved; name !== undefined && into === vault; [name] = unsaved) {
      unsaved.delete(name);
      const value = store.get()[name];
      await (value === undefined ? into.delete(kind, name) : into.put(kind, name, value));
      kept?.();
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
    set: (name, value) => {
      const { [name]: _, ...others } = store.get();
      store.set(value === undefined ? others : { ...others, [name]: value });
      unsaved.add(name);
      save();
    },
    reload: async () => {
      if (!vault) return;
      const read = vault;
      const found = await read.list(kind);
      if (vault !== read) return;
      const mine = Object.entries(store.get()).filter(([name]) => unsaved.has(name));
      const theirs = found.filter(({ name }) => !unsaved.has(name)).map(({ name, value }) => [name, value as Value]);
      store.set(Object.fromEntries([...theirs, ...mine]) as Record<string, Value>);
    },
    open: async (opened, changed) => {
      vault = opened;
      kept = changed;
      try {
        const kept = await opened.list(kind);
        if (vault !== opened) return;
        // What was set meanwhile is newer.
        const older = kept.filter(({ name }) => !unsaved.has(name)).map(({ name, value }) => [name, value as Value]);
        store.set({ ...(Object.fromEntries(older) as Record<string, Value>), ...store.get() });
      } catch (error) {
        warn(asPushChatError(error));
      }
      save();
    },
    close: () => {
      vault = undefined;
      kept = undefined;
      unsaved.clear();
      store.set({});
    },
  };
}

import { asPushChatError, type PushChatError } from '../errors.ts';
import type { Chains } from '../protocol/chain.ts';
import { createHolderRules } from './chain/holderRules.ts';
import type { NodeContext } from './context.ts';
import type { NodeStore } from './store/store.ts';
import { appendEntry } from './tables/journal.ts';

/** A node that takes acts with every check, and serves nobody: for looking after a store. */
export function createOfflineNode(
  store: NodeStore,
  { chains = new Map(), warn }: { readonly chains?: Chains; readonly warn: (error: PushChatError) => void },
): NodeContext {
  const rules = createHolderRules(chains);
  return {
    store,
    commit: (change) =>
      store.write((rows) => change({ ...rows, tell: () => undefined, record: (entry) => appendEntry(rows, entry) })),
    chains,
    rules: { entry: rules, chat: rules },
    now: Date.now,
    warn: (error) => warn(asPushChatError(error)),
  };
}

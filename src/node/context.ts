import type { PushChatError } from '../errors.ts';
import type { Did } from '../protocol/did.ts';
import type { Chains } from '../protocol/chain.ts';
import type { Limits } from './limits/limits.ts';
import type { RuleChecker } from './rules.ts';
import type { NodeStore, WritableRows } from './store/store.ts';
import type { JournalEntry } from './tables/journal.ts';

/** What every verb of a node works with. */
export interface NodeContext {
  readonly store: NodeStore;
  /** One transaction of the store; whoever it tells hears of it when it is durable. */
  readonly commit: <Result>(change: (tx: Transaction) => Promise<Result>) => Promise<Result>;
  /** Who can tell the owners of contract wallets and tokens. */
  readonly chains: Chains;
  /** Judge the conditions of groups: for coming in, and for writing, where access lasts (protocol 5.7). */
  readonly rules: Readonly<Record<'entry' | 'chat', RuleChecker>>;
  /** What each caller has left; absent where nobody is limited. */
  readonly limits?: Limits;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Hears of failures that callers are not told the reason of. */
  readonly warn: (error: PushChatError) => void;
}

export interface Transaction extends WritableRows {
  /**
   * Has the listeners of one account, or of many, told, at least once: kept with the change, and delivered when that is
   * durable.
   */
  readonly tell: (to: Did | readonly Did[], event: string, payload: object) => void;
  /** Writes down an act for the nodes that follow this one. @returns its number */
  readonly record: (entry: JournalEntry) => Promise<number>;
}

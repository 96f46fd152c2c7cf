import type { PushChatError } from '../errors.ts';
import type { Did } from '../protocol/did.ts';
import type { Chains } from './chain/chain.ts';
import type { NodeStore, WritableRows } from './store/store.ts';
import type { JournalEntry } from './tables/journal.ts';

/** What every verb of a node works with. */
export interface NodeContext {
  readonly store: NodeStore;
  /** One transaction of the store; whoever it tells hears of it when it is durable. */
  readonly commit: <Result>(change: (tx: Transaction) => Promise<Result>) => Promise<Result>;
  /** Who can tell the owners of contract wallets and tokens. */
  readonly chains: Chains;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Hears of failures that callers are not told the reason of. */
  readonly warn: (error: PushChatError) => void;
}

export interface Transaction extends WritableRows {
  /** Has an account's listeners told, at least once: kept with the change, and delivered when that is durable. */
  readonly tell: (did: Did, event: string, payload: object) => void;
  /** Writes down an act for the nodes that follow this one. */
  readonly record: (entry: JournalEntry) => Promise<void>;
}

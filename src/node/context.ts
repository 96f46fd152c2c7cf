import type { PushChatError } from '../errors.ts';
import type { Delivery } from './delivery.ts';
import type { NodeStore } from './store.ts';

/** What every route of a node works with. */
export interface NodeContext {
  readonly store: NodeStore;
  readonly delivery: Delivery;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Hears of failures that callers are not told the reason of. */
  readonly warn: (error: PushChatError) => void;
}

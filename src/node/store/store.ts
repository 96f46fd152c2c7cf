/** A kind of record, each found by its key. The type of its values is known to the compiler alone. */
export interface Table<Value> {
  readonly name: string;
  readonly valueType?: Value;
}

export const table = <Value>(name: string): Table<Value> => ({ name });

export interface Row<Value> {
  readonly key: string;
  readonly value: Value;
}

/** Part of a table, in the plain order of its keys. */
export interface Range {
  /** Only keys that begin with this. @default every key */
  readonly prefix?: string;
  /** Only keys beyond this one, in the direction of reading. */
  readonly after?: string;
  /** Rows to pass over. @default 0 */
  readonly offset?: number;
  readonly limit: number;
  /** From the last key to the first. @default false */
  readonly descending?: boolean;
}

/** Values are JSON; they come back with their keys in the order they were written, which senders have signed. */
export interface Rows {
  readonly get: <Value>(table: Table<Value>, key: string) => Promise<Value | undefined>;
  readonly list: <Value>(table: Table<Value>, range: Range) => Promise<readonly Row<Value>[]>;
  readonly count: <Value>(table: Table<Value>, prefix?: string) => Promise<number>;
}

export interface WritableRows extends Rows {
  readonly put: <Value>(table: Table<Value>, key: string, value: Value) => Promise<void>;
  readonly delete: <Value>(table: Table<Value>, key: string) => Promise<void>;
}

/**
 * Everything a Push Node remembers: tables of ordered keys, in transactions. Queries and changes must wait for nothing
 * but their rows, and must not begin another read or write of the store.
 */
export interface NodeStore {
  /** One moment of the store. */
  readonly read: <Result>(query: (rows: Rows) => Promise<Result>) => Promise<Result>;
  /**
   * One transaction: alone among all processes that share the store, whole or not at all, and durable before it
   * resolves. A head is therefore compared and set simply by reading it first. Transactions resolve in their order.
   * @param change is run once more, from the beginning, when what it shared a commit with could not be stored
   * @throws {PushChatError} `StoreUnavailable` when it could not be made durable, and whatever `change` throws
   */
  readonly write: <Result>(change: (rows: WritableRows) => Promise<Result>) => Promise<Result>;
  /** Finishes what is under way. */
  readonly close: () => Promise<void>;
}

/** After every key that begins with the prefix: keys are ASCII. */
export const endOf = (prefix: string): string => `${prefix}\uffff`;

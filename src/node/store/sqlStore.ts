import { asPushChatError, PushChatError } from '../../errors.ts';
import { endOf, type NodeStore, type Rows, type WritableRows } from './store.ts';

export type SqlValue = string | number;

/** One connection to a database, with `?` for values. */
export interface SqlConnection {
  readonly run: (sql: string, values?: readonly SqlValue[]) => Promise<void>;
  readonly all: (sql: string, values: readonly SqlValue[]) => Promise<readonly unknown[]>;
}

/** What the two databases do differently. */
export interface SqlDatabase {
  /** One moment of the database. */
  readonly reading: <Result>(work: (connection: SqlConnection) => Promise<Result>) => Promise<Result>;
  /** One transaction, alone among all processes; on the disk when it resolves. */
  readonly writing: (work: (connection: SqlConnection) => Promise<void>) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Records are JSON as text, since key order is part of what senders sign; keys compare byte by byte. */
export const recordsTable = (keyType: string): string => `
  CREATE TABLE IF NOT EXISTS records (
    kind ${keyType} NOT NULL, key ${keyType} NOT NULL, record TEXT NOT NULL, PRIMARY KEY (kind, key)
  )`;

/** The one durable store, whatever database is behind it. All that waits goes to the disk at once (group commit). */
export function createSqlStore(database: SqlDatabase): NodeStore {
  let waiting: Waiting[] = [];
  let committing: Promise<void> | undefined;

  const commitAll = async (): Promise<void> => {
    while (waiting.length > 0) {
      const batch = waiting;
      waiting = [];
      await commit(database, batch);
    }
    committing = undefined;
  };

  return {
    read: (query) => database.reading((connection) => query(readable(connection))).catch(rethrow),
    write: (change) =>
      new Promise((resolve, reject) => {
        waiting.push({
          change: async (rows) => {
            const result = await change(rows);
            return () => {
              resolve(result);
            };
          },
          reject,
        });
        committing ??= nextTurn().then(commitAll);
      }),
    close: async () => {
      await committing;
      await database.close();
    },
  };
}

interface Waiting {
  /** Makes the change and returns what tells its caller, once it is on the disk. */
  readonly change: (rows: WritableRows) => Promise<() => void>;
  readonly reject: (error: unknown) => void;
}

const nextTurn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

async function commit(database: SqlDatabase, batch: readonly Waiting[]): Promise<void> {
  const outcomes: (() => void)[] = [];
  try {
    await database.writing(async (connection) => {
      for (const each of batch) outcomes.push(await attempt(connection, each));
    });
  } catch (error) {
    // What does not fit on the disk must not take with it what does.
    if (batch.length > 1) for (const each of batch) await commit(database, [each]);
    else for (const { reject } of batch) reject(unavailable(error));
    return;
  }
  for (const settle of outcomes) settle();
}

/** Each change whole or not at all by itself: one that fails takes no other with it. */
async function attempt(connection: SqlConnection, { change, reject }: Waiting): Promise<() => void> {
  await connection.run('SAVEPOINT change');
  try {
    const settle = await change(writable(connection));
    await connection.run('RELEASE SAVEPOINT change');
    return settle;
  } catch (error) {
    if (error instanceof DatabaseFailure) throw error;
    await connection.run('ROLLBACK TO SAVEPOINT change');
    await connection.run('RELEASE SAVEPOINT change');
    return () => {
      reject(error);
    };
  }
}

/** What the database itself says, as against what a change says. */
class DatabaseFailure extends Error {
  override readonly name = 'DatabaseFailure';
}

const failed = (cause: unknown): never => {
  throw new DatabaseFailure('The database failed.', { cause });
};

/** Full disk, lost connection, damaged file: nothing of it is the caller's fault, and later it may work again. */
const unavailable = (cause: unknown): PushChatError =>
  new PushChatError('StoreUnavailable', 'The node cannot store anything just now. Try again later.', { cause });

const rethrow = (error: unknown): never => {
  throw error instanceof DatabaseFailure ? unavailable(error) : asPushChatError(error);
};

function readable({ all }: SqlConnection): Rows {
  const find = (sql: string, values: readonly SqlValue[]): Promise<readonly Found[]> =>
    all(sql, values).catch(failed) as Promise<readonly Found[]>;
  return {
    get: async ({ name }, key) => {
      const [row] = await find('SELECT record FROM records WHERE kind = ? AND key = ?', [name, key]);
      return row && (JSON.parse(row.record) as undefined);
    },
    list: async ({ name }, { prefix = '', after, offset = 0, limit, descending = false }) => {
      const first = descending || after === undefined || after < prefix ? prefix : after;
      const last = descending && after !== undefined && after < endOf(prefix) ? after : endOf(prefix);
      // What comes after a key does not include it.
      const from = !descending && first === after ? '>' : '>=';
      const rows = await find(
        `SELECT key, record FROM records WHERE kind = ? AND key ${from} ? AND key < ?
         ORDER BY key ${descending ? 'DESC' : 'ASC'} LIMIT ? OFFSET ?`,
        [name, first, last, limit, offset],
      );
      return rows.map(({ key, record }) => ({ key, value: JSON.parse(record) as never }));
    },
    count: async ({ name }, prefix = '') => {
      const [row] = await find('SELECT count(*) AS number FROM records WHERE kind = ? AND key >= ? AND key < ?', [
        name,
        prefix,
        endOf(prefix),
      ]);
      return Number(row?.number ?? 0);
    },
  };
}

interface Found {
  readonly key: string;
  readonly record: string;
  readonly number?: number | string;
}

const writable = (connection: SqlConnection): WritableRows => ({
  ...readable(connection),
  put: ({ name }, key, value) =>
    connection
      .run(
        'INSERT INTO records (kind, key, record) VALUES (?, ?, ?) ON CONFLICT (kind, key) DO UPDATE SET record = excluded.record',
        [name, key, JSON.stringify(value)],
      )
      .catch(failed),
  delete: ({ name }, key) =>
    connection.run('DELETE FROM records WHERE kind = ? AND key = ?', [name, key]).catch(failed),
});

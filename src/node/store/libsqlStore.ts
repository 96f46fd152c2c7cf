import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type Database from 'libsql';
import { PushChatError } from '../../errors.ts';
import { createSqlStore, recordsTable, type SqlConnection } from './sqlStore.ts';
import type { NodeStore } from './store.ts';
import { createTurns } from './turns.ts';
import { missingPackage } from '../missingPackage.ts';

/** The file in a node's folder. */
export const LIBSQL_FILE = 'push-node.db';

/** Of the tables; a file of another version is not touched. */
const VERSION = 2;

export interface LibsqlOptions {
  /** What the file may grow to; beyond it writes are refused with `StoreUnavailable`. @default as the disk allows */
  readonly maxBytes?: number;
}

/**
 * A durable store in one SQLite file: what `write` resolved survives a crash of the program and a loss of power.
 * @param dataDir made when missing; one node at a time
 * @throws {PushChatError} `InvalidConfig`
 */
export async function openLibsqlStore(dataDir: string, { maxBytes }: LibsqlOptions = {}): Promise<NodeStore> {
  await mkdir(dataDir, { recursive: true });
  const database = openDatabase(await loadDriver(), join(dataDir, LIBSQL_FILE));
  if (maxBytes !== undefined) limitSize(database, maxBytes);
  const connection = connect(database);
  // The driver answers at once, but whoever awaits it lets others in between: each transaction has the file for itself.
  const inTurn = createTurns();

  return createSqlStore({
    reading: (work) => inTurn(() => work(connection)),
    writing: (work) =>
      inTurn(async () => {
        await connection.run('BEGIN IMMEDIATE');
        try {
          await work(connection);
          await connection.run('COMMIT');
        } catch (error) {
          if (database.inTransaction) database.exec('ROLLBACK');
          throw error;
        }
      }),
    close: () =>
      inTurn(() => {
        if (database.open) closeDatabase(database);
        return Promise.resolve();
      }),
  });
}

function limitSize(database: Database.Database, maxBytes: number): void {
  const [{ page_size: pageSize } = { page_size: 4096 }] = database.pragma('page_size') as { page_size: number }[];
  database.pragma(`max_page_count = ${Math.floor(maxBytes / pageSize)}`);
}

function connect(database: Database.Database): SqlConnection {
  const statements = new Map<string, Database.Statement>();
  const prepare = (sql: string): Database.Statement => {
    const known = statements.get(sql);
    if (known) return known;
    const made = database.prepare(sql);
    statements.set(sql, made);
    return made;
  };
  return {
    run: (sql, values = []) =>
      attempt(() => {
        prepare(sql).run(...values);
      }),
    all: (sql, values) => attempt(() => prepare(sql).all(...values)),
  };
}

const attempt = <Result>(work: () => Result): Promise<Result> => new Promise((resolve) => resolve(work()));

type Driver = typeof Database;

/** Loaded only when needed: nodes in memory do without, and so do packages that only re-export this file. */
async function loadDriver(): Promise<Driver> {
  try {
    return (await import('libsql')).default;
  } catch (cause) {
    throw missingPackage('A node that keeps its data in a folder needs', 'libsql', cause);
  }
}

function openDatabase(Driver: Driver, path: string): Database.Database {
  let database: Database.Database | undefined;
  try {
    database = new Driver(path);
    // The lock is held until close: two nodes on one file would each hide the other's messages from their listeners.
    database.pragma('locking_mode = EXCLUSIVE');
    database.pragma('journal_mode = WAL');
    database.pragma('synchronous = FULL');
    database.exec('BEGIN EXCLUSIVE');
    const [{ user_version: version } = { user_version: 0 }] = database.pragma('user_version') as {
      user_version: number;
    }[];
    if (version !== 0 && version !== VERSION) {
      throw new PushChatError('InvalidConfig', `${path} was made by another version of this node. Move it away.`);
    }
    // One tree instead of a table and its index: every row is written once.
    database.exec(`${recordsTable('TEXT')} WITHOUT ROWID`);
    database.exec(`PRAGMA user_version = ${VERSION}`);
    database.exec('COMMIT');
    return database;
  } catch (cause) {
    database?.close();
    if (cause instanceof PushChatError) throw cause;
    throw new PushChatError('InvalidConfig', `${path} cannot be opened, or another node has it open.`, { cause });
  }
}

/** The driver keeps the file open as long as its statements live, so the lock is given back by hand. */
function closeDatabase(database: Database.Database): void {
  database.pragma('journal_mode = DELETE');
  database.pragma('locking_mode = NORMAL');
  database.pragma('user_version');
  database.close();
}

import type * as Pg from 'pg';
import { PushChatError } from '../../errors.ts';
import { createSqlStore, recordsTable, type SqlConnection } from './sqlStore.ts';
import type { NodeStore } from './store.ts';

/** Any number that no other program of the same database locks: "push". */
const WRITER_LOCK = 0x70757368;

/**
 * A durable store in PostgreSQL, for several node processes at once. One of them writes at a time, which keeps every
 * chain and the journal in one order; checking proofs, the dear part, goes on in all of them meanwhile.
 * @param url such as `postgres://user:password@host/database`
 * @throws {PushChatError} `InvalidConfig` when it cannot be reached
 */
export async function openPostgresStore(url: string): Promise<NodeStore> {
  const { Pool } = await loadDriver();
  const pool = new Pool({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // A connection lost while idle is replaced when next needed; unheard, this event would end the program.
  pool.on('error', () => undefined);
  try {
    await transact(pool, `BEGIN; SELECT pg_advisory_xact_lock(${WRITER_LOCK})`, ({ run }) =>
      run(recordsTable('TEXT COLLATE "C"')),
    );
  } catch (cause) {
    await pool.end();
    throw new PushChatError('InvalidConfig', 'This PostgreSQL database cannot be opened.', { cause });
  }
  let closed: Promise<void> | undefined;
  return createSqlStore({
    reading: (work) => transact(pool, 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', work),
    writing: (work) => transact(pool, `BEGIN; SELECT pg_advisory_xact_lock(${WRITER_LOCK})`, work),
    close: () => (closed ??= pool.end()),
  });
}

async function transact<Result>(
  pool: Pg.Pool,
  begin: string,
  work: (connection: SqlConnection) => Promise<Result>,
): Promise<Result> {
  const client = await pool.connect();
  let broken = false;
  try {
    await client.query(begin);
    const result = await work(connect(client));
    await client.query('COMMIT');
    return result;
  } catch (error) {
    // A connection that cannot even go back is not used again.
    await client.query('ROLLBACK').catch(() => {
      broken = true;
    });
    throw error;
  } finally {
    client.release(broken);
  }
}

function connect(client: Pg.PoolClient): SqlConnection {
  const query = (sql: string, values: readonly unknown[]): Promise<Pg.QueryResult> => {
    let number = 0;
    return client.query(
      sql.replaceAll('?', () => `$${(number += 1)}`),
      [...values],
    );
  };
  return {
    run: async (sql, values = []) => {
      await query(sql, values);
    },
    all: async (sql, values) => (await query(sql, values)).rows as unknown[],
  };
}

/** Loaded only when needed, as every database driver. */
async function loadDriver(): Promise<typeof Pg.default> {
  try {
    return (await import('pg')).default;
  } catch (cause) {
    throw new PushChatError('InvalidConfig', 'A PostgreSQL store needs the package "pg". Install it.', { cause });
  }
}

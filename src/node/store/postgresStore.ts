import type * as Pg from 'pg';
import { BEGIN_ALONE, openPool } from './postgresPool.ts';
import { createSqlStore, recordsTable, type SqlConnection } from './sqlStore.ts';
import type { NodeStore } from './store.ts';

/**
 * A durable store in PostgreSQL, for several node processes at once. One of them writes at a time, which keeps every
 * chain and the journal in one order; checking proofs, the dear part, goes on in all of them meanwhile.
 * @param url such as `postgres://user:password@host/database`
 * @param report hears of connections that were lost
 * @throws {PushChatError} `InvalidConfig` when it cannot be reached
 */
export async function openPostgresStore(
  url: string,
  report: (error: unknown) => void = () => undefined,
): Promise<NodeStore> {
  const pool = await openPool(url, recordsTable('TEXT COLLATE "C"'), report);
  let closed: Promise<void> | undefined;
  return createSqlStore({
    reading: (work) => transact(pool, 'BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY', work),
    writing: (work) => transact(pool, BEGIN_ALONE, work),
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

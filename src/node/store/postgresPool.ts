import type * as Pg from 'pg';
import { PushChatError } from '../../errors.ts';
import { missingPackage } from '../missingPackage.ts';

/** Any number that no other program of the same database locks: "push". */
const WRITER_LOCK = 0x70757368;

/** Begins a transaction that waits until it is the only one of its kind among all processes. */
export const BEGIN_ALONE = `BEGIN; SELECT pg_advisory_xact_lock(${WRITER_LOCK})`;

/**
 * Connections to a PostgreSQL database, in which the given tables are made where they are missing.
 * @param url such as `postgres://user:password@host/database`
 * @param report hears of connections that were lost; they are replaced when next needed
 * @throws {PushChatError} `InvalidConfig` when it cannot be reached
 */
export async function openPool(url: string, tables: string, report: (error: unknown) => void): Promise<Pg.Pool> {
  const { Pool } = await loadDriver();
  const pool = new Pool({ connectionString: url, connectionTimeoutMillis: 5_000 });
  // Unheard, these events would end the program: the pool's for idle connections, each one's own while it is used.
  pool.on('error', report);
  pool.on('connect', (client) => client.on('error', report));
  try {
    // One statement list is one transaction; two processes that make the same table at once would disturb each other.
    await pool.query(`${BEGIN_ALONE}; ${tables}; COMMIT`);
    return pool;
  } catch (cause) {
    await pool.end();
    throw new PushChatError('InvalidConfig', 'This PostgreSQL database cannot be opened.', { cause });
  }
}

/** Loaded only when needed, as every database driver. */
async function loadDriver(): Promise<typeof Pg.default> {
  try {
    return (await import('pg')).default;
  } catch (cause) {
    throw missingPackage('A PostgreSQL store needs', 'pg', cause);
  }
}

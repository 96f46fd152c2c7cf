import { randomUUID } from 'node:crypto';
import pg from 'pg';
import { inject, onTestFinished } from 'vitest';

const urlOf = (database: string): string =>
  `postgres://postgres@localhost/${database}?host=${encodeURIComponent(inject('postgresSocket'))}`;

/** Address of a new database on the tests' own PostgreSQL, gone after the test. */
export async function emptyDatabase(): Promise<string> {
  const name = `test_${randomUUID().replaceAll('-', '')}`;
  await administer(`CREATE DATABASE ${name}`);
  onTestFinished(() => administer(`DROP DATABASE ${name} WITH (FORCE)`));
  return urlOf(name);
}

/** Ends all connections of the database, as a restart of PostgreSQL does. */
export async function endConnections(url: string): Promise<void> {
  const name = new URL(url).pathname.slice(1);
  await administer(`SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '${name}'`);
}

async function administer(sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: urlOf('postgres') });
  await client.connect();
  await client.query(sql);
  await client.end();
}

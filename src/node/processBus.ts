import type { createAdapter } from '@socket.io/postgres-adapter';
import type { Pool, PoolClient } from 'pg';
import type { Server as SocketServer } from 'socket.io';
import type { Bus } from './delivery.ts';
import { openPool } from './store/postgresPool.ts';
import type { Told } from './tables/outbox.ts';
import { missingPackage } from './missingPackage.ts';

/** Where events wait that are too long for a notification of PostgreSQL; the adapter's own name for it. */
const LONG_EVENTS = `
  CREATE TABLE IF NOT EXISTS socket_io_attachments (
    id bigserial UNIQUE, created_at timestamptz DEFAULT now(), payload bytea
  )`;

const TOLD = 'told';

/**
 * Carries live events between processes through the PostgreSQL database that they share, by socket.io's own adapter.
 * One that loses its connection for a while misses events; its clients find what they missed when they next read.
 * @param url as for the store
 * @param report hears of failures of the connection
 * @throws {PushChatError} `InvalidConfig` when it cannot be reached, or a package is missing
 */
export async function openProcessBus(
  sockets: SocketServer,
  url: string,
  report: (error: unknown) => void,
): Promise<Bus & { readonly close: () => Promise<void> }> {
  const adapterFor = await loadAdapter();
  const pool = await openPool(url, LONG_EVENTS, report);
  giveBackLost(pool);
  sockets.adapter(adapterFor(pool, { errorHandler: report }));
  return {
    publish: (told) => {
      sockets.serverSideEmit(TOLD, told);
    },
    subscribe: (hear) => {
      sockets.on(TOLD, (told: Told) => {
        hear(told);
      });
    },
    close: () => pool.end(),
  };
}

/** The adapter keeps a connection that was lost while it listened, and a pool with one can never end. */
function giveBackLost(pool: Pool): void {
  const known = new Set<PoolClient>();
  const held = new Set<PoolClient>();
  pool.on('release', (_, client) => held.delete(client));
  pool.on('remove', (client) => known.delete(client));
  pool.on('acquire', (client) => {
    held.add(client);
    if (known.has(client)) return;
    known.add(client);
    client.once('end', () => {
      if (held.has(client)) client.release(true);
    });
  });
}

async function loadAdapter(): Promise<typeof createAdapter> {
  try {
    return (await import('@socket.io/postgres-adapter')).createAdapter;
  } catch (cause) {
    throw missingPackage('Several processes need', '@socket.io/postgres-adapter', cause);
  }
}

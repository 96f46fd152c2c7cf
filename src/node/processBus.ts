import type { Server as SocketServer } from 'socket.io';
import { PushChatError } from '../errors.ts';
import type { Bus } from './delivery.ts';
import type { Told } from './tables/outbox.ts';

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
 * @throws {PushChatError} `InvalidConfig`
 */
export async function openProcessBus(
  sockets: SocketServer,
  url: string,
  report: (error: unknown) => void,
): Promise<Bus & { readonly close: () => Promise<void> }> {
  const { createAdapter, Pool } = await loadAdapter();
  const pool = new Pool({ connectionString: url });
  pool.on('error', report);
  try {
    await pool.query(LONG_EVENTS);
  } catch (cause) {
    await pool.end();
    throw new PushChatError('InvalidConfig', 'This PostgreSQL database cannot be used.', { cause });
  }
  sockets.adapter(createAdapter(pool, { errorHandler: report }));
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

async function loadAdapter() {
  try {
    const [{ createAdapter }, { Pool }] = await Promise.all([
      import('@socket.io/postgres-adapter'),
      import('pg').then((module) => module.default),
    ]);
    return { createAdapter, Pool };
  } catch (cause) {
    throw new PushChatError(
      'InvalidConfig',
      'Several processes need the packages "pg" and "@socket.io/postgres-adapter". Install them.',
      { cause },
    );
  }
}

import type { Hono } from 'hono';
import { asPushChatError } from '../errors.ts';
import type { NodeContext } from './context.ts';
import { table } from './store/store.ts';

/** One row, written to learn whether rows can be written. */
const PROBES = table<number>('probe');

/** For whoever restarts and routes: `/healthz` while this process answers, `/readyz` while its store can be written. */
export function bindHealth(app: Hono, { store, now }: Pick<NodeContext, 'store' | 'now'>): void {
  app.get('/healthz', (context) => context.json({ status: 'ok' }));
  app.get('/readyz', async (context) => {
    try {
      await store.write((tx) => tx.put(PROBES, 'ready', now()));
      return context.json({ status: 'ok' });
    } catch (error) {
      return context.json({ status: 'unavailable', code: asPushChatError(error).code }, 503);
    }
  });
}

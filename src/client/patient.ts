import { asPushChatError } from '../errors.ts';
import type { Transport } from './transport.ts';

/** Seconds for which a page may rather seem slow than show a failure. */
const LONGEST_WAIT = 3;

/**
 * Reads once more where a busy node says that a short while will do (security NW-01). Writes are their callers' to
 * repeat, and so is what must wait for longer.
 * @param wait resolves after so many milliseconds
 */
export const patient = (transport: Transport, wait: (ms: number) => Promise<void>): Transport => ({
  ...transport,
  request: async (...call) => {
    try {
      return await transport.request(...call);
    } catch (error) {
      const [{ method }] = call;
      const { retryAfter = Infinity } = asPushChatError(error);
      if (method !== 'GET' || retryAfter > LONGEST_WAIT) throw error;
      await wait(retryAfter * 1000);
      return transport.request(...call);
    }
  },
});

import { sha256Hex } from '../../crypto/hash.ts';
import type { RuleChecker } from '../rules.ts';

export interface RememberOptions {
  /** How long a success counts, in milliseconds. @default a day */
  readonly forMs?: number;
  /** Successes that are remembered; the oldest are forgotten first. @default 10,000 */
  readonly limit?: number;
}

const DAY_MS = 86_400_000;

/**
 * The same checker for writing in a chat, where not every message is worth a question: who had access keeps it for a
 * day (protocol 5.7). A refusal is asked anew every time.
 * @param now milliseconds since the epoch
 */
export function rememberAccess(
  checker: RuleChecker,
  now: () => number,
  { forMs = DAY_MS, limit = 10_000 }: RememberOptions = {},
): RuleChecker {
  const ends = new Map<string, number>();
  return {
    check: async (condition, account) => {
      const key = sha256Hex(JSON.stringify([account, condition]));
      if ((ends.get(key) ?? 0) > now()) return { access: true };
      const result = await checker.check(condition, account);
      ends.delete(key);
      if (result.access) ends.set(key, now() + forMs);
      const [oldest] = ends.keys();
      if (oldest !== undefined && ends.size > limit) ends.delete(oldest);
      return result;
    },
  };
}

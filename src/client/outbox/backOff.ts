import type { RandomBytes } from '../../crypto/random.ts';

const FIRST_MS = 1_000;
const LONGEST_MS = 60_000;

/**
 * How long to wait before another try: exponential, capped, with full jitter, so that many who were cut off together do
 * not come back together; never sooner than the node asks.
 * @param attempt from 0
 * @param retryAfter seconds
 * @returns milliseconds
 */
export function backOffMs(attempt: number, retryAfter: number | undefined, random: RandomBytes): number {
  const [a = 0, b = 0] = random(2);
  const most = Math.min(LONGEST_MS, FIRST_MS * 2 ** Math.min(attempt, 16));
  return Math.max(((a * 256 + b) / 65_536) * most, (retryAfter ?? 0) * 1_000);
}

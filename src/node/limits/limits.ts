import { PushChatError } from '../../errors.ts';
import type { Did } from '../../protocol/did.ts';
import type { Parties } from '../parties.ts';
import { createTokenBuckets, type Rate, type TokenBuckets } from './tokenBuckets.ts';

/** Rates that a node grants. */
export interface LimitRates {
  /** Calls that read, by IP address. */
  readonly reads: Rate;
  /** Calls that write, by IP address: many people may share one. */
  readonly writes: Rate;
  /** Everything that one account does, messages and all else, with its proof verified. */
  readonly account: Rate;
  /** New messages between two accounts, in one direction. */
  readonly pair: Rate;
  /** First requests by account. */
  readonly requests: Rate;
  /** Those whom one account notifies, each counted. */
  readonly notified: Rate;
}

/** An honest busy client, with a burst of 200 writes and then 10 a second, meets none of them. */
export const DEFAULT_RATES: LimitRates = {
  reads: { burst: 5_000, perSecond: 500 },
  writes: { burst: 2_000, perSecond: 200 },
  account: { burst: 400, perSecond: 20 },
  pair: { burst: 300, perSecond: 15 },
  requests: { burst: 200, perSecond: 0.1 },
  notified: { burst: 20_000, perSecond: 50 },
};

/** What each caller has left. */
export interface Limits {
  /** @throws {PushChatError} `RateLimited` */
  readonly call: (method: string, ip: string | undefined) => void;
  /**
   * Counts whatever else than a message an account does, only once it is proven and not a repetition: nobody uses up
   * what another account has left.
   * @throws {PushChatError} `RateLimited`
   */
  readonly act: (by: Did) => void;
  /**
   * Counts a new message between two accounts, likewise.
   * @throws {PushChatError} `RateLimited`
   */
  readonly message: (parties: Parties, admission: 'request' | 'message') => void;
  /**
   * Counts a new notification and those whom it reaches, likewise.
   * @throws {PushChatError} `RateLimited`
   */
  readonly notification: (by: Did, reached: number) => void;
}

/** @param now milliseconds since the epoch */
export function createLimits(rates: Partial<LimitRates>, now: () => number): Limits {
  const granted = { ...DEFAULT_RATES, ...rates };
  const reads = createTokenBuckets(granted.reads, now);
  const writes = createTokenBuckets(granted.writes, now);
  const account = createTokenBuckets(granted.account, now);
  const pair = createTokenBuckets(granted.pair, now);
  const requests = createTokenBuckets(granted.requests, now);
  const notified = createTokenBuckets(granted.notified, now);
  return {
    call: (method, ip) => {
      if (ip !== undefined) take(method === 'POST' || method === 'PUT' ? writes : reads, ip);
    },
    act: (by) => take(account, by),
    message: ({ from, to }, admission) => {
      if (admission === 'request') take(requests, from);
      take(pair, `${from}>${to}`);
      take(account, from);
    },
    notification: (by, reached) => {
      take(notified, by, reached);
      take(account, by);
    },
  };
}

function take(buckets: TokenBuckets, key: string, cost?: number): void {
  const wait = buckets.take(key, cost);
  if (wait === 0) return;
  const retryAfter = Math.ceil(wait / 1000);
  throw new PushChatError('RateLimited', `Too much at once. Try again in ${retryAfter} s.`, { retryAfter });
}

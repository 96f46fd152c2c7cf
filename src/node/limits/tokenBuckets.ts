/** How much one key may do: `burst` at once, and `perSecond` in the long run. */
export interface Rate {
  readonly burst: number;
  readonly perSecond: number;
}

export interface TokenBuckets {
  /**
   * Takes tokens, one unless told, and never more than a full bucket has.
   * @returns 0 when there were so many, else the milliseconds until there are
   */
  readonly take: (key: string, cost?: number) => number;
}

interface Bucket {
  readonly tokens: number;
  readonly at: number;
}

/**
 * Token buckets by key. Of more than `capacity` keys, the one unused for longest is forgotten, and so full again:
 * whoever changes keys can free others but never shut them out.
 * @param now milliseconds since the epoch
 */
export function createTokenBuckets({ burst, perSecond }: Rate, now: () => number, capacity = 50_000): TokenBuckets {
  const buckets = new Map<string, Bucket>();
  return {
    take: (key, cost = 1) => {
      const [at, wanted] = [now(), Math.max(1, Math.min(cost, burst))];
      const before = buckets.get(key) ?? { tokens: burst, at };
      // A clock that was set back gives nothing, and takes nothing.
      const tokens = Math.min(burst, before.tokens + (Math.max(0, at - before.at) * perSecond) / 1000);
      const taken = tokens >= wanted;
      // A Map keeps the order of insertion, so the key used last is the last one.
      buckets.delete(key);
      buckets.set(key, { tokens: taken ? tokens - wanted : tokens, at });
      const [oldest] = buckets.keys();
      if (buckets.size > capacity && oldest !== undefined) buckets.delete(oldest);
      return taken ? 0 : Math.ceil(((wanted - tokens) * 1000) / perSecond);
    },
  };
}

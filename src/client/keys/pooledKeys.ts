import type { AccountKeys, KeyHolder } from './accountKeys.ts';

/**
 * Has messages opened by several holders at once; everything else is done by the first. The others open theirs as soon as
 * they have the key, and one that fails is left out from then on.
 */
export function pooledKeys(first: KeyHolder, others: readonly KeyHolder[]): KeyHolder {
  if (others.length === 0) return first;
  const share = async (keys: AccountKeys): Promise<AccountKeys> => {
    const armored = await keys.reveal();
    return spread(
      keys,
      others.map((holder) => holder.restore(armored)),
    );
  };
  return {
    generate: async (now, type) => share(await first.generate(now, type)),
    unwrap: async (bundle, wallet) => share(await first.unwrap(bundle, wallet)),
    restore: async (armored) => share(await first.restore(armored)),
  };
}

interface Hand {
  readonly keys: AccountKeys;
  busy: number;
}

function spread(keys: AccountKeys, coming: readonly Promise<AccountKeys>[]): AccountKeys {
  const hands = new Set<Hand>([{ keys, busy: 0 }]);
  let isForgotten = false;
  for (const other of coming) {
    other.then(
      (others) => {
        if (isForgotten) others.forget();
        else hands.add({ keys: others, busy: 0 });
      },
      () => undefined,
    );
  }
  return {
    ...keys,
    width: keys.width * (1 + coming.length),
    open: async (message, reading) => {
      const hand = [...hands].reduce((least, other) => (other.busy < least.busy ? other : least));
      hand.busy += 1;
      try {
        return await hand.keys.open(message, reading);
      } catch (error) {
        // What is wrong with a message is no error: it is the worker that failed.
        if (hand.keys === keys) throw error;
        hands.delete(hand);
        return await keys.open(message, reading);
      } finally {
        hand.busy -= 1;
      }
    },
    forget: () => {
      isForgotten = true;
      for (const hand of hands) hand.keys.forget();
    },
  };
}

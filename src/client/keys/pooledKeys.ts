import type { AccountKeys, KeyHolder } from './accountKeys.ts';

/**
 * Has messages opened by several holders at once; everything else is done by the first. The others are called when the
 * first one has its hands full, open theirs as soon as they have the key, and one that fails is left out from then on.
 */
export function pooledKeys(first: KeyHolder, others: readonly KeyHolder[]): KeyHolder {
  if (others.length === 0) return first;
  const share = async (keys: AccountKeys): Promise<AccountKeys> => spread(keys, await keys.reveal(), others);
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

function spread(keys: AccountKeys, armored: string, others: readonly KeyHolder[]): AccountKeys {
  const own: Hand = { keys, busy: 0 };
  const hands = new Set<Hand>([own]);
  let uncalled = others;
  let isForgotten = false;

  const take = async (holder: KeyHolder): Promise<void> => {
    const theirs = await holder.restore(armored);
    if (isForgotten) theirs.forget();
    else hands.add({ keys: theirs, busy: 0 });
  };
  const callOthers = (): void => {
    // Without one that cannot come there is one less.
    for (const holder of uncalled) take(holder).catch(() => undefined);
    uncalled = [];
  };

  return {
    ...keys,
    width: keys.width * (1 + others.length),
    open: async (message, reading) => {
      if (own.busy >= keys.width) callOthers();
      const hand = [...hands].reduce((least, other) => (other.busy < least.busy ? other : least));
      hand.busy += 1;
      try {
        return await hand.keys.open(message, reading);
      } catch (error) {
        // What is wrong with a message is no error: it is the worker that failed.
        if (hand === own) throw error;
        hands.delete(hand);
        return await keys.open(message, reading);
      } finally {
        hand.busy -= 1;
      }
    },
    forget: () => {
      isForgotten = true;
      uncalled = [];
      for (const hand of hands) hand.keys.forget();
    },
  };
}

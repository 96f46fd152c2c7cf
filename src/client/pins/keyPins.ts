import { identifyKey } from '../../crypto/identifyKey.ts';
import { asPushChatError, PushChatError } from '../../errors.ts';
import type { Did } from '../../protocol/did.ts';
import type { AttestedKey } from '../../protocol/openMessage.ts';
import type { WireUser } from '../../protocol/payload.ts';
import { currentKey, pinKey, type Pin, type PinnedKey } from './pin.ts';
import type { PinStore } from './pinStore.ts';

/** Who hears of what became of an account's keys. */
export interface PinListener {
  /** The pin as it stands now: once for each account, and after each change. */
  readonly pinned: (did: Did, pin: Pin) => void;
  readonly warn: (error: PushChatError) => void;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
}

export interface KeyPins {
  /** The account's pin after a key was served for it; undefined while no wallet has vouched for any. */
  readonly take: (did: Did, user: WireUser, key: AttestedKey | null) => Promise<Pin | undefined>;
  /** The account's pin, whatever a node says. */
  readonly find: (did: Did) => Promise<Pin | undefined>;
  /** Notes that the user compared the key of now with its owner. */
  readonly compare: (did: Did) => Promise<void>;
  /** Notes that the user agreed to write to the key of now, without having compared it. */
  readonly accept: (did: Did) => Promise<void>;
}

/** Keeps, for each account, the keys that its wallet vouched for. */
export function createKeyPins(store: PinStore, { pinned, warn, now }: PinListener): KeyPins {
  const told = new Set<Did>();
  let work: Promise<unknown> = Promise.resolve();

  /** One change at a time, here and in all tabs. */
  const inTurn = <Result>(task: () => Promise<Result>): Promise<Result> => {
    const run = work.then(async () => {
      let result!: Result;
      await store.alone(async () => {
        result = await task();
      });
      return result;
    });
    work = run.catch(() => undefined);
    return run;
  };

  const tell = (did: Did, pin: Pin): Pin => {
    told.add(did);
    pinned(did, pin);
    return pin;
  };

  const read = async (did: Did): Promise<Pin | 'damaged' | undefined> => {
    try {
      return await store.get(did);
    } catch (error) {
      warn(asPushChatError(error));
      return 'damaged';
    }
  };

  const add = (did: Did, key: PinnedKey): Promise<Pin> =>
    inTurn(async () => {
      const kept = await read(did);
      const damaged = kept === 'damaged';
      const { pin, verdict } = pinKey(damaged ? undefined : kept, key, now());
      if (verdict === 'rollback') {
        warn(new PushChatError('KeyRollback', `The node serves an older key of ${did}. The newer one stays in use.`));
        return tell(did, pin);
      }
      // Where what was known is gone, the user is told, as of a change: it is not the first meeting (security ST-03).
      const change = damaged && { change: { from: null, to: key.fingerprint, at: now() } };
      const next: Pin = { ...pin, ...change };
      await store.put(did, next);
      if (verdict === 'changed') warn(new PushChatError('KeyChanged', `${did} has another key than before.`));
      return tell(did, next);
    });

  const change = (did: Did, edit: (pin: Pin) => Pin): Promise<void> =>
    inTurn(async () => {
      const kept = await read(did);
      if (kept === undefined || kept === 'damaged') {
        throw new PushChatError('KeyNotFound', 'This account has no key that its wallet vouches for.');
      }
      const next = edit(kept);
      await store.put(did, next);
      tell(did, next);
    });

  return {
    take: async (did, user, key) => {
      const kept = await read(did);
      const known = kept === 'damaged' ? undefined : kept;
      const served = key?.level === 'verified' ? await pinnable(user, key) : undefined;
      if (served && (!known || currentKey(known).fingerprint !== served.fingerprint)) return add(did, served);
      return known && !told.has(did) ? tell(did, known) : known;
    },
    find: async (did) => {
      const kept = await read(did);
      return kept === 'damaged' ? undefined : kept;
    },
    compare: (did) => change(did, (pin) => ({ ...pin, compared: currentKey(pin).fingerprint })),
    accept: (did) => change(did, ({ compared: _, ...pin }) => pin),
  };
}

/** A key as it is pinned; undefined for one that is none. */
async function pinnable(user: WireUser, { armored, attestedBy = null }: AttestedKey): Promise<PinnedKey | undefined> {
  try {
    const { did, wallets, publicKey, encryptedPrivateKey, verificationProof, profile } = user;
    const record = { did, wallets, publicKey, encryptedPrivateKey, verificationProof, name: profile.name };
    const { fingerprint, created } = await identifyKey(armored);
    return { armored, attestedBy, fingerprint, created, record };
  } catch {
    return undefined;
  }
}

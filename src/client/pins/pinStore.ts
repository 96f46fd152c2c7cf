import type { Did } from '../../protocol/did.ts';
import type { Pin } from './pin.ts';

/** Where pins are kept. */
export interface PinStore {
  /** @throws {PushChatError} `StorageCorrupt` for a pin that was damaged: the account was known, and nobody knows by what */
  readonly get: (did: Did) => Promise<Pin | undefined>;
  readonly put: (did: Did, pin: Pin) => Promise<void>;
  /** Runs while no other tab runs its own, so that the first of two pins counts in both (security KI-11). */
  readonly alone: (work: () => Promise<void>) => Promise<void>;
}

/** Pins that live as long as the page. */
export function memoryPins(): PinStore {
  const pins = new Map<Did, Pin>();
  return {
    get: (did) => Promise.resolve(pins.get(did)),
    put: (did, pin) => {
      pins.set(did, pin);
      return Promise.resolve();
    },
    alone: (work) => work(),
  };
}

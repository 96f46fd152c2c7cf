import { currentKey, needsConsent, type Pin } from './pins/pin.ts';
import type { Identity } from './state.ts';

/** A pin as it is shown. */
export function identityOf(pin: Pin): Identity {
  const { fingerprint, created, attestedBy } = currentKey(pin);
  return {
    fingerprint,
    created,
    attestedBy,
    earlier: pin.keys.slice(0, -1).map((key) => key.fingerprint),
    compared: pin.compared === fingerprint,
    change: pin.change ?? null,
    needsConsent: needsConsent(pin),
  };
}

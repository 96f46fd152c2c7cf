import { addressOf, type Did } from '../../protocol/did.ts';

/** How many hex digits people look at, at either end of an address. */
const LOOKED_AT = 4;

const ends = (did: Did): string | undefined => {
  const address = addressOf(did)?.toLowerCase();
  return address && address.slice(2, 2 + LOOKED_AT) + address.slice(-LOOKED_AT);
};

/** The known account that this one could be taken for: another address with the same ends (security UI-09). */
export function lookalikeOf(did: Did, known: readonly Did[]): Did | undefined {
  const own = ends(did);
  return own === undefined
    ? undefined
    : known.find((other) => other.toLowerCase() !== did.toLowerCase() && ends(other) === own);
}

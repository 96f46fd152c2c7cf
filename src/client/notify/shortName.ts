import { addressOf, type Did } from '../../protocol/did.ts';

/** Who it is from where nobody vouches for a name: `0x8f3C…b2A1`. */
export function shortName(did: Did): string {
  const text = addressOf(did) ?? did;
  return text.length <= 13 ? text : `${text.slice(0, 6)}…${text.slice(-4)}`;
}

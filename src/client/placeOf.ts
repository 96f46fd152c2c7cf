import { bytesToHex } from '@noble/hashes/utils.js';
import { bindingOf, type Binding } from '../protocol/binding.ts';
import type { Did } from '../protocol/did.ts';
import type { ClientContext } from './context.ts';

/** What a message that is sealed now says of its place: what this device sees of the thread (security G6). */
export function placeOf({ get, random }: ClientContext, parties: { readonly from: Did; readonly to: Did }): Binding {
  const stored = (get().threads[parties.to]?.items ?? []).filter(
    ({ state }) => state === 'verified' || state === 'signed',
  );
  // Counted on from the newest: another device may have begun anew, and readers look at the highest so far.
  const numbered = stored.findLast((item) => item.from === 'me' && 'binding' in item && item.binding.seq !== undefined);
  const last = numbered && 'binding' in numbered ? (numbered.binding.seq ?? 0) : 0;
  return bindingOf(parties, { prev: stored.at(-1)?.id ?? null, seq: last + 1, id: bytesToHex(random(16)) });
}

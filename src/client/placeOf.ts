import { bytesToHex } from '@noble/hashes/utils.js';
import { bindingOf, type Binding } from '../protocol/binding.ts';
import type { Did } from '../protocol/did.ts';
import { keptHead } from './cache/keptHeads.ts';
import type { ClientContext } from './context.ts';
import { highestNumber, isOpened } from './state.ts';
import type { Peer } from '../protocol/peer.ts';

/**
 * What a message that is sealed now says of its place: what this device sees of the thread, or saw of it last (security
 * G6).
 */
export async function placeOf(
  client: ClientContext,
  parties: { readonly from: Did; readonly to: Peer },
): Promise<Binding> {
  const { get, random } = client;
  const items = get().threads[parties.to]?.items ?? [];
  const number = highestNumber(items);
  const kept = number === 0 ? await keptHead(client, parties.to) : undefined;
  const prev = items.findLast(isOpened)?.id ?? kept?.id ?? null;
  return bindingOf(parties, { prev, seq: Math.max(number, kept?.seq ?? 0) + 1, id: bytesToHex(random(16)) });
}

import type { OpenedItem } from '../state.ts';
import { boundedMap } from './boundedMap.ts';
import type { Peer } from '../../protocol/peer.ts';

/** A message that was verified before, and with which key. */
export interface OpenedBefore {
  readonly item: OpenedItem;
  /** Armored. */
  readonly key: string;
}

/** Messages that were verified before, by their CID, which names their very bytes: nobody needs to open them again. */
export interface OpenedItems {
  readonly get: (peer: Peer, cid: string) => OpenedBefore | undefined;
  readonly set: (peer: Peer, opened: OpenedBefore) => void;
}

/** Characters of all contents: some thousand messages, or some dozen pictures. */
const MOST = 16_000_000;

/** What a message takes besides its content. */
const ITEM = 2_000;

/** Keeps so many in memory, and forgets the one unused for longest. */
export function openedItems(): OpenedItems {
  const items = boundedMap<string, OpenedBefore>(MOST, ({ item }) => ITEM + JSON.stringify(item.content).length);
  const nameOf = (peer: Peer, cid: string): string => `${peer} ${cid}`;
  return {
    get: (peer, cid) => items.get(nameOf(peer, cid)),
    set: (peer, opened) => items.set(nameOf(peer, opened.item.id), opened),
  };
}

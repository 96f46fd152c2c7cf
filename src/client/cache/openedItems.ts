import type { Did } from '../../protocol/did.ts';
import type { OpenedItem } from '../state.ts';

/** A message that was verified before, and with which key. */
export interface OpenedBefore {
  readonly item: OpenedItem;
  /** Armored. */
  readonly key: string;
}

/** Messages that were verified before, by their CID, which names their very bytes: nobody needs to open them again. */
export interface OpenedItems {
  readonly get: (peer: Did, cid: string) => OpenedBefore | undefined;
  readonly set: (peer: Did, opened: OpenedBefore) => void;
}

/** About a hundred screens. */
const MOST = 5_000;

/** Keeps so many in memory, and forgets the one unused for longest. */
export function openedItems(): OpenedItems {
  const items = new Map<string, OpenedBefore>();
  const nameOf = (peer: Did, cid: string): string => `${peer} ${cid}`;
  const put = (name: string, opened: OpenedBefore): void => {
    // A Map keeps the order of insertion, so the one used last is the last one.
    items.delete(name);
    items.set(name, opened);
    const [oldest] = items.keys();
    if (items.size > MOST && oldest !== undefined) items.delete(oldest);
  };
  return {
    get: (peer, cid) => {
      const name = nameOf(peer, cid);
      const known = items.get(name);
      if (known) put(name, known);
      return known;
    },
    set: (peer, opened) => put(nameOf(peer, opened.item.id), opened),
  };
}

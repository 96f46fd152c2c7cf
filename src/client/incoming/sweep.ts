import { parseDid, type Did } from '../../protocol/did.ts';
import { MAX_PAGE_SIZE } from '../../protocol/limits.ts';
import { parseFeeds } from '../../protocol/parseAnswer.ts';
import type { StoredMessage } from '../../protocol/payload.ts';
import { routes } from '../../protocol/routes.ts';
import { requireAccount, type ClientContext } from '../context.ts';
import type { ListName } from '../reduceLists.ts';

/** A chat as a node lists it. */
export interface ListedChat {
  readonly peer: Did;
  /** Its newest message, unchecked. */
  readonly head: StoredMessage;
}

/** More pages than any account has: a node that never ends is left at some point. */
const MOST_PAGES = 10_000;

/** Reads a list to its end. Nothing is opened: only the heads tell where something is new. */
export async function sweep(client: ClientContext, list: ListName): Promise<readonly ListedChat[]> {
  const { did } = requireAccount(client);
  const found = new Map<Did, ListedChat>();
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const before = found.size;
    const feeds = parseFeeds(await client.transport.request(routes[list](did, page, MAX_PAGE_SIZE)), list);
    for (const { did: other, msg } of feeds) {
      const peer = didOrNone(other);
      if (peer !== undefined && msg) found.set(peer, { peer, head: msg });
    }
    if (feeds.length < MAX_PAGE_SIZE || found.size === before) break;
  }
  return [...found.values()];
}

/** A row whose other party cannot be named spoils no other. */
function didOrNone(did: string | null): Did | undefined {
  try {
    return parseDid(did ?? '');
  } catch {
    return undefined;
  }
}

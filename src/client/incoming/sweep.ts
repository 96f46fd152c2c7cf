import { parseDid } from '../../protocol/did.ts';
import { MAX_PAGE_SIZE } from '../../protocol/limits.ts';
import { parseFeeds, type ReadFeed } from '../../protocol/parseAnswer.ts';
import type { StoredMessage } from '../../protocol/payload.ts';
import { isGroupId, type Peer } from '../../protocol/peer.ts';
import { routes } from '../../protocol/routes.ts';
import { requireAccount, type ClientContext } from '../context.ts';
import type { ListName } from '../reduceLists.ts';

/** A chat as a node lists it. */
export interface ListedChat {
  readonly peer: Peer;
  /** Its newest message, unchecked; undefined for a group in which nothing was said. */
  readonly head: StoredMessage | undefined;
  /** Since when, in milliseconds since the epoch, as the node says: 0 where it does not. */
  readonly since: number;
}

/** More pages than any account has: a node that never ends is left at some point. */
const MOST_PAGES = 10_000;

/** Reads a list to its end. Nothing is opened: only the heads tell where something is new. */
export async function sweep(client: ClientContext, list: ListName): Promise<readonly ListedChat[]> {
  const { did } = requireAccount(client);
  const found = new Map<Peer, ListedChat>();
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const before = found.size;
    const feeds = parseFeeds(await client.transport.request(routes[list](did, page, MAX_PAGE_SIZE)), list);
    for (const feed of feeds) {
      const peer = peerOrNone(feed);
      const since = Date.parse(feed.intentTimestamp) || 0;
      if (peer !== undefined) found.set(peer, { peer, head: feed.msg ?? undefined, since });
    }
    if (feeds.length < MAX_PAGE_SIZE || found.size === before) break;
  }
  return [...found.values()];
}

/** A row whose other party cannot be named spoils no other. */
function peerOrNone({ chatId, did, groupInformation }: ReadFeed): Peer | undefined {
  if (groupInformation) return isGroupId(chatId) && groupInformation.chatId === chatId ? chatId : undefined;
  try {
    return parseDid(did ?? '');
  } catch {
    return undefined;
  }
}

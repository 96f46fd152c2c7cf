import { asPushChatError } from '../../errors.ts';
import { parseDid, type Did } from '../../protocol/did.ts';
import { MAX_PAGE_SIZE } from '../../protocol/limits.ts';
import { parseFeeds } from '../../protocol/parseAnswer.ts';
import type { Feed } from '../../protocol/payload.ts';
import { routes } from '../../protocol/routes.ts';
import { requireAccount, type ClientContext } from '../context.ts';
import { openItem } from '../openItem.ts';
import type { ListName } from '../reduce.ts';
import type { ChatSummary } from '../state.ts';

/**
 * Reads a page of chats or requests; requests of blocked accounts are left out.
 * @param page from 1; the page after the last one read by default
 */
export async function loadList(
  client: ClientContext,
  list: ListName,
  page = client.get()[list].nextPage,
): Promise<void> {
  const { did } = requireAccount(client);
  if (page === null) return;
  const before = client.get()[list].items;
  client.dispatch({ type: 'listLoading', list });
  try {
    const feeds = parseFeeds(await client.transport.request(routes[list](did, page, MAX_PAGE_SIZE)), list);
    const peers = feeds.flatMap(peerOf);
    await client.keyring.prefetch(peers.map(({ peer }) => peer));
    const rows = await Promise.all(peers.map((row) => summarize(client, row)));
    const { blocked } = client.get();
    const shown = list === 'requests' ? rows.filter(({ peer }) => !blocked.includes(peer)) : rows;
    client.dispatch({
      type: 'listLoaded',
      list,
      page,
      before,
      rows: shown,
      nextPage: feeds.length < MAX_PAGE_SIZE ? null : page + 1,
    });
  } catch (thrown) {
    const error = asPushChatError(thrown);
    client.dispatch({ type: 'listFailed', list, error });
    throw error;
  }
}

interface Row {
  readonly peer: Did;
  readonly feed: Feed;
}

/** A row whose other party cannot be named is left out, rather than spoil the list. */
function peerOf(feed: Feed): Row[] {
  try {
    return [{ peer: parseDid(feed.did ?? ''), feed }];
  } catch {
    return [];
  }
}

/** A peer whose key cannot be asked for now has a row without its message. */
async function summarize(client: ClientContext, { peer, feed }: Row): Promise<ChatSummary> {
  const row = { peer, chatId: feed.chatId, timestamp: feed.msg.timestamp, unread: 0 };
  try {
    const last = await openItem(client, peer, feed.msg, 'list');
    // A node's word alone puts no row on top (security CH-10).
    return { ...row, last, timestamp: last.timestamp };
  } catch (error) {
    client.warn(asPushChatError(error));
    return row;
  }
}

import { asPushChatError } from '../../errors.ts';
import { isDid, parseDid, type Did } from '../../protocol/did.ts';
import { MAX_PAGE_SIZE } from '../../protocol/limits.ts';
import { parseFeeds, type ReadFeed } from '../../protocol/parseAnswer.ts';
import { routes } from '../../protocol/routes.ts';
import { requireAccount, type ClientContext } from '../context.ts';
import { openItem } from '../openItem.ts';
import type { ListName } from '../reduceLists.ts';
import type { ChatSummary, Group } from '../state.ts';
import { isGroupId, type Peer } from '../../protocol/peer.ts';
import { listedGroup } from '../groups/groupOf.ts';
import { findGroup } from '../groups/readGroup.ts';
import { prefetch } from '../groups/readActs.ts';

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
    await prefetch(client, new Set(peers.flatMap(signerIn)));
    const groups = peers.flatMap(({ feed }) => listed(feed, list) ?? []);
    client.dispatch({ type: 'groupsListed', groups });
    const rows = await Promise.all(peers.map((row) => summarize(client, row)));
    const { blocked } = client.get();
    const shown = list === 'requests' ? rows.filter(({ peer }) => isGroupId(peer) || !blocked.includes(peer)) : rows;
    client.dispatch({
      type: 'listLoaded',
      list,
      page,
      before,
      rows: shown,
      nextPage: feeds.length < MAX_PAGE_SIZE ? null : page + 1,
    });
    void openLater(client, list, peers);
  } catch (thrown) {
    const error = asPushChatError(thrown);
    client.dispatch({ type: 'listFailed', list, error });
    throw error;
  }
}

interface Row {
  readonly peer: Peer;
  readonly feed: ReadFeed;
}

/** A row whose other party cannot be named is left out, rather than spoil the list. */
function peerOf(feed: ReadFeed): Row[] {
  const { chatId, did, groupInformation } = feed;
  try {
    if (groupInformation)
      return isGroupId(chatId) && groupInformation.chatId === chatId ? [{ peer: chatId, feed }] : [];
    return [{ peer: parseDid(did ?? ''), feed }];
  } catch {
    return [];
  }
}

/** Whose key the row's message is checked with. */
const signerIn = ({ peer, feed: { msg } }: Row): Did[] =>
  !isGroupId(peer) ? [peer] : msg && isDid(msg.fromDID) ? [parseDid(msg.fromDID)] : [];

/** Who invites is not taken from a list: there it is a node's word, and only the act that was signed tells. */
function listed({ groupInformation }: ReadFeed, list: ListName): Group | undefined {
  return groupInformation ? listedGroup(groupInformation, list === 'chats' ? 'member' : 'invited') : undefined;
}

/** A peer whose key cannot be asked for now has a row without its message. */
async function summarize(client: ClientContext, { peer, feed }: Row): Promise<ChatSummary> {
  const { chatId, msg, intentTimestamp } = feed;
  const row = { peer, chatId, timestamp: msg?.timestamp ?? timeOf(intentTimestamp, client.now()), unread: 0 };
  if (!msg || (isGroupId(peer) && !client.groups.has(peer)))
    return { ...row, timestamp: Math.min(row.timestamp, client.now()) };
  try {
    const last = await openItem(client, peer, msg, 'list');
    // A node's word alone puts no row on top (security CH-10).
    return { ...row, last, timestamp: last.timestamp };
  } catch (error) {
    client.warn(asPushChatError(error));
    return row;
  }
}

/** What is said in a group is opened once the group is read, which takes longer than the list may. */
async function openLater(client: ClientContext, list: ListName, rows: readonly Row[]): Promise<void> {
  for (const { peer, feed } of rows) {
    // Who is only invited cannot read what is said.
    if (!isGroupId(peer) || client.groups.has(peer) || list === 'requests' || !client.account) continue;
    try {
      await findGroup(client, peer);
      if (!feed.msg) continue;
      const item = await openItem(client, peer, feed.msg, 'list');
      client.dispatch({ type: 'rowOpened', peer, last: item });
    } catch (error) {
      client.warn(asPushChatError(error));
    }
  }
}

/** A node's word alone puts no row on top. */
function timeOf(iso: string, now: number): number {
  const time = Date.parse(iso);
  return Number.isNaN(time) ? 0 : Math.min(time, now);
}

import { asPushChatError, PushChatError } from '../../errors.ts';
import { sameDid, type Did } from '../../protocol/did.ts';
import { MAX_FETCH_LIMIT } from '../../protocol/limits.ts';
import { isMessageId } from '../../protocol/messageId.ts';
import { parseConversationHead, parseFeedOrNull, parseHistory } from '../../protocol/parseAnswer.ts';
import type { Feed, StoredMessage } from '../../protocol/payload.ts';
import { routes } from '../../protocol/routes.ts';
import { requireAccount, type ClientContext } from '../context.ts';
import { olderThan, openItem } from '../openItem.ts';
import type { PeerKey, Relation, ThreadItem } from '../state.ts';

interface Page {
  readonly items: readonly ThreadItem[];
  readonly older: string | null;
}

/** Reads the newest page of the chat with a peer, how the two stand, and the peer's key. */
export async function openThread(client: ClientContext, peer: Did): Promise<void> {
  requireAccount(client);
  client.dispatch({ type: 'threadLoading', peer, part: 'loading' });
  try {
    const [known, feed] = await Promise.all([client.keyring.find(peer), readRelation(client, peer)]);
    client.dispatch({ type: 'peerKeyChanged', peer, peerKey: levelOf(known?.key) });
    const head = feed?.threadhash ?? null;
    const page = head === null ? { items: [], older: null } : await readPage(client, peer, head);
    client.dispatch({ type: 'threadLoaded', peer, head, ...page });
  } catch (error) {
    throw fail(client, peer, 'loading', error);
  }
}

/** Reads the page before the oldest message that is here; nothing at the beginning, or while one is being read. */
export async function loadOlder(client: ClientContext, peer: Did): Promise<void> {
  const thread = client.get().threads[peer];
  if (thread?.older == null || thread.loadingOlder.status === 'loading') return;
  client.dispatch({ type: 'threadLoading', peer, part: 'loadingOlder' });
  try {
    client.dispatch({ type: 'olderLoaded', peer, ...(await readPage(client, peer, thread.older)) });
  } catch (error) {
    throw fail(client, peer, 'loadingOlder', error);
  }
}

/** Most pages that one catch-up reads: beyond that the thread is read from its new head, older pages on demand. */
const MAX_CATCH_UP_PAGES = 20;

/** After an interruption: reads from the new head back to what is already here, so that nothing is missing between. */
export async function catchUp(client: ClientContext, peer: Did): Promise<void> {
  const thread = client.get().threads[peer];
  if (thread?.loading.status !== 'loaded') return;
  const { did } = requireAccount(client);
  const answer = await client.transport.request(routes.head(did, peer));
  const { threadHash: head } = parseConversationHead(answer);
  if (head === null || thread.items.some(({ id }) => id === head)) return;
  const known = new Set(thread.items.map(({ id }) => id));
  const items: ThreadItem[] = [];
  let next: string | null = head;
  for (let page = 0; next !== null && !known.has(next) && page < MAX_CATCH_UP_PAGES; page++) {
    const read: Page = await readPage(client, peer, next);
    items.push(...read.items);
    next = read.items.some(({ id }) => known.has(id)) ? null : read.older;
  }
  client.dispatch({ type: 'threadLoaded', peer, head, items, older: thread.older });
}

/** Asks the node how this account and a peer stand. */
export async function readRelation(client: ClientContext, peer: Did): Promise<Feed | null> {
  const { did } = requireAccount(client);
  const feed = parseFeedOrNull(await client.transport.request(routes.chat(did, peer)));
  client.dispatch({ type: 'relationChanged', peer, relation: relationOf(client, peer, feed) });
  return feed;
}

/** The level in the words of the state. */
export const levelOf = (key: { readonly level: Exclude<PeerKey, 'unknown' | 'missing'> } | null | undefined): Exclude<PeerKey, 'unknown'> =>
  key?.level ?? 'missing';

function relationOf(client: ClientContext, peer: Did, feed: Feed | null): Relation {
  if (client.get().blocked.includes(peer)) return 'blocked';
  if (!feed) return 'none';
  const { did } = requireAccount(client);
  const accepted = feed.intent.split('+');
  if (!accepted.some((intent) => sameDid(intent, did))) return 'request-received';
  return accepted.some((intent) => sameDid(intent, peer)) ? 'chat' : 'request-sent';
}

async function readPage(client: ClientContext, peer: Did, id: string): Promise<Page> {
  // An id goes into a path, so nothing but an id may (security PA-07).
  if (!isMessageId(id)) throw new PushChatError('PayloadMalformed', 'The Push Node named a message by something that is no id.');
  const entries = parseHistory(await client.transport.request(routes.history(id, MAX_FETCH_LIMIT)));
  const messages = entries.filter((entry): entry is StoredMessage => !('malformed' in entry));
  const items = await Promise.all(messages.map((message) => openItem(client, peer, message)));
  return { items, older: olderThan(messages) };
}

function fail(client: ClientContext, peer: Did, part: 'loading' | 'loadingOlder', thrown: unknown): PushChatError {
  const error = asPushChatError(thrown);
  client.dispatch({ type: 'threadFailed', peer, part, error });
  return error;
}

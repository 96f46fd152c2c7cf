import { asPushChatError, PushChatError } from '../../errors.ts';
import { sameDid, type Did } from '../../protocol/did.ts';
import { MAX_FETCH_LIMIT } from '../../protocol/limits.ts';
import { isCid, isMessageId } from '../../protocol/messageId.ts';
import { parseConversationHead, parseFeedOrNull, parseHistory, type ReadFeed } from '../../protocol/parseAnswer.ts';
import type { StoredMessage } from '../../protocol/payload.ts';
import { routes } from '../../protocol/routes.ts';
import { keptHead } from '../cache/keptHeads.ts';
import { recallThread } from '../cache/threadCache.ts';
import { requireAccount, type ClientContext } from '../context.ts';
import { olderThan, openItem } from '../openItem.ts';
import type { PeerKey, Relation, Thread, ThreadItem } from '../state.ts';
import type { Urgency } from '../workQueue.ts';
import { isGroupId, type GroupId, type Peer } from '../../protocol/peer.ts';
import type { KeyLevel } from '../../protocol/profileProof.ts';
import { readGroup } from '../groups/readGroup.ts';
import { keyOfGroup, relationOfStanding } from '../reduceGroups.ts';

interface Page {
  readonly items: readonly ThreadItem[];
  readonly older: string | null;
}

/**
 * Reads the newest messages of the chat with a peer, how the two stand, and the peer's key. A thread that is here
 * already is read back to what it has, so that nothing is missing between.
 */
export async function openThread(client: ClientContext, peer: Peer): Promise<void> {
  requireAccount(client);
  client.dispatch({ type: 'threadLoading', peer, part: 'loading' });
  try {
    const isNew = client.get().threads[peer]?.head == null;
    const asking = isGroupId(peer) ? readGroupHead(client, peer) : readPeer(client, peer);
    // What this device keeps is shown meanwhile; what goes wrong is told below.
    asking.catch(() => undefined);
    const [recalled, kept] = isNew ? await Promise.all([recallThread(client, peer), keptHead(client, peer)]) : [[]];
    if (recalled.length > 0) client.dispatch({ type: 'itemsOpened', peer, items: recalled });
    const before = client.get().threads[peer]?.head ?? kept?.id ?? null;
    const { head, peerKey } = await asking;
    client.dispatch({ type: 'peerKeyChanged', peer, peerKey });
    if (head === undefined) {
      stayAside(client, peer);
      return;
    }
    client.dispatch({ type: 'headServed', peer, before, head });
    await readNewest(client, peer, head, recalled);
    if (kept) client.dispatch({ type: 'headRecalled', peer, kept });
  } catch (error) {
    throw fail(client, peer, 'loading', error);
  }
}

interface Asked {
  /** Undefined for whom the thread is not, or not any more. */
  readonly head: string | null | undefined;
  readonly peerKey: PeerKey;
}

async function readPeer(client: ClientContext, peer: Did): Promise<Asked> {
  const [known, feed] = await Promise.all([client.keyring.find(peer), readRelation(client, peer)]);
  return { head: feed?.threadhash ?? null, peerKey: levelOf(known?.key) };
}

/** Who is only invited sees the group, and not yet what is said in it. */
async function readGroupHead(client: ClientContext, chatId: GroupId): Promise<Asked> {
  const file = await readGroup(client, chatId);
  const { standing, isPublic } = file;
  const relation = relationOfStanding(standing);
  client.dispatch({ type: 'relationChanged', peer: chatId, relation });
  const peerKey = keyOfGroup(file);
  if (relation !== 'chat' && !isPublic) return { head: undefined, peerKey };
  return { head: await readHead(client, chatId), peerKey };
}

async function readHead(client: ClientContext, peer: Peer): Promise<string | null> {
  const { did } = requireAccount(client);
  return parseConversationHead(await client.transport.request(routes.head(did, peer))).threadHash;
}

/** What is here of a group stays, for who is out of it. */
function stayAside(client: ClientContext, peer: Peer): void {
  const { head = null, older = null } = client.get().threads[peer] ?? {};
  client.dispatch({ type: 'threadLoaded', peer, head, items: [], older });
}

/** Reads the page before the oldest message that is here; nothing at the beginning, or while one is being read. */
export async function loadOlder(client: ClientContext, peer: Peer): Promise<void> {
  const thread = client.get().threads[peer];
  if (thread?.older == null || thread.loadingOlder.status === 'loading') return;
  client.dispatch({ type: 'threadLoading', peer, part: 'loadingOlder' });
  try {
    client.dispatch({ type: 'olderLoaded', peer, ...(await readPage(client, peer, thread.older)) });
  } catch (error) {
    throw fail(client, peer, 'loadingOlder', error);
  }
}

/** After an interruption: reads what an open thread has missed. */
export async function catchUp(client: ClientContext, peer: Peer): Promise<void> {
  if (client.get().threads[peer]?.loading.status !== 'loaded') return;
  const before = client.get().threads[peer]?.head ?? null;
  const head = isGroupId(peer) ? (await readGroupHead(client, peer)).head : await readHead(client, peer);
  if (head === undefined) return;
  client.dispatch({ type: 'headServed', peer, before, head });
  await readNewest(client, peer, head);
}

/** Most pages read at once; what lies between is then read on demand, like anything older. */
const MAX_PAGES = 5;

/**
 * Reads from a head back to a page of which everything is here, or one page where nothing is. A single message that is
 * here is no sign that those before it are: what another node took comes late, and stands at its time.
 */
async function readNewest(
  client: ClientContext,
  peer: Peer,
  head: string | null,
  recalled: readonly ThreadItem[] = [],
): Promise<void> {
  const thread = client.get().threads[peer];
  const known = new Set((thread?.head == null ? recalled : thread.items).map(({ id }) => id));
  const items: ThreadItem[] = [];
  let next = head;
  let complete = false;
  for (let page = 0; next !== null && !complete && page < (known.size > 0 ? MAX_PAGES : 1); page++) {
    const read: Page = await readPage(client, peer, next);
    items.push(...read.items);
    complete = read.items.every(({ id }) => known.has(id));
    next = read.older;
  }
  // What lies deeper is read again on demand, though it is here: something may have come late among it.
  client.dispatch({ type: 'threadLoaded', peer, head, items, older: next });
  await fillGaps(client, peer);
}

/**
 * Reads what a thread lacks between the messages that are here: whatever was told while nobody listened, came out of
 * order, or lies before a message of this device. A node that keeps it back is asked once.
 */
export async function fillGaps(client: ClientContext, peer: Peer, first?: string): Promise<void> {
  const asked = new Set<string>();
  for (let page = 0; page < MAX_PAGES; page += 1) {
    const thread = client.get().threads[peer];
    const missing = thread?.loading.status === 'loaded' ? missingLink(thread) : undefined;
    const link = page === 0 ? (first ?? missing) : missing;
    if (!thread || link === undefined || asked.has(link)) return;
    asked.add(link);
    const { items } = await readPage(client, peer, link);
    client.dispatch({ type: 'olderLoaded', peer, items, older: client.get().threads[peer]?.older ?? null });
  }
}

/** The newest link that names nothing here, above the message where older pages go on. */
function missingLink({ items, older }: Thread): string | undefined {
  const ids = new Set(items.map(({ id }) => id));
  const isMissing = (link: string | null | undefined): link is string => link != null && isCid(link) && !ids.has(link);
  const links = items.slice(items.findIndex(({ id }) => id === older) + 1).map(({ link }) => link);
  return links.findLast(isMissing);
}

/** Asks the node how this account and a peer stand. */
export async function readRelation(client: ClientContext, peer: Did): Promise<ReadFeed | null> {
  const { did } = requireAccount(client);
  const feed = parseFeedOrNull(await client.transport.request(routes.chat(did, peer)));
  client.dispatch({ type: 'relationChanged', peer, relation: relationOf(client, peer, feed) });
  return feed;
}

/** The level in the words of the state. */
export const levelOf = (key: { readonly level: KeyLevel } | null | undefined): Exclude<PeerKey, 'unknown' | 'public'> =>
  key?.level ?? 'missing';

function relationOf(client: ClientContext, peer: Did, feed: ReadFeed | null): Relation {
  if (client.get().blocked.includes(peer)) return 'blocked';
  if (!feed) return 'none';
  const { did } = requireAccount(client);
  const accepted = feed.intent.split('+');
  if (!accepted.some((intent) => sameDid(intent, did))) return 'request-received';
  return accepted.some((intent) => sameDid(intent, peer)) ? 'chat' : 'request-sent';
}

/** Rows that a large window shows without scrolling. */
const FIRST_SCREEN = 12;

async function readPage(client: ClientContext, peer: Peer, id: string): Promise<Page> {
  // An id goes into a path, so nothing but an id may (security PA-07).
  if (!isMessageId(id))
    throw new PushChatError('PayloadMalformed', 'The Push Node named a message by something that is no id.');
  const entries = parseHistory(await client.transport.request(routes.history(id, MAX_FETCH_LIMIT)));
  const messages = entries.filter((entry): entry is StoredMessage => !('malformed' in entry));
  if (messages.length < entries.length) {
    const error = new PushChatError(
      'NodeError',
      'The Push Node served messages that are none. Nothing older can be read.',
    );
    // With nothing to go on from, what is older would seem not to exist.
    if (messages.length === 0) throw error;
    client.warn(error);
  }
  const openAll = (some: readonly StoredMessage[], urgency: Urgency): Promise<ThreadItem[]> =>
    Promise.all(some.map((message) => openItem(client, peer, message, urgency)));
  // What is on the screen first is shown as soon as it is open.
  const newest = await openAll(messages.slice(0, FIRST_SCREEN), 'screen');
  if (messages.length > FIRST_SCREEN) client.dispatch({ type: 'itemsOpened', peer, items: newest });
  return { items: [...newest, ...(await openAll(messages.slice(FIRST_SCREEN), 'rest'))], older: olderThan(messages) };
}

function fail(client: ClientContext, peer: Peer, part: 'loading' | 'loadingOlder', thrown: unknown): PushChatError {
  const error = asPushChatError(thrown);
  if (error.code !== 'Aborted') {
    client.dispatch({ type: 'threadFailed', peer, part, error });
    return error;
  }
  client.dispatch({ type: 'threadLeft', peer, part });
  // Somebody came back before this was noticed.
  if (part === 'loading' && client.followers.has(peer)) openThread(client, peer).catch(() => undefined);
  return error;
}

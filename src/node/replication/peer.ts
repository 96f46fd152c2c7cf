import { asPushChatError, PushChatError } from '../../errors.ts';
import type { NodeContext } from '../context.ts';
import { jsonIn, readBytes } from '../readJson.ts';
import type { WritableRows } from '../store/store.ts';
import { lastNumber } from '../tables/journal.ts';
import {
  countWaiting,
  cursorOf,
  letWait,
  saveCursor,
  waitingOf,
  waitNoMore,
  type PeerCursor,
} from '../tables/peers.ts';
import { applyEntry, mayWait } from './applyEntry.ts';
import {
  HINT_PATH,
  JOURNAL_PATH,
  MAX_ENTRIES,
  MAX_PAGE_BYTES,
  parseAct,
  parsePage,
  type ReadEntry,
  type ReadPage,
} from './journalPage.ts';

export interface PeerConfig {
  /** Origin of the other node, such as `https://node.example`. */
  readonly url: string;
  /** @default the global `fetch` */
  readonly fetch?: (request: Request) => Promise<Response>;
}

/** How a node stands with one that it follows. */
export interface PeerStatus {
  readonly url: string;
  /** Entries of the peer's journal that were dealt with. */
  readonly read: number;
  readonly taken: number;
  /** Lies: entries whose CID, shape, proof or permission is not what it must be. */
  readonly refused: number;
  /** Entries that need something that is not here yet. */
  readonly waiting: number;
}

export interface Peer {
  readonly url: string;
  /**
   * Reads one page of the peer's journal, from where the last one ended, and takes what it can.
   * @returns whether there is more to read at once
   * @throws {PushChatError} `NetworkUnavailable`, `NodeError`, `PayloadMalformed`, `PayloadTooLarge` for a peer that
   *   does not answer as a node does; `StoreUnavailable`; `NotPermitted` while too much of it waits
   */
  readonly pull: (signal?: AbortSignal) => Promise<boolean>;
  /** Tells the peer that this node's journal has grown; whether it hears that does not matter. */
  readonly hint: (signal?: AbortSignal) => Promise<void>;
  readonly status: () => Promise<PeerStatus>;
}

/** Of one peer; beyond it nothing more is read from it until something of this could be taken. */
const MOST_WAITING = 1_000;

/**
 * Follows another node: takes from its journal what passes every check, and never believes anything else of it.
 * @param secret what the nodes tell each other before they may read a journal
 * @throws {PushChatError} `InvalidConfig`
 */
export function openPeer(node: NodeContext, config: PeerConfig, secret?: string): Peer {
  const { url } = config;
  if (!URL.canParse(url))
    throw new PushChatError('InvalidConfig', 'A peer is named by its origin: https://node.example');
  let tried = -1;

  /** What waits is tried again whenever this node has learned something, whoever it learned it from. */
  const tryWaiting = async (): Promise<void> => {
    for (let now = await node.store.read(lastNumber); now !== tried; now = await node.store.read(lastNumber)) {
      tried = now;
      for (const { key, value } of await node.store.read((rows) => waitingOf(rows, url, MOST_WAITING))) {
        const outcome = await attempt(node, value);
        if (outcome !== 'waits')
          await node.store.write(async (rows) => {
            const cursor = await cursorOf(rows, url);
            await waitNoMore(rows, key);
            await saveCursor(rows, url, counted(cursor, outcome));
          });
      }
    }
  };

  return {
    url,
    pull: async (signal) => {
      await tryWaiting();
      if ((await node.store.read((rows) => countWaiting(rows, url))) >= MOST_WAITING) {
        throw new PushChatError('NotPermitted', `Too many entries of ${url} wait for what it does not tell.`);
      }
      const cursor = await node.store.read((rows) => cursorOf(rows, url));
      const page = await readPage(config, cursor, { secret, signal });
      if (page.before !== cursor.mark) {
        // Not the journal that was read before: its node was set back. All of it is read again; what is known is quick.
        await node.store.write((rows) => saveCursor(rows, url, { ...cursor, after: 0, mark: null }));
        return false;
      }
      await takeAll(node, url, page.entries);
      await tryWaiting();
      return (page.entries.at(-1)?.number ?? page.last) < page.last;
    },
    hint: async (signal) => {
      await ask(config, 'POST', HINT_PATH, { secret, signal });
    },
    status: () =>
      node.store.read(async (rows) => {
        const { after, taken, refused } = await cursorOf(rows, url);
        return { url, read: after, taken, refused, waiting: await countWaiting(rows, url) };
      }),
  };
}

type Outcome = 'taken' | 'known' | 'waits' | 'refused';

const counted = (cursor: PeerCursor, outcome: Outcome): PeerCursor => ({
  ...cursor,
  taken: cursor.taken + Number(outcome === 'taken'),
  refused: cursor.refused + Number(outcome === 'refused'),
});

/** The cursor moves in the transaction that takes an entry; past what was known, only once for many. */
async function takeAll(node: NodeContext, url: string, entries: readonly ReadEntry[]): Promise<void> {
  let passed: ReadEntry | undefined;
  for (const entry of entries) {
    const { number, act } = entry;
    const outcome = await attempt(node, act, (tx) => moveOn(tx, url, entry, 'taken'));
    passed = outcome === 'known' ? entry : undefined;
    if (outcome === 'waits' || outcome === 'refused') {
      await node.store.write(async (rows) => {
        if (outcome === 'waits') await letWait(rows, url, number, parseAct(act));
        await moveOn(rows, url, entry, outcome);
      });
    }
  }
  const last = passed;
  if (last) await node.store.write((rows) => moveOn(rows, url, last, 'known'));
}

async function moveOn(rows: WritableRows, url: string, { number, id }: ReadEntry, outcome: Outcome): Promise<void> {
  await saveCursor(rows, url, { ...counted(await cursorOf(rows, url), outcome), after: number, mark: id });
}

async function attempt(node: NodeContext, act: unknown, also?: Parameters<typeof applyEntry>[2]): Promise<Outcome> {
  try {
    return await applyEntry(node, parseAct(act), also);
  } catch (thrown) {
    const error = asPushChatError(thrown);
    // This node's own trouble says nothing about the entry.
    if (error.code === 'StoreUnavailable') throw error;
    if (error.code !== 'Internal') return mayWait(error) ? 'waits' : 'refused';
    node.warn(error);
    return 'waits';
  }
}

async function readPage(config: PeerConfig, { after }: PeerCursor, access: Access): Promise<ReadPage> {
  const response = await ask(config, 'GET', `${JOURNAL_PATH}?after=${after}&limit=${MAX_ENTRIES}`, access);
  if (!response.ok) throw new PushChatError('NodeError', `${config.url} answered ${response.status} for its journal.`);
  return parsePage(jsonIn(await readBytes(response, MAX_PAGE_BYTES)), after);
}

interface Access {
  readonly secret: string | undefined;
  readonly signal: AbortSignal | undefined;
}

async function ask(
  { url, fetch = globalThis.fetch }: PeerConfig,
  method: 'GET' | 'POST',
  path: string,
  { secret, signal }: Access,
): Promise<Response> {
  const headers = secret !== undefined && { headers: { authorization: `Bearer ${secret}` } };
  try {
    return await fetch(
      new Request(new URL(path, url), { method, redirect: 'error', ...headers, ...(signal && { signal }) }),
    );
  } catch (cause) {
    throw new PushChatError('NetworkUnavailable', `${url} does not answer.`, { cause });
  }
}

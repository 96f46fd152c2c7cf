import { asPushChatError } from '../../errors.ts';
import type { ClientContext } from '../context.ts';
import type { OpenedItem, Thread, ThreadItem } from '../state.ts';
import type { Vault } from '../storage/vault.ts';
import type { OpenedBefore } from './openedItems.ts';
import type { Peer } from '../../protocol/peer.ts';

/** What this device keeps of a thread: its newest messages, as they were verified. */
interface KeptThread {
  readonly opened: readonly OpenedBefore[];
  /** When it was kept, in milliseconds since the epoch: the oldest goes first when there is no more room. */
  readonly at: number;
}

/** Some screens of a thread; and characters of all of them, since one picture is worth thousands of words. */
const MOST_ITEMS = 200;
const MOST_CHARACTERS = 1_000_000;

/** A thread that changes fast is not kept at each change: the node has what is missing. */
const PAUSE_MS = 250;

/**
 * What this device keeps of the chat with a peer, oldest first; from now on none of it is opened again.
 * @returns nothing where nothing is kept
 */
export async function recallThread(client: ClientContext, peer: Peer): Promise<readonly OpenedItem[]> {
  const { account } = client;
  try {
    const kept = (await account?.vault.get('thread', peer)) as KeptThread | undefined;
    for (const opened of kept?.opened ?? []) client.opened.set(peer, opened);
    return kept?.opened.map(({ item }) => item) ?? [];
  } catch (error) {
    client.warn(asPushChatError(error));
    return [];
  }
}

/** Keeps the newest verified messages of each thread as it changes, sealed on this device, until chat is locked. */
export function keepThreads(client: ClientContext): void {
  const { account } = client;
  if (!account) return;
  const kept = new Map<Peer, readonly ThreadItem[]>();
  let saving: Promise<void> | undefined;

  const saveChanged = async (): Promise<void> => {
    for (let next = changed(); next && client.account === account; next = changed()) {
      kept.set(next.peer, next.items);
      await save(client, account.vault, next);
      await client.wait(PAUSE_MS);
    }
  };
  const changed = (): Thread | undefined =>
    Object.values(client.get().threads).find(
      ({ peer, items, loading }) => loading.status === 'loaded' && kept.get(peer) !== items,
    );
  const stop = client.subscribe(() => {
    if (client.account !== account) return stop();
    saving ??= saveChanged()
      .catch((error: unknown) => client.warn(asPushChatError(error)))
      .finally(() => (saving = undefined));
  });
}

async function save(client: ClientContext, vault: Vault, { peer, items }: Thread): Promise<void> {
  const opened: OpenedBefore[] = [];
  let size = 0;
  for (const { id, state } of items.slice(-MOST_ITEMS).reverse()) {
    const known = state === 'verified' ? client.opened.get(peer, id) : undefined;
    if (!known) continue;
    size += JSON.stringify(known).length;
    if (size > MOST_CHARACTERS) break;
    opened.unshift(known);
  }
  const thread: KeptThread = { opened, at: client.now() };
  try {
    await vault.put('thread', peer, thread);
  } catch (thrown) {
    const error = asPushChatError(thrown);
    client.warn(error);
    // Messages can be read again from the node; drafts, pins and what is not sent cannot, and need the room.
    if (error.code === 'StorageQuota') await dropOldest(vault);
  }
}

async function dropOldest(vault: Vault): Promise<void> {
  const threads = await vault.list('thread');
  const byAge = [...threads].sort((a, b) => (a.value as KeptThread).at - (b.value as KeptThread).at);
  for (const { name } of byAge.slice(0, Math.ceil(byAge.length / 2))) await vault.delete('thread', name);
}

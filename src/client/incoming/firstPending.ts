import { isGroupId, type Peer } from '../../protocol/peer.ts';
import { catchUp, loadOlder, openThread } from '../actions/loadHistory.ts';
import type { ClientContext } from '../context.ts';
import type { Thread, ThreadItem } from '../state.ts';
import { isHandled, type Place } from './place.ts';
import { timesIn } from './whileIn.ts';

export interface Looking {
  readonly peer: Peer;
  readonly place: Place;
  /** Since when, as far as somebody told, in milliseconds since the epoch. */
  readonly since: number;
  /** Id of the newest message, as far as somebody told. */
  readonly head: string | undefined;
  readonly wanted: (item: ThreadItem) => boolean;
}

/** More than a place notes of a chat, so that what is in memory reaches back to it. */
const MOST_ITEMS = 600;

/**
 * The oldest message of the chat, written by somebody else, that is not handled, of a thread that is read back to where everything is.
 * @returns undefined for none
 * @throws {PushChatError} when the thread cannot be read now
 */
export async function firstPending(client: ClientContext, looking: Looking): Promise<ThreadItem | undefined> {
  const { peer, place, since, head, wanted } = looking;
  const known = client.get().threads[peer];
  if (known?.loading.status !== 'loaded') await openThread(client, peer);
  else if (head !== undefined && known.items.every(({ id }) => id !== head)) await catchUp(client, peer);
  const times = isGroupId(peer) ? timesIn(client, peer, since) : undefined;
  await readBack(client, peer, Math.max(place.floor, times?.since ?? 0));
  const items = client.get().threads[peer]?.items ?? [];
  const first = items.find(
    (item) => item.from === 'peer' && wanted(item) && !isHandled(place, item) && (times?.has(item.timestamp) ?? true),
  );
  // A program that runs for months keeps of each thread what it needs, unless somebody looks at it.
  if (!first && !client.followers.has(peer)) client.dispatch({ type: 'threadTrimmed', peer, most: MOST_ITEMS });
  return first;
}

async function readBack(client: ClientContext, peer: Peer, floor: number): Promise<void> {
  for (;;) {
    const thread = await notLoading(client, peer);
    const oldest = thread?.items[0];
    if (thread?.older == null || (oldest && oldest.timestamp <= floor)) return;
    await loadOlder(client, peer);
    // A node that leads nowhere.
    if (client.get().threads[peer]?.older === thread.older) return;
  }
}

/** The thread once no older page is being read, by somebody who looks at it. */
function notLoading(client: ClientContext, peer: Peer): Promise<Thread | undefined> {
  return new Promise((resolve) => {
    const look = (): void => {
      const thread = client.get().threads[peer];
      if (thread?.loadingOlder.status === 'loading' && client.account) return;
      stop();
      resolve(thread);
    };
    const stop = client.subscribe(look);
    look();
  });
}

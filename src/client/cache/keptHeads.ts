import { asPushChatError } from '../../errors.ts';
import type { Account, ClientContext } from '../context.ts';
import { highestNumber, isOpened, type KeptHead, type ThreadItem } from '../state.ts';
import type { Peer } from '../../protocol/peer.ts';

/** Undefined where nothing is kept, and where it cannot be told. */
export async function keptHead(client: ClientContext, peer: Peer): Promise<KeptHead | undefined> {
  try {
    return (await client.account?.vault.get('head', peer)) as KeptHead | undefined;
  } catch (error) {
    client.warn(asPushChatError(error));
    return undefined;
  }
}

/** Keeps the head of each thread as it moves on, sealed on this device, until chat is locked. */
export function keepHeads(client: ClientContext): void {
  const { account } = client;
  if (!account) return;
  const seen = new Map<Peer, { readonly items: readonly ThreadItem[]; readonly head: KeptHead | undefined }>();
  let saving = Promise.resolve();
  const stop = client.subscribe(() => {
    if (client.account !== account) return stop();
    for (const { peer, items } of Object.values(client.get().threads)) {
      const before = seen.get(peer);
      if (before?.items === items) continue;
      const head = headOf(items);
      seen.set(peer, { items, head });
      if (!head || (before?.head?.id === head.id && before.head.seq === head.seq)) continue;
      saving = saving
        .then(() => moveOn(account, peer, head))
        .catch((error: unknown) => client.warn(asPushChatError(error)));
    }
  });
}

function headOf(items: readonly ThreadItem[]): KeptHead | undefined {
  const newest = items.findLast(isOpened);
  if (!newest) return undefined;
  const { id, digest, timestamp: at } = newest;
  return { id, ...(digest !== undefined && { digest }), at, seq: highestNumber(items) };
}

/** Never back: another tab may have seen more. */
async function moveOn({ tabs, vault }: Account, peer: Peer, head: KeptHead): Promise<void> {
  await tabs.alone(async () => {
    const before = (await vault.get('head', peer)) as KeptHead | undefined;
    const newer = before && before.at > head.at ? before : head;
    const seq = Math.max(head.seq, before?.seq ?? 0);
    if (before?.id !== newer.id || before.seq !== seq) await vault.put('head', peer, { ...newer, seq });
  });
}

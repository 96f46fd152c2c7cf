import { parseFeeds } from '../protocol/parseAnswer.ts';
import { routes } from '../protocol/routes.ts';
import { asPushChatError } from '../errors.ts';
import { requireAccount, type ClientContext } from './context.ts';
import { resumeOutbox } from './outbox/resumeOutbox.ts';
import type { ListName } from './reduceLists.ts';

const POLL_MS = 55_000;

/**
 * Asks now and then for the newest message of each list, until the returned stop is called: a connection can seem open
 * and be deaf (security NW-08). Only what nobody told is worth reading everything anew. A page that nobody sees catches up
 * when it is shown again.
 */
export function pollHeads(client: ClientContext, refresh: () => Promise<void>): () => void {
  let before: string | undefined;
  const poll = async (): Promise<void> => {
    if (!client.account || client.get().connection !== 'online' || client.page.isHidden()) return;
    // A tab that died may have left something to send.
    void resumeOutbox(client);
    try {
      const served = await Promise.all([newest(client, 'chats'), newest(client, 'requests')]);
      const told = [shown(client, 'chats'), shown(client, 'requests')];
      const news = served.some((id, i) => id !== undefined && id !== told[i]);
      const key = served.join();
      // What is not shown on purpose, such as a blocked account's request, is no news the second time.
      if (news && key !== before) await refresh();
      before = key;
    } catch (error) {
      client.warn(asPushChatError(error));
    }
  };
  return client.every(POLL_MS, () => void poll());
}

async function newest(client: ClientContext, list: ListName): Promise<string | undefined> {
  const { did } = requireAccount(client);
  const [feed] = parseFeeds(await client.transport.request(routes[list](did, 1, 1)), list);
  return feed && (feed.msg?.cid ?? feed.chatId);
}

function shown(client: ClientContext, list: ListName): string | undefined {
  const [row] = client.get()[list].items;
  return row?.last?.id ?? row?.chatId;
}

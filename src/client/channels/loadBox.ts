import { asPushChatError } from '../../errors.ts';
import { parseFeed } from '../../protocol/notifications/feed.ts';
import { routes } from '../../protocol/routes.ts';
import { requireAccount } from '../context.ts';
import { caip10Of } from './caip10.ts';
import type { NotificationBox } from './channelsState.ts';
import type { ChannelsContext } from './channelsContext.ts';
import { openFeed } from './openFeed.ts';

const PAGE = 20;

/**
 * Reads a page of a box, checked; the next one if none is named.
 * @throws {PushChatError} `SessionLocked`, and what the node or network says
 */
export async function loadBox(channels: ChannelsContext, box: NotificationBox, page?: number): Promise<void> {
  const { client, get, dispatch, readOnChain } = channels;
  const { did } = requireAccount(client);
  const wanted = page ?? get()[box].nextPage;
  if (wanted === null || get()[box].loading.status === 'loading') return;
  dispatch({ type: 'boxLoading', box });
  try {
    const route = routes.feeds(caip10Of(did), wanted, PAGE, box === 'spam');
    const { items, served } = parseFeed(await client.transport.request(route));
    const opened = await openFeed(client, items, readOnChain);
    const nextPage = served < PAGE ? null : wanted + 1;
    dispatch({ type: 'boxLoaded', box, page: wanted, items: opened, nextPage });
  } catch (thrown) {
    const error = asPushChatError(thrown);
    dispatch({ type: 'boxFailed', box, error });
    throw error;
  }
}

import { asPushChatError } from '../../errors.ts';
import { isDid, parseDid } from '../../protocol/did.ts';
import { malformed, objectOf } from '../../protocol/fields.ts';
import { parseServed } from '../../protocol/notifications/feed.ts';
import { routes } from '../../protocol/routes.ts';
import { requireAccount } from '../context.ts';
import { answerChallenge } from '../signIn.ts';
import { caip10Of } from './caip10.ts';
import type { NotificationBox } from './channelsState.ts';
import { quietly, type ChannelsContext } from './channelsContext.ts';
import { loadBox } from './loadBox.ts';
import { openFeed } from './openFeed.ts';

/** Reads what there is and listens for more, until the returned stop is called; catches up after every interruption. */
export function followFeeds(channels: ChannelsContext): () => void {
  const { client } = channels;
  const { transport } = client;
  const account = caip10Of(requireAccount(client).did);
  let missed = false;
  const readAll = (): void => {
    quietly(channels, loadBox(channels, 'inbox', 1));
    quietly(channels, loadBox(channels, 'spam', 1));
    quietly(channels, loadChannels(channels));
  };
  const prove = async (challenge: unknown): Promise<string | undefined> => {
    try {
      return (await answerChallenge(transport, client, challenge)).text;
    } catch (error) {
      client.warn(asPushChatError(error));
      return undefined;
    }
  };
  const stop = transport.subscribeFeeds?.(account, {
    notified: (box, payload) => quietly(channels, receive(channels, box, payload)),
    status: (connection) => {
      if (connection === 'online' && missed) readAll();
      missed = connection !== 'online';
    },
    ...(transport.host !== undefined && { prove }),
  });
  readAll();
  const stopReturning = client.page.onReturn(() => {
    // Where nothing is told, what came is read when somebody looks again.
    if (!stop) readAll();
  });
  return () => {
    stop?.();
    stopReturning();
  };
}

async function receive(channels: ChannelsContext, box: NotificationBox, payload: unknown): Promise<void> {
  const served = parseServed(payload);
  if (!served) return;
  for (const item of await openFeed(channels.client, [served], channels.readOnChain)) {
    channels.dispatch({ type: 'received', box, item });
  }
}

async function loadChannels({ client, dispatch }: ChannelsContext): Promise<void> {
  const answer = await client.transport.request(routes.subscriptions(caip10Of(requireAccount(client).did)));
  const { subscriptions } = objectOf(answer, 'answer');
  if (!Array.isArray(subscriptions)) throw malformed('subscriptions');
  const channels = subscriptions.flatMap((each: unknown) => {
    const { channel } = objectOf(each, 'subscription');
    return typeof channel === 'string' && isDid(channel) ? [parseDid(channel)] : [];
  });
  dispatch({ type: 'channelsLoaded', channels });
}

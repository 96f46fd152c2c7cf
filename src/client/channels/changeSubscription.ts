import { addressOf, parseDid } from '../../protocol/did.ts';
import type { SubscriptionAction } from '../../protocol/notifications/subscription.ts';
import { routes } from '../../protocol/routes.ts';
import { requireAccount } from '../context.ts';
import { caip10Of } from './caip10.ts';
import type { ChannelsContext } from './channelsContext.ts';
import { loadBox } from './loadBox.ts';

/** Opts in to a channel, or out of it, by the word of the chat key. */
export async function changeSubscription(
  channels: ChannelsContext,
  action: SubscriptionAction,
  channel: string,
): Promise<void> {
  const { client, dispatch } = channels;
  const { did, keys } = requireAccount(client);
  const to = parseDid(channel);
  const parties = { action, channel: addressOf(to) ?? to, subscriber: caip10Of(did) };
  const body = await keys.signSubscription(parties, client.now());
  const route = action === 'Subscribe' ? routes.subscribe(caip10Of(to)) : routes.unsubscribe(caip10Of(to));
  await client.transport.request(route, body);
  dispatch({ type: 'subscriptionChanged', channel: to, isOn: action === 'Subscribe' });
  // What it sent from now on may stand in the other box by now.
  await Promise.allSettled([loadBox(channels, 'inbox', 1), loadBox(channels, 'spam', 1)]);
}

import { PushChatError } from '../../errors.ts';
import { addressOf, type Did } from '../../protocol/did.ts';
import type { FeedItem } from '../../protocol/notifications/notification.ts';
import type { Rows } from '../store/store.ts';
import type { Page } from '../tables/chats.ts';
import { feedPage, nextChannel, type Box } from '../tables/notifications.ts';
import { subscriberCount, subscribersOf, subscriptionsOf } from '../tables/subscriptions.ts';
import { userOf } from '../tables/users.ts';
import { feedItem } from './feedItem.ts';

/** What an account was notified of, the newest first (protocol 7). */
export async function listNotifications(
  rows: Rows,
  feed: { readonly did: Did; readonly box: Box; readonly channel?: Did },
  page: Page,
): Promise<{ readonly feeds: readonly FeedItem[]; readonly itemcount: number }> {
  const { found, count } = await feedPage(rows, feed, page);
  const feeds: FeedItem[] = [];
  for (const row of found) feeds.push(await feedItem(rows, row));
  return { feeds, itemcount: count };
}

const MOST_SUBSCRIPTIONS = 1_000;

/** The channels of an account. */
export async function listSubscriptions(rows: Rows, did: Did, channel: Did | undefined): Promise<readonly object[]> {
  const found = await subscriptionsOf(rows, did, { offset: 0, limit: MOST_SUBSCRIPTIONS });
  return found
    .filter((each) => channel === undefined || each.did === channel)
    .map((each) => ({ channel: plain(each.did), user_settings: each.settings === '' ? null : each.settings }));
}

/** The accounts that subscribe to a channel. */
export async function listSubscribers(rows: Rows, channel: Did, page: Page): Promise<object> {
  const found = await subscribersOf(rows, channel, page);
  return {
    itemcount: await subscriberCount(rows, channel),
    subscribers: found.map(({ did, settings }) => ({
      subscriber: plain(did),
      settings: settings === '' ? null : settings,
    })),
  };
}

/** Accounts without an address of their own are named in full. */
const plain = (did: Did): string => (did.startsWith('eip155:') ? (addressOf(did) ?? did) : did);

/**
 * What a channel says of itself. Channels are registered by their contracts, which no node reads: here every account is
 * one that has a profile, sent something or has subscribers.
 * @throws {PushChatError} `NotFound`
 */
export async function channelInfo(rows: Rows, channel: Did): Promise<object> {
  const [user, count] = [await userOf(rows, channel), await subscriberCount(rows, channel)];
  if (!user && count === 0) throw new PushChatError('NotFound', 'There is no such channel here.');
  return {
    channel: plain(channel),
    name: user?.profile.name ?? plain(channel),
    info: user?.profile.desc ?? '',
    icon: user?.profile.picture ?? '',
    url: '',
    verified_status: 0,
    subscriber_count: count,
    channel_settings: null,
  };
}

/** Channels that one search looks at. */
const MOST_SEARCHED = 500;

/** Channels whose name or address has the words in it, among those that sent something. */
export async function searchChannels(
  rows: Rows,
  words: string,
  { offset, limit }: Page,
): Promise<{ readonly channels: readonly object[]; readonly itemCount: number }> {
  const found: Did[] = [];
  let channel = await nextChannel(rows, undefined);
  for (let searched = 0; channel !== undefined && searched < MOST_SEARCHED; searched += 1) {
    const name = (await userOf(rows, channel))?.profile.name ?? '';
    if (`${name} ${channel}`.toLowerCase().includes(words.toLowerCase())) found.push(channel);
    channel = await nextChannel(rows, channel);
  }
  const channels: object[] = [];
  for (const each of found.slice(offset, offset + limit)) channels.push(await channelInfo(rows, each));
  return { channels, itemCount: found.length };
}

import type { Did } from '../../protocol/did.ts';
import { table, type Rows, type WritableRows } from '../store/store.ts';
import type { Page } from './chats.ts';
import { keyOf } from './keys.ts';

/** An opt-in to a channel, or an opt-out of it. */
export interface SubscriptionAct {
  readonly digest: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly isOn: boolean;
  /** What the subscriber wants of the channel; empty for all. */
  readonly settings: string;
}

/** A channel and an account that once subscribed to it. */
export interface Subscription {
  readonly channel: Did;
  readonly subscriber: Did;
}

/** All acts of a pair, the oldest first. By channel, then by subscriber. */
const HISTORIES = table<readonly SubscriptionAct[]>('subscription');
/** Settings of those who are subscribed now, by channel and by subscriber. */
const SUBSCRIBERS = table<string>('subscriber');
const SUBSCRIBED = table<string>('subscribed');

/** More than anybody needs; of what exceeds it the newest count, on every node alike. */
const MOST_ACTS = 100;

export const subscriptionActs = async (
  rows: Rows,
  { channel, subscriber }: Subscription,
): Promise<readonly SubscriptionAct[]> => (await rows.get(HISTORIES, keyOf(channel, subscriber))) ?? [];

/** Whether an account was subscribed at a moment. */
export async function isSubscribed(rows: Rows, pair: Subscription, at: number): Promise<boolean> {
  return (await subscriptionActs(rows, pair)).findLast((act) => act.at <= at)?.isOn ?? false;
}

/** Puts an act in its place among those of its pair; one that is known moves. */
export async function saveSubscriptionAct(rows: WritableRows, pair: Subscription, act: SubscriptionAct): Promise<void> {
  const { channel, subscriber } = pair;
  const others = (await subscriptionActs(rows, pair)).filter(({ digest }) => digest !== act.digest);
  const acts = [...others, act].sort((a, b) => a.at - b.at || (a.digest < b.digest ? -1 : 1)).slice(-MOST_ACTS);
  await rows.put(HISTORIES, keyOf(channel, subscriber), acts);
  const last = acts.at(-1);
  if (last?.isOn) {
    await rows.put(SUBSCRIBERS, keyOf(channel, subscriber), last.settings);
    await rows.put(SUBSCRIBED, keyOf(subscriber, channel), last.settings);
  } else {
    await rows.delete(SUBSCRIBERS, keyOf(channel, subscriber));
    await rows.delete(SUBSCRIBED, keyOf(subscriber, channel));
  }
}

/** Accounts that ever subscribed to a channel, in the order of their names, after one of them. */
export async function everSubscribed(
  rows: Rows,
  channel: Did,
  { after, limit }: { readonly after: string; readonly limit: number },
): Promise<readonly Did[]> {
  const prefix = keyOf(channel, '');
  const found = await rows.list(HISTORIES, { prefix, after: `${prefix}${after}`, limit });
  return found.map(({ key }) => key.slice(prefix.length) as Did);
}

export const subscribersOf = (rows: Rows, channel: Did, page: Page): Promise<readonly Setting[]> =>
  settingsIn(rows, SUBSCRIBERS, channel, page);

export const subscriptionsOf = (rows: Rows, subscriber: Did, page: Page): Promise<readonly Setting[]> =>
  settingsIn(rows, SUBSCRIBED, subscriber, page);

export const subscriberCount = (rows: Rows, channel: Did): Promise<number> =>
  rows.count(SUBSCRIBERS, keyOf(channel, ''));

export const subscriptionCount = (rows: Rows, subscriber: Did): Promise<number> =>
  rows.count(SUBSCRIBED, keyOf(subscriber, ''));

interface Setting {
  readonly did: Did;
  readonly settings: string;
}

async function settingsIn(rows: Rows, table: typeof SUBSCRIBERS, did: Did, page: Page): Promise<readonly Setting[]> {
  const prefix = keyOf(did, '');
  const found = await rows.list(table, { prefix, ...page });
  return found.map(({ key, value }) => ({ did: key.slice(prefix.length) as Did, settings: value }));
}

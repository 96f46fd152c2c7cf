import type { Did } from '../../protocol/did.ts';
import type { NotificationBody } from '../../protocol/notifications/notification.ts';
import { table, type Rows, type WritableRows } from '../store/store.ts';
import type { Page } from './chats.ts';
import { keyOf, sortable } from './keys.ts';

/** A notification as it was posted, and when. */
export interface NotificationRow {
  /** Names the signed act. */
  readonly digest: string;
  readonly body: NotificationBody;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** What an account asked for, and what it did not. */
export type Box = 'inbox' | 'spam';

/** By digest. */
const NOTIFICATIONS = table<NotificationRow>('notification');
/** Digests, by the channel that sent them and time. */
const SENT = table<string>('sent');
/** Digests, by account, box and time, and the same by channel. */
const FEEDS = table<string>('feed');
const CHANNEL_FEEDS = table<string>('channelFeed');
/** Digests of notifications for all subscribers that have not yet come to every feed, with how far they came. */
const UNDER_WAY = table<Spreading>('underWay');

/** How far a notification came on its way to the subscribers. */
export interface Spreading {
  /** The last subscriber that has it. */
  readonly after: string;
  /** When it counted before another node turned out to have had it earlier. */
  readonly before: readonly number[];
}

export const notificationOf = (rows: Rows, digest: string): Promise<NotificationRow | undefined> =>
  rows.get(NOTIFICATIONS, digest);

/** Keeps a notification for ever; one that was known at another time moves. */
export async function saveNotification(rows: WritableRows, channel: Did, row: NotificationRow): Promise<void> {
  const { digest, at } = row;
  const known = await notificationOf(rows, digest);
  if (known) await rows.delete(SENT, keyOf(channel, sortable(known.at), digest));
  await rows.put(NOTIFICATIONS, digest, row);
  await rows.put(SENT, keyOf(channel, sortable(at), digest), digest);
}

const MOST_SENT = 100_000;

/** Everything that a channel sent from a moment on. */
export async function sentSince(rows: Rows, channel: Did, at: number): Promise<readonly NotificationRow[]> {
  const found = await rows.list(SENT, {
    prefix: keyOf(channel, ''),
    after: keyOf(channel, sortable(at)),
    limit: MOST_SENT,
  });
  const sent = await Promise.all(found.map(({ value }) => notificationOf(rows, value)));
  return sent.filter((row) => row !== undefined);
}

/** Where a notification stands in an account's feed. */
export interface FeedPlace {
  readonly did: Did;
  readonly channel: Did;
  readonly at: number;
  readonly digest: string;
}

export async function putInFeed(rows: WritableRows, box: Box, place: FeedPlace): Promise<void> {
  const { did, channel, at, digest } = place;
  await rows.put(FEEDS, keyOf(did, box, sortable(at), digest), digest);
  await rows.put(CHANNEL_FEEDS, keyOf(did, box, channel, sortable(at), digest), digest);
}

export async function takeOutOfFeed(rows: WritableRows, { did, channel, at, digest }: FeedPlace): Promise<void> {
  for (const box of ['inbox', 'spam'] as const) {
    await rows.delete(FEEDS, keyOf(did, box, sortable(at), digest));
    await rows.delete(CHANNEL_FEEDS, keyOf(did, box, channel, sortable(at), digest));
  }
}

export async function boxOf(rows: Rows, { did, at, digest }: FeedPlace): Promise<Box | undefined> {
  for (const box of ['inbox', 'spam'] as const) {
    if ((await rows.get(FEEDS, keyOf(did, box, sortable(at), digest))) !== undefined) return box;
  }
  return undefined;
}

/** One page of an account's feed, the newest first, and how many there are in all. */
export async function feedPage(
  rows: Rows,
  { did, box, channel }: { readonly did: Did; readonly box: Box; readonly channel?: Did },
  page: Page,
): Promise<{ readonly found: readonly NotificationRow[]; readonly count: number }> {
  const [feed, prefix] = channel ? [CHANNEL_FEEDS, keyOf(did, box, channel, '')] : [FEEDS, keyOf(did, box, '')];
  const listed = await rows.list(feed, { prefix, descending: true, ...page });
  const found = await Promise.all(listed.map(({ value }) => notificationOf(rows, value)));
  return { found: found.filter((row) => row !== undefined), count: await rows.count(feed, prefix) };
}

/** @param before when it counted until now, if it did */
export async function startSpreading(rows: WritableRows, digest: string, before: number | undefined): Promise<void> {
  const known = await spreadingOf(rows, digest);
  await rows.put(UNDER_WAY, digest, {
    after: '',
    before: [...(known?.before ?? []), ...(before === undefined ? [] : [before])],
  });
}

export const spreadingOf = (rows: Rows, digest: string): Promise<Spreading | undefined> => rows.get(UNDER_WAY, digest);

export const noteSpreading = (rows: WritableRows, digest: string, spreading: Spreading | undefined): Promise<void> =>
  spreading ? rows.put(UNDER_WAY, digest, spreading) : rows.delete(UNDER_WAY, digest);

/** Digests of what is still on its way. */
export async function underWay(rows: Rows, limit: number): Promise<readonly string[]> {
  return (await rows.list(UNDER_WAY, { limit })).map(({ key }) => key);
}

/** The next account that ever sent a notification, in the order of their names. */
export async function nextChannel(rows: Rows, after: Did | undefined): Promise<Did | undefined> {
  const [next] = await rows.list(SENT, { limit: 1, ...(after !== undefined && { after: keyOf(after, '\u007f') }) });
  return next?.key.slice(0, next.key.indexOf('|')) as Did | undefined;
}

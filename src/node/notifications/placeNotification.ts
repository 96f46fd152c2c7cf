import { parseDid, type Did } from '../../protocol/did.ts';
import { parseIdentity, type Notification } from '../../protocol/notifications/notification.ts';
import { parseNotificationProof } from '../../protocol/notifications/notificationProof.ts';
import { USER_FEEDS, USER_SPAM_FEEDS } from '../../protocol/socketEvents.ts';
import type { NodeContext, Transaction } from '../context.ts';
import type { Rows } from '../store/store.ts';
import {
  boxOf,
  noteSpreading,
  notificationOf,
  putInFeed,
  sentSince,
  spreadingOf,
  takeOutOfFeed,
  underWay,
  type Box,
  type NotificationRow,
} from '../tables/notifications.ts';
import { wasBlocked } from '../tables/profiles.ts';
import { everSubscribed, isSubscribed, type Subscription } from '../tables/subscriptions.ts';
import { feedItem } from './feedItem.ts';

/** A stored notification and what it says. */
interface Sent extends NotificationRow {
  readonly channel: Did;
  readonly content: Notification;
  /** Whether two who chat with each other sent it, rather than a channel. */
  readonly isBetweenPeers: boolean;
}

function readSent(row: NotificationRow): Sent {
  const channel = parseDid(row.body.sender);
  const content = parseIdentity(row.body.identity, channel);
  const isBetweenPeers = parseNotificationProof(row.body.verificationProof).chatId !== undefined;
  return { ...row, channel, content, isBetweenPeers };
}

/** Puts a notification into the feeds of those that it names, and tells them. */
export async function placeForNamed(tx: Transaction, row: NotificationRow, before: readonly number[]): Promise<void> {
  const sent = readSent(row);
  await placeFor(tx, sent, sent.content.to, before);
}

async function placeFor(tx: Transaction, sent: Sent, dids: readonly Did[], before: readonly number[]): Promise<void> {
  const news: Record<Box, Did[]> = { inbox: [], spam: [] };
  for (const did of dids) {
    const box = await place(tx, sent, did, before);
    if (box) news[box].push(did);
  }
  if (news.inbox.length + news.spam.length === 0) return;
  const item = await feedItem(tx, sent);
  if (news.inbox.length > 0) tx.tell(news.inbox, USER_FEEDS, item);
  if (news.spam.length > 0) tx.tell(news.spam, USER_SPAM_FEEDS, item);
}

/** @returns the box it is in, when it was in none before */
async function place(tx: Transaction, sent: Sent, did: Did, before: readonly number[] = []): Promise<Box | undefined> {
  const { channel, digest, at } = sent;
  let known: Box | undefined;
  for (const time of new Set([at, ...before])) {
    const there = { did, channel, digest, at: time };
    known ??= await boxOf(tx, there);
    await takeOutOfFeed(tx, there);
  }
  const box = await judge(tx, sent, did);
  if (box) await putInFeed(tx, box, { did, channel, digest, at });
  return known ? undefined : box;
}

/** By what was in force at its time, so that every node judges alike. */
async function judge(rows: Rows, sent: Sent, did: Did): Promise<Box | undefined> {
  const { channel, at, content, isBetweenPeers } = sent;
  if (await wasBlocked(rows, [channel, did], at)) return undefined;
  if (isBetweenPeers || (await isSubscribed(rows, { channel, subscriber: did }, at))) return 'inbox';
  return content.type === 'broadcast' ? undefined : 'spam';
}

/** Judges anew what a channel sent an account from a moment on. */
export async function replaceFeed(
  tx: Transaction,
  { channel, subscriber }: Subscription,
  since: number,
): Promise<void> {
  for (const row of await sentSince(tx, channel, since)) {
    const sent = readSent(row);
    const { type, to } = sent.content;
    if (type === 'broadcast' || to.includes(subscriber)) await place(tx, sent, subscriber);
  }
}

/** Subscribers of one transaction, so that a large channel holds nobody up. */
const AT_ONCE = 200;

/** Brings a notification to all subscribers of its channel. What a crash interrupted goes on where it was. */
export async function spread(node: NodeContext, digest: string): Promise<void> {
  while (await node.commit((tx) => spreadFurther(tx, digest)));
}

/** @returns whether there is more to do */
async function spreadFurther(tx: Transaction, digest: string): Promise<boolean> {
  const [spreading, row] = [await spreadingOf(tx, digest), await notificationOf(tx, digest)];
  if (!spreading || !row) return false;
  const sent = readSent(row);
  const dids = await everSubscribed(tx, sent.channel, { after: spreading.after, limit: AT_ONCE });
  await placeFor(tx, sent, dids, spreading.before);
  const last = dids.at(-1);
  const isDone = last === undefined || dids.length < AT_ONCE;
  await noteSpreading(tx, digest, isDone ? undefined : { ...spreading, after: last });
  return !isDone;
}

/** Goes on with everything that a crash interrupted. */
export async function resumeSpreading(node: NodeContext): Promise<void> {
  for (const digest of await node.store.read((rows) => underWay(rows, 1_000))) await spread(node, digest);
}

import { PushChatError } from '../../errors.ts';
import { chainIn, type Did } from '../../protocol/did.ts';
import {
  checkRecipient,
  parseIdentity,
  parseNotificationBody,
  type Notification,
  type NotificationBody,
} from '../../protocol/notifications/notification.ts';
import {
  dataStruct,
  parseNotificationProof,
  verifyByKey,
  verifyByWallet,
  type NotificationProof,
} from '../../protocol/notifications/notificationProof.ts';
import type { Json } from '../../protocol/payload.ts';
import { verifyBy, type Arrival } from '../arrival.ts';
import type { NodeContext } from '../context.ts';
import { parseAccount } from '../parties.ts';
import type { Rows } from '../store/store.ts';
import { chatOfId } from '../tables/chats.ts';
import { memberOf } from '../tables/groups.ts';
import { notificationOf, saveNotification, startSpreading, type NotificationRow } from '../tables/notifications.ts';
import { wasBlocked } from '../tables/profiles.ts';
import { subscriberCount } from '../tables/subscriptions.ts';
import { notificationId } from './feedItem.ts';
import { placeForNamed, spread } from './placeNotification.ts';

/**
 * Takes a notification that its channel signed, with its wallet or its chat key, and brings it to whom it is for
 * (protocol 7). Those who subscribe find it in their inbox, others that it names in their spam. Posted twice it is taken
 * once. Delegates of a channel are known to its contract alone, and so cannot send here.
 * @returns the notification's id
 * @throws {PushChatError} the first check that failed; `ReplayDetected` when it was sent before in another envelope
 */
export async function sendNotification(node: NodeContext, input: unknown, arrival?: Arrival): Promise<number> {
  const body = parseNotificationBody(input);
  const sender = parseAccount(body.sender);
  const content = parseIdentity(body.identity, sender);
  checkRecipient(body, content, sender);
  const proof = parseNotificationProof(body.verificationProof);
  const digest = await checkProof(node, { body, sender, proof }, arrival);
  await node.commit(async (tx) => {
    const known = await notificationOf(tx, digest);
    const row: NotificationRow = { digest, body, at: arrival?.at ?? node.now() };
    if (!arrival) {
      if (known && textOf(known) === textOf(row)) return;
      if (known) throw sentBefore();
      await checkMaySend(tx, sender, content, row.at);
      const reached = content.type === 'broadcast' ? await subscriberCount(tx, sender) : content.to.length;
      node.limits?.notification(sender, reached);
    }
    if (proof.chatId !== undefined) await checkChat(tx, proof.chatId, [sender, ...content.to], arrival);
    if (known && !isEarlier(row, known)) return;
    await saveNotification(tx, sender, row);
    await tx.record({ verb: 'notification', body: input as Json, at: row.at });
    if (content.type === 'broadcast') await startSpreading(tx, digest, known?.at);
    else await placeForNamed(tx, row, known ? [known.at] : []);
  });
  await spread(node, digest);
  return notificationId(digest);
}

interface Signed {
  readonly body: NotificationBody;
  readonly sender: Did;
  readonly proof: NotificationProof;
}

async function checkProof(node: NodeContext, signed: Signed, arrival: Arrival | undefined): Promise<string> {
  const { body, sender, proof } = signed;
  const { identity } = body;
  const result =
    proof.scheme === 'eip712v2'
      ? verifyByWallet(dataStruct(identity), proof.signature, { did: sender, chain: chainIn(body.sender) })
      : await verifyBy(node, sender, arrival, (key, now) => verifyByKey(identity, proof, key, now));
  if (result.ok) return result.digest;
  throw new PushChatError(result.code, 'The proof is not the channel’s own. Sign with its wallet or its chat key.');
}

async function checkMaySend(rows: Rows, sender: Did, { type, to }: Notification, at: number): Promise<void> {
  const [only] = to;
  if (type !== 'targeted' || only === undefined) return;
  if (await wasBlocked(rows, [sender, only], at)) {
    throw new PushChatError('BlockedPeer', 'Access denied: one of the two accounts has blocked the other.');
  }
}

/** Only those who are in a chat with each other notify each other of what happens in it. */
async function checkChat(
  rows: Rows,
  chatId: string,
  dids: readonly Did[],
  arrival: Arrival | undefined,
): Promise<void> {
  const chat = await chatOfId(rows, chatId);
  for (const did of dids) {
    if (chat?.accepted.includes(did) || (await memberOf(rows, chatId, did))?.accepted) continue;
    // From another node, the yes may come after what it allows.
    throw new PushChatError(arrival ? 'NotFound' : 'NotPermitted', 'Not everybody that this names is in the chat.');
  }
}

/** Of the same act on several nodes the first counts, in the same envelope on all of them. */
function isEarlier(a: NotificationRow, b: NotificationRow): boolean {
  return a.at < b.at || (a.at === b.at && textOf(a) < textOf(b));
}

const textOf = ({ body }: NotificationRow): string =>
  JSON.stringify([body.verificationProof, body.sender, body.source, body.recipient]);

const sentBefore = (): PushChatError =>
  new PushChatError(
    'ReplayDetected',
    'This was sent before. A wallet’s signature has no date: change the text, or sign with the chat key.',
  );

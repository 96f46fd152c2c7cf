import { isBeside } from '../../protocol/beside.ts';
import type { Did } from '../../protocol/did.ts';
import { CHAT_SOURCE, type FeedItem } from '../../protocol/notifications/notification.ts';
import type { StoredMessage } from '../../protocol/payload.ts';
import { sha256Hex } from '../../crypto/hash.ts';
import { USER_FEEDS } from '../../protocol/socketEvents.ts';
import type { Transaction } from '../context.ts';
import { notificationId } from './feedItem.ts';

/**
 * Notifies accounts of a message in a chat that they accepted or a group that they are in (protocol 7), unless it only
 * stands beside others, such as a receipt. It is hidden, since the message itself is in
 * the chat, and not kept in a feed; it says who wrote and where to read it, and nothing of what was written.
 */
export function notifyChat(tx: Transaction, to: readonly Did[], message: StoredMessage): void {
  if (to.length > 0 && !isBeside(message.messageType)) tx.tell(to, USER_FEEDS, chatNotification(message));
}

function chatNotification(message: StoredMessage): FeedItem {
  const { cid, chatId = '', fromCAIP10, toCAIP10, timestamp } = message;
  const id = notificationId(sha256Hex(cid));
  const [title, body] = [`Push Chat: ${shortOf(fromCAIP10)}`, 'New message'];
  return {
    payload_id: id,
    sender: fromCAIP10,
    epoch: new Date(timestamp).toISOString(),
    payload: {
      data: {
        acta: '',
        aimg: '',
        amsg: body,
        asub: title,
        type: 1,
        hidden: '1',
        silent: '0',
        etime: null,
        additionalMeta: { type: '0+1', data: JSON.stringify({ chatId, cid }), domain: 'push.org' },
        app: 'Push Chat',
        icon: '',
        url: '',
        sid: String(id),
        epoch: String(Math.floor(timestamp / 1000)),
      },
      recipients: toCAIP10,
      notification: { title, body },
      verificationProof: `${proofOf(message)}:internal:${chatId}::uid::${timestamp}`,
    },
    source: CHAT_SOURCE,
    etime: null,
  };
}

/** Messages of the oldest kind are signed in `signature` alone. */
const proofOf = ({ verificationProof, sigType, signature }: StoredMessage): string =>
  verificationProof !== undefined && verificationProof !== '' && verificationProof !== null
    ? verificationProof
    : `${sigType}:${signature}`;

/** `0x1234…abcd`, of whatever kind of account. */
function shortOf(account: string): string {
  const address = account.split(':').findLast((part) => part.startsWith('0x')) ?? account;
  return `${address.slice(0, 6)}…${address.slice(-4)}`;
}

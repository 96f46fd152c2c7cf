import type { ChatEvent, StoredMessage } from '../protocol/payload.ts';
import { CHATS } from '../protocol/socketEvents.ts';
import type { Transaction } from './context.ts';
import type { Parties } from './parties.ts';
import type { ChatRow } from './tables/chats.ts';

/** Tells the receiver first and then the sender's own devices (protocol 6.2). */
export function announce(tx: Transaction, { from, to }: Parties, event: Omit<ChatEvent, 'messageOrigin'>): void {
  tx.tell(to, CHATS, { ...event, messageOrigin: 'other' });
  tx.tell(from, CHATS, { ...event, messageOrigin: 'self' });
}

/** Tells of a new message; the first of a chat is its request. */
export function announceMessage(tx: Transaction, parties: Parties, message: StoredMessage, chat: ChatRow): void {
  announce(tx, parties, {
    ...message,
    messageCategory: message.link === null ? 'Request' : 'Chat',
    hasIntent: chat.accepted.length === chat.members.length,
    chatId: chat.chatId,
  });
}

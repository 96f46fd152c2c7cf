import type { ChatEvent, StoredMessage } from '../protocol/payload.ts';
import { CHATS } from '../protocol/socketEvents.ts';
import { notifyChat } from './notifications/notifyChat.ts';
import type { Transaction } from './context.ts';
import type { Parties } from './parties.ts';
import type { ChatRow } from './tables/chats.ts';

/** Tells the receiver first and then the sender's own devices (protocol 6.2). */
export function announce(tx: Transaction, { from, to }: Parties, event: Omit<ChatEvent, 'messageOrigin'>): void {
  tx.tell(to, CHATS, { ...event, messageOrigin: 'other' });
  tx.tell(from, CHATS, { ...event, messageOrigin: 'self' });
}

/** Tells of a new message; the first of a chat is its request. Of requests nobody is notified. */
export function announceMessage(tx: Transaction, parties: Parties, message: StoredMessage, chat: ChatRow): void {
  const { chatId } = chat;
  const hasIntent = chat.accepted.length === chat.members.length;
  const messageCategory = message.link === null ? 'Request' : 'Chat';
  announce(tx, parties, { ...message, messageCategory, hasIntent, chatId });
  if (hasIntent) notifyChat(tx, [parties.to], { ...message, chatId });
}

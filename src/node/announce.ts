import type { Did } from '../protocol/did.ts';
import type { ChatEvent } from '../protocol/payload.ts';
import { CHATS } from '../protocol/socketEvents.ts';
import type { Transaction } from './context.ts';

/** Tells the receiver first and then the sender's own devices (protocol 6.2). */
export function announce(
  tx: Transaction,
  { from, to }: { readonly from: Did; readonly to: Did },
  event: Omit<ChatEvent, 'messageOrigin'>,
): void {
  tx.tell(to, CHATS, { ...event, messageOrigin: 'other' });
  tx.tell(from, CHATS, { ...event, messageOrigin: 'self' });
}

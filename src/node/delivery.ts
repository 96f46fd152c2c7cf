import { PushChatError } from '../errors.ts';
import { parseDid, type Did } from '../protocol/did.ts';
import type { ChatEvent } from '../protocol/payload.ts';
import { CHATS } from '../protocol/socketEvents.ts';

/** Hears the live events of one account. */
export type NodeListener = (event: string, payload: unknown) => void;

/** Who is listening to which account; nothing is kept for those who are not (clients catch up by reading). */
export interface Delivery {
  /** @throws {PushChatError} `InvalidAddress`, `NotPermitted` */
  readonly connect: (did: string, listener: NodeListener) => () => void;
  /** Tells the receiver first and then the sender's own devices (protocol 6.2). */
  readonly announce: (from: Did, to: Did, event: Omit<ChatEvent, 'messageOrigin'>) => void;
}

/** Connections of one account at a time: its devices and tabs, with room to spare. */
const MAX_LISTENERS = 64;

/** @param report hears what a listener throws, which concerns nobody else */
export function createDelivery(report: (error: unknown) => void): Delivery {
  const listeners = new Map<Did, Set<{ readonly listener: NodeListener }>>();

  const send = (did: Did, event: ChatEvent): void => {
    for (const { listener } of [...(listeners.get(did) ?? [])]) {
      try {
        listener(CHATS, event);
      } catch (error) {
        report(error);
      }
    }
  };

  return {
    connect: (text, listener) => {
      const did = parseDid(text);
      const all = listeners.get(did) ?? new Set();
      if (all.size >= MAX_LISTENERS) {
        throw new PushChatError('NotPermitted', 'This account has too many live connections. Close some.');
      }
      const connection = { listener };
      listeners.set(did, all.add(connection));
      return () => {
        all.delete(connection);
        if (all.size === 0 && listeners.get(did) === all) listeners.delete(did);
      };
    },
    announce: (from, to, event) => {
      send(to, { ...event, messageOrigin: 'other' });
      send(from, { ...event, messageOrigin: 'self' });
    },
  };
}

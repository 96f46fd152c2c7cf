import { useMemo } from 'react';
import type { SendOptions } from '../client/sendOptions.ts';
import { asPushChatError } from '../errors.ts';
import type { MessageContent } from '../protocol/messageContent.ts';
import { usePushChat } from './usePushChat.ts';

/** Ways to send to one peer. They may run side by side; each rejects with a `PushChatError`. */
export interface MessageSender {
  /** Resolves with the id under which the node stored the message. */
  readonly send: (content: MessageContent, options?: SendOptions) => Promise<string>;
  /** Sends a failed message again. */
  readonly retry: (id: string) => Promise<string>;
  /** Takes a failed message out of the thread. */
  readonly discard: (id: string) => void;
}

/**
 * Sends messages to a peer.
 * @example await useSendMessage(peer).send({ type: 'Text', content: 'Hello' });
 */
export function useSendMessage(peer: string): MessageSender {
  const client = usePushChat();
  return useMemo(
    () => ({
      send: (content, options) => typed(client.sendMessage(peer, content, options)),
      retry: (id) => typed(client.retryMessage(peer, id)),
      discard: (id) => {
        client.discardMessage(peer, id);
      },
    }),
    [client, peer],
  );
}

async function typed<Result>(command: Promise<Result>): Promise<Result> {
  try {
    return await command;
  } catch (error) {
    throw asPushChatError(error);
  }
}

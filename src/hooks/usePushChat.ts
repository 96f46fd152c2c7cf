import { useContext } from 'react';
import type { PushChatClient } from '../client/PushChatClient.ts';
import { PushChatError } from '../errors.ts';
import { PushChatContext } from './pushChatContext.ts';

/**
 * The client of the nearest provider.
 * @throws {PushChatError} `InvalidConfig` outside a provider
 * @example const client = usePushChat();
 */
export function usePushChat(): PushChatClient {
  const client = useContext(PushChatContext);
  if (!client) {
    throw new PushChatError('InvalidConfig', 'No chat client here: wrap this part of the page in <PushChatProvider>.');
  }
  return client;
}

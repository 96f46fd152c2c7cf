import { createStores } from './clientStores.ts';
import { createClient } from './createClient.ts';
import type { PushChatClient } from './PushChatClient.ts';
import type { PushChatConfig } from './pushChatConfig.ts';
import { requireCrypto } from './requireCrypto.ts';

/**
 * Makes a client for one wallet. It asks the wallet for nothing until `unlock()`.
 * @throws {PushChatError} `InvalidConfig`, `WalletUnsupported`
 */
export function createPushChat(config: PushChatConfig): PushChatClient {
  requireCrypto();
  return createClient(config, createStores());
}

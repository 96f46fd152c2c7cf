import { asPushChatError } from '../../errors.ts';
import type { Did } from '../../protocol/did.ts';
import type { ClientContext } from '../context.ts';
import { memoryStorage } from './memoryStorage.ts';
import { openVault, type Vault } from './vault.ts';

/** The account's vault on this device; where the device keeps nothing, one that lives as long as the page (security ST-02). */
export async function openAccountVault(client: ClientContext, did: Did): Promise<Vault> {
  const scope = { did, network: client.network };
  try {
    return await openVault(client.storage, scope, client);
  } catch (error) {
    client.warn(asPushChatError(error));
    return openVault(memoryStorage(), scope, client);
  }
}

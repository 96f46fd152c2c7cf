import { gcm } from '@noble/ciphers/aes.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { asPushChatError } from '../../errors.ts';
import type { Account, ClientContext } from '../context.ts';
import type { Vault } from '../storage/vault.ts';
import type { AccountKeys } from './accountKeys.ts';

/** As they lie in the vault. */
export interface KeptKeys {
  readonly wireId: string;
  /** Armored, or sealed by the session's secret: nonce and ciphertext in hex. */
  readonly privateKey: string;
  readonly nonce?: string;
}

/** The one name under which they are kept. */
export const KEYS_NAME = 'account';
const secretName = ({ network }: ClientContext, did: string): string => `push-chat/${network}/${did}`;

/**
 * Keeps an unlocked account's keys, as the host wants it. Where that fails the wallet is asked again next time.
 * @returns whether they are kept
 */
export async function keepKeys(client: ClientContext, { did, wireId, keys, vault }: Account): Promise<boolean> {
  if (client.keepUnlocked === 'memory') return false;
  try {
    const privateKey = await keys.reveal();
    if (client.keepUnlocked === 'device') {
      await vault.put('keys', KEYS_NAME, { wireId, privateKey } satisfies KeptKeys);
      return true;
    }
    if (!client.sessionSecrets) return false;
    const [secret, nonce] = [client.random(32), client.random(12)];
    client.sessionSecrets.setItem(secretName(client, did), bytesToHex(secret));
    const sealed = bytesToHex(gcm(secret, nonce).encrypt(utf8ToBytes(privateKey)));
    await vault.put('keys', KEYS_NAME, { wireId, privateKey: sealed, nonce: bytesToHex(nonce) } satisfies KeptKeys);
    return true;
  } catch (error) {
    client.warn(asPushChatError(error));
    return false;
  }
}

/** The keys that were kept for an account; undefined when there are none that can be opened. */
export async function keptKeys(
  client: ClientContext,
  did: string,
  vault: Vault,
): Promise<{ readonly wireId: string; readonly keys: AccountKeys } | undefined> {
  if (client.keepUnlocked === 'memory') return undefined;
  try {
    const kept = (await vault.get('keys', KEYS_NAME)) as KeptKeys | undefined;
    if (!kept) return undefined;
    const { wireId, privateKey, nonce } = kept;
    if (nonce === undefined) return { wireId, keys: await client.holder.restore(privateKey) };
    const secret = client.sessionSecrets?.getItem(secretName(client, did));
    if (secret == null) return undefined;
    const opened = gcm(hexToBytes(secret), hexToBytes(nonce)).decrypt(hexToBytes(privateKey));
    return { wireId, keys: await client.holder.restore(new TextDecoder().decode(opened)) };
  } catch (error) {
    client.warn(asPushChatError(error));
    return undefined;
  }
}

/** From now on the wallet is asked again. */
export async function forgetKeys(client: ClientContext, { did, vault }: Pick<Account, 'did' | 'vault'>): Promise<void> {
  try {
    client.sessionSecrets?.removeItem(secretName(client, did));
    await vault.delete('keys', KEYS_NAME);
  } catch (error) {
    client.warn(asPushChatError(error));
  }
}

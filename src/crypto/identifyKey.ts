import { notForMe, readEncrypted } from './pgp.ts';
import { readIdentity, type KeyIdentity } from './pgpPublicKey.ts';

/** Of the keys of a large group, which are more than are kept as they are read. */
const MOST = 20_000;
const known = new Map<string, KeyIdentity>();

/**
 * What identifies an armored public key; each is looked into once.
 * @throws {PushChatError} `KeyNotFound` for a text that is none
 */
export async function identifyKey(armored: string): Promise<KeyIdentity> {
  const before = known.get(armored);
  if (before) return before;
  const identity = await readIdentity(armored);
  if (known.size >= MOST) known.clear();
  known.set(armored, identity);
  return identity;
}

/**
 * Ids of the keys that a text is encrypted to, in lower-case hex; hidden ones are all zeros.
 * @param most characters of a text that is read at all
 * @throws {PushChatError} `DecryptFailed` for a text that is not encrypted
 */
export async function encryptedTo(armored: string, most: number): Promise<readonly string[]> {
  try {
    const message = await readEncrypted(armored, most);
    return message.getEncryptionKeyIDs().map((id) => id.toHex());
  } catch (cause) {
    throw notForMe(cause);
  }
}

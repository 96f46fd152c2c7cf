import { bytesToHex, hexToBytes } from '@noble/hashes/utils.js';
import * as openpgp from '#openpgp';
import { CONFIG } from './pgpConfig.ts';
import { notForMe, readEncrypted, readSealed, type PrivateKey } from './pgp.ts';
import type { SessionKey } from './sessionKey.ts';

/**
 * The key of this one encrypted text, and of nothing else: whoever has it can read the text, and see that it is the one
 * that was encrypted. `aes256:` and hex digits.
 * @throws {PushChatError} `DecryptFailed`
 */
export async function revealTextKey(armored: string, privateKey: PrivateKey): Promise<string> {
  try {
    const { message, session } = await readSealed(armored, privateKey);
    const { key: decryptionKeys } = privateKey;
    const [key = session] = session
      ? []
      : await openpgp.decryptSessionKeys({ message, decryptionKeys, config: CONFIG });
    if (!key) throw new TypeError('no session key');
    return `${String(key.algorithm)}:${bytesToHex(key.data)}`;
  } catch (cause) {
    throw notForMe(cause);
  }
}

/** @throws {PushChatError} `DecryptFailed` where the key is not that of this text, or the text was changed */
export async function decryptTextWith(armored: string, textKey: string): Promise<string> {
  try {
    const [, algorithm, hex = ''] = /^(aes128|aes192|aes256):((?:[0-9a-f]{2}){16,32})$/.exec(textKey) ?? [];
    if (algorithm === undefined) throw new TypeError('no key');
    const message = await readEncrypted(armored);
    const sessionKeys = { algorithm: algorithm as SessionKey['algorithm'], data: hexToBytes(hex) };
    return (await openpgp.decrypt({ message, sessionKeys, config: CONFIG })).data;
  } catch (cause) {
    throw notForMe(cause);
  }
}

import { encryptText } from './pgp.ts';
import { canEncryptTo } from './pgpPublicKey.ts';

const KNOWN_UNFIT = 1_000;
const unfit = new Set<string>();

/**
 * Encrypts a short text to all who have a key for that: one of many, who published a key that nothing can be encrypted
 * to, keeps the others from nothing.
 * @throws {PushChatError} `KeyNotFound` when nobody has one
 */
export async function encryptToMany(text: string, publicKeys: readonly string[]): Promise<string> {
  const wanted = publicKeys.filter((key) => !unfit.has(key));
  try {
    return await encryptText(text, wanted);
  } catch (error) {
    const now = Date.now();
    if (unfit.size > KNOWN_UNFIT) unfit.clear();
    for (const key of wanted) if (!(await canEncryptTo(key, now))) unfit.add(key);
    const fit = wanted.filter((key) => !unfit.has(key));
    if (fit.length === 0 || fit.length === wanted.length) throw error;
    return encryptText(text, fit);
  }
}

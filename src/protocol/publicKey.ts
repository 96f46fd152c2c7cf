import { sha256Hex } from '../crypto/hash.ts';
import { recoverMessage } from '../crypto/walletSignature.ts';

/** The `publicKey` field as clients write it since V2 (protocol 2.4). */
export const formatPublicKey = (armored: string): string => JSON.stringify({ key: armored, signature: 'DEPRECATED' });

/** The armored key of a `publicKey` field in either form: the JSON wrapper or the key itself. */
export const armoredKey = (publicKey: string): string => parseWrapper(publicKey)?.key ?? publicKey;

/** The lower-case address whose wallet signed the key wrapper itself, as profiles of 2022 carry it (protocol 2.4). */
export function recoverWrapperSigner(publicKey: string): string | undefined {
  const wrapper = parseWrapper(publicKey);
  if (!wrapper?.signature.startsWith('eip191:')) return undefined;
  const text = `Create Push Profile \n${sha256Hex(JSON.stringify(wrapper.key))}`;
  return recoverMessage(text, wrapper.signature.slice('eip191:'.length));
}

function parseWrapper(publicKey: string): { key: string; signature: string } | undefined {
  if (!publicKey.startsWith('{')) return undefined;
  try {
    const { key, signature } = JSON.parse(publicKey) as Record<string, unknown>;
    if (typeof key !== 'string') return undefined;
    return { key, signature: typeof signature === 'string' ? signature : '' };
  } catch {
    return undefined;
  }
}

import { decryptText, type PrivateKey } from '../../crypto/pgp.ts';
import { PushChatError } from '../../errors.ts';
import { MAX_GROUP_BYTES } from '../../protocol/limits.ts';
import { boundedMap } from '../cache/boundedMap.ts';

/** Secrets of private groups, opened once: each is wrapped for every member. */
export interface GroupSecrets {
  /**
   * @param sessionKey the name of the secret
   * @param wrapped null for one that no member gave
   * @throws {PushChatError} `KeyUnattested`, `DecryptFailed` for one of before or after this account's time in the group
   */
  readonly open: (sessionKey: string, wrapped: string | null) => Promise<string>;
}

/** Secrets kept open; each key change of a group makes one. */
const MOST_SECRETS = 200;

/** Whatever clients draw their secrets from (security CR-23). */
const SECRET = /^[\x20-\x7e]{1,1024}$/;

export function groupSecrets(key: PrivateKey): GroupSecrets {
  const opened = boundedMap<string, { readonly wrapped: string; readonly secret: Promise<string> }>(MOST_SECRETS);
  const unwrap = async (wrapped: string): Promise<string> => {
    const secret = await decryptText(wrapped, key, MAX_GROUP_BYTES);
    if (!SECRET.test(secret)) throw new PushChatError('PayloadMalformed', 'The secret of this group is none.');
    return secret;
  };
  return {
    open: (sessionKey, wrapped) => {
      if (wrapped === null) {
        const refused = new PushChatError('KeyUnattested', 'No member of this group gave the secret of this message.');
        return Promise.reject(refused);
      }
      const known = opened.get(sessionKey);
      if (known?.wrapped === wrapped) return known.secret;
      const secret = unwrap(wrapped);
      opened.set(sessionKey, { wrapped, secret });
      return secret;
    },
  };
}

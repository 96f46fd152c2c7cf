import type { Did } from '../protocol/did.ts';
import { sameDid } from '../protocol/did.ts';
import type { AttestedKey } from '../protocol/openMessage.ts';
import { parseUserOrNull, parseUsers } from '../protocol/parseAnswer.ts';
import type { WireUser } from '../protocol/payload.ts';
import { verifyProfileProof } from '../protocol/profileProof.ts';
import { armoredKey } from '../protocol/publicKey.ts';
import { routes } from '../protocol/routes.ts';
import { PushChatError } from '../errors.ts';
import { MAX_BATCH } from '../protocol/limits.ts';
import type { Transport } from './transport.ts';

/** What is known of an account: its key, once seen, is kept for the session whatever the node says later. */
export interface KnownUser {
  readonly user: WireUser;
  readonly key: AttestedKey | null;
}

export interface Keyring {
  /** The account's record, asked of the node once it has one; null when it has none yet. */
  readonly find: (did: Did) => Promise<KnownUser | null>;
  /** Asks again: for those who had no key yet, and for profiles that may have changed. */
  readonly refresh: (did: Did) => Promise<KnownUser | null>;
  /** Fetches many in one call, so that a list does not ask for each. */
  readonly prefetch: (dids: readonly Did[]) => Promise<void>;
  readonly clear: () => void;
}

export function createKeyring(transport: Transport): Keyring {
  const known = new Map<Did, Promise<KnownUser | null>>();

  const fetchUser = async (did: Did): Promise<KnownUser | null> => {
    const user = parseUserOrNull(await transport.request(routes.user(did)));
    if (user && !sameDid(user.did, did)) {
      throw new PushChatError('SenderMismatch', 'The Push Node answered with the profile of another account.');
    }
    return user && attest(user);
  };

  const remember = (did: Did, asking: Promise<KnownUser | null>): Promise<KnownUser | null> => {
    known.set(did, asking);
    const forget = (): void => {
      if (known.get(did) === asking) known.delete(did);
    };
    // Who is nobody yet may be somebody a moment later.
    asking.then((user) => {
      if (!user) forget();
    }, forget);
    return asking;
  };

  return {
    find: (did) => known.get(did) ?? remember(did, fetchUser(did)),
    refresh: async (did) => {
      const before = await known.get(did)?.catch(() => null);
      const after = await fetchUser(did);
      // A key that was attested once is not given up for a missing, other or unattested one.
      const pinned = before?.key?.level === 'verified' ? before.key : after?.key;
      return remember(did, Promise.resolve(after ? { ...after, key: pinned ?? null } : (before ?? null)));
    },
    prefetch: async (dids) => {
      const missing = [...new Set(dids)].filter((did) => !known.has(did)).slice(0, MAX_BATCH);
      if (missing.length < 2) return;
      for (const user of parseUsers(await transport.request(routes.users(), { userIds: missing }))) {
        const did = missing.find((asked) => sameDid(asked, user.did));
        // What was found meanwhile is pinned.
        if (did !== undefined && !known.has(did)) known.set(did, Promise.resolve(attest(user)));
      }
    },
    clear: () => {
      known.clear();
    },
  };
}

function attest(user: WireUser): KnownUser {
  if (user.publicKey === '') return { user, key: null };
  return { user, key: { armored: armoredKey(user.publicKey), level: verifyProfileProof(user) } };
}

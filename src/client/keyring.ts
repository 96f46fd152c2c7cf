import type { Did } from '../protocol/did.ts';
import type { Chains } from '../protocol/chain.ts';
import { isAttestedOnChain } from '../protocol/chainAttestation.ts';
import { chainAccountOf, parseDid, sameDid } from '../protocol/did.ts';
import type { AttestedKey } from '../protocol/openMessage.ts';
import { parseUserOrNull, parseUsers } from '../protocol/parseAnswer.ts';
import type { WireUser } from '../protocol/payload.ts';
import { verifyAttestation } from '../protocol/profileProof.ts';
import { armoredKey } from '../protocol/publicKey.ts';
import { routes } from '../protocol/routes.ts';
import { PushChatError } from '../errors.ts';
import { MAX_BATCH } from '../protocol/limits.ts';
import { boundedMap } from './cache/boundedMap.ts';
import { nextTurn } from '../protocol/nextTurn.ts';
import { createKeyPins, type KeyPins, type PinListener } from './pins/keyPins.ts';
import { currentKey, type Pin } from './pins/pin.ts';
import { memoryPins, type PinStore } from './pins/pinStore.ts';
import type { Transport } from './transport.ts';

/** What is known of an account: its key, once a wallet vouched for it, is kept whatever the node says later. */
export interface KnownUser {
  readonly user: WireUser;
  readonly key: AttestedKey | null;
  /** The keys that it had before, newest first: what was signed with them then stays believed. */
  readonly earlier: readonly AttestedKey[];
  /** Undefined while no wallet has vouched for any of its keys. */
  readonly pin: Pin | undefined;
}

export interface Keyring extends Pick<KeyPins, 'compare' | 'accept'> {
  /** The account's record, asked of the node once it has one; null when it has none yet. */
  readonly find: (did: Did) => Promise<KnownUser | null>;
  /** Asks again: for those who had no key yet, and for profiles that may have changed. */
  readonly refresh: (did: Did) => Promise<KnownUser | null>;
  /** As refresh, but not again and again: for messages that do not fit the key. */
  readonly recheck: (did: Did) => Promise<KnownUser | null>;
  /** Fetches many in one call, so that a list does not ask for each. */
  readonly prefetch: (dids: readonly Did[]) => Promise<void>;
  readonly clear: () => void;
}

/** Whoever is forgotten is asked for again; pins are kept elsewhere, and never forgotten. */
const MOST_USERS = 2_000;

const ATTESTED_AT_ONCE = 10;

/** A flood of false messages makes one question in this time (security RX-03). */
const RECHECK_MS = 60_000;

const SILENT: PinListener = { pinned: () => undefined, warn: () => undefined, now: () => 0 };

export function createKeyring(
  transport: Pick<Transport, 'request'>,
  store: PinStore = memoryPins(),
  listener: PinListener = SILENT,
  chains: Chains = new Map(),
): Keyring {
  const known = boundedMap<Did, Promise<KnownUser | null>>(MOST_USERS);
  const rechecked = boundedMap<Did, number>(MOST_USERS);
  const pins = createKeyPins(store, listener);

  const attest = async (did: Did, user: WireUser): Promise<KnownUser> => {
    const served = await servedKey(user, await pins.find(did), chains);
    const pin = await pins.take(did, user, served);
    return { user, pin, ...(pin ? keysOf(pin) : { key: served, earlier: [] }) };
  };

  /** A node that hides an account does not make it one without a key (security GR-04). */
  const remembered = async (did: Did): Promise<KnownUser | null> => {
    const pin = await pins.find(did);
    return pin ? { user: userOf(pin), pin, ...keysOf(pin) } : null;
  };

  const fetchUser = async (did: Did): Promise<KnownUser | null> => {
    const user = parseUserOrNull(await transport.request(routes.user(did)));
    if (user && !sameDid(user.did, did)) {
      throw new PushChatError('SenderMismatch', 'The Push Node answered with the profile of another account.');
    }
    return user ? attest(did, user) : remembered(did);
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

  const find = (did: Did): Promise<KnownUser | null> => known.get(did) ?? remember(did, fetchUser(did));

  const refresh = async (did: Did): Promise<KnownUser | null> => {
    const before = await known.get(did)?.catch(() => null);
    const after = await fetchUser(did);
    return remember(did, Promise.resolve(after ?? before ?? null));
  };

  /** The pin changed by what the user decided: what is remembered of the account says so. */
  const decide = async (did: Did, decision: (did: Did) => Promise<void>): Promise<void> => {
    const user = await find(did);
    await decision(did);
    if (user) await remember(did, attest(did, user.user));
  };

  return {
    find,
    refresh,
    recheck: (did) => {
      const at = listener.now();
      if (at - (rechecked.get(did) ?? -Infinity) < RECHECK_MS) return find(did);
      rechecked.set(did, at);
      return refresh(did);
    },
    prefetch: async (dids) => {
      const missing = [...new Set(dids)].filter((did) => known.get(did) === undefined).slice(0, MAX_BATCH);
      if (missing.length < 2) return;
      const users = parseUsers(await transport.request(routes.users(), { userIds: missing }));
      for (const [i, user] of users.entries()) {
        // Each attestation takes a millisecond or two.
        if (i % ATTESTED_AT_ONCE === ATTESTED_AT_ONCE - 1) await nextTurn();
        const did = missing.find((asked) => sameDid(asked, user.did));
        // What was found meanwhile counts.
        if (did !== undefined && known.get(did) === undefined)
          void remember(did, attest(did, user)).catch(() => undefined);
      }
    },
    compare: (did) => decide(did, pins.compare),
    accept: (did) => decide(did, pins.accept),
    clear: () => {
      known.clear();
    },
  };
}

async function servedKey(user: WireUser, pin: Pin | undefined, chains: Chains): Promise<AttestedKey | null> {
  if (user.publicKey === '') return null;
  const armored = armoredKey(user.publicKey);
  const known = pin?.keys.find((key) => key.armored === armored);
  if (!chainAccountOf(parseDid(user.did))) {
    // To recover a wallet from its signature takes a millisecond, and groups have thousands of members.
    if (known && isSame(known.record, user)) return { armored, level: 'verified', attestedBy: known.attestedBy };
    const { level, scheme } = verifyAttestation(user);
    return { armored, level, attestedBy: scheme };
  }
  // A key that its chain spoke for once is pinned, and not asked about again.
  if (known) return { armored, level: 'verified', attestedBy: known.attestedBy };
  const isAttested = await isAttestedOnChain(chains, user);
  if (isAttested === undefined) return { armored, level: 'unchecked', attestedBy: null };
  return isAttested
    ? { armored, level: 'verified', attestedBy: 'eip191v2' }
    : { armored, level: 'unattested', attestedBy: null };
}

/** Whether a record is the very one that a wallet was found to vouch for. */
const isSame = (record: Pin['keys'][0]['record'], { profile, ...user }: WireUser): boolean =>
  record.name === profile.name && SIGNED_FIELDS.every((field) => (record[field] ?? null) === (user[field] ?? null));

const SIGNED_FIELDS = ['did', 'wallets', 'publicKey', 'encryptedPrivateKey', 'verificationProof'] as const;

/** An account as its wallet vouched for it last. */
function userOf(pin: Pin): WireUser {
  const { name, ...record } = currentKey(pin).record;
  const unsaid = { desc: null, picture: null, blockedUsersList: null, profileVerificationProof: null };
  return { ...record, msgSent: 0, maxMsgPersisted: 0, profile: { name, ...unsaid } };
}

/** A key that was attested once is not given up for a missing, other or unattested one. */
function keysOf(pin: Pin): Pick<KnownUser, 'key' | 'earlier'> {
  const { armored, attestedBy } = currentKey(pin);
  const earlier = pin.keys.slice(0, -1).map((key, i): AttestedKey => {
    const next = pin.keys[i + 1];
    return { armored: key.armored, level: 'verified', attestedBy: key.attestedBy, until: next?.created ?? 0 };
  });
  return { key: { armored, level: 'verified', attestedBy }, earlier: earlier.reverse() };
}

import { parseKeyBundle } from '../crypto/keyBundle.ts';
import { sameKey } from '../crypto/pgp.ts';
import { sha256Hex } from '../crypto/hash.ts';
import { PushChatError } from '../errors.ts';
import { sameDid, type Did } from '../protocol/did.ts';
import { malformed } from '../protocol/fields.ts';
import { parseAuthUpdate, parseProfileUpdate, parseUserCreation } from '../protocol/parsePayload.ts';
import type { Json, UserCreation, WireUser } from '../protocol/payload.ts';
import { verifyKeysProof } from '../protocol/profileProof.ts';
import { armoredKey } from '../protocol/publicKey.ts';
import { parseProof } from '../protocol/verificationProof.ts';
import { verifyProfileUpdate } from '../protocol/verifyProof.ts';
import type { NodeContext } from './context.ts';
import { drawIdenticon } from './identicon.ts';
import { parseAccount } from './parties.ts';
import { actOf, saveAct } from './tables/acts.ts';
import { requireUser, saveUser, userOf } from './tables/users.ts';

/**
 * Creates an account's record, or fills the keys into one that somebody who wrote to it made without (protocol 2.5).
 * Keys that are there already are never touched: their owner's record is the answer.
 */
export async function createUser(node: NodeContext, input: unknown): Promise<WireUser> {
  const creation = parseUserCreation(input);
  const did = parseAccount(creation.did);
  // Keys are attested over both texts; later readers of the proof find them in `did` and `wallets`.
  if (creation.caip10 !== creation.did) throw malformed('caip10');
  const blank = creation.publicKey === '';
  if (blank && creation.encryptedPrivateKey !== '') throw malformed('publicKey');
  const created = newUser(did, creation);
  if (!blank) await checkKeys(did, created);
  return node.commit(async (tx) => {
    const known = await userOf(tx, did);
    if (known && (blank || known.publicKey !== '')) return known;
    const user = known ? { ...created, profile: known.profile } : created;
    await saveUser(tx, did, user);
    if (!blank) await saveAct(tx, keysAct(did, user), '');
    await tx.record({ verb: 'user', body: input as Json, at: node.now() });
    return user;
  });
}

function newUser(
  did: Did,
  { did: spelled, publicKey, encryptedPrivateKey, verificationProof, origin }: UserCreation,
): WireUser {
  return {
    did: spelled,
    wallets: spelled,
    publicKey,
    encryptedPrivateKey,
    verificationProof: publicKey === '' ? null : (verificationProof ?? null),
    msgSent: 0,
    maxMsgPersisted: 1000,
    profile: {
      name: null,
      desc: null,
      picture: drawIdenticon(did),
      blockedUsersList: [],
      profileVerificationProof: null,
    },
    origin: origin ?? null,
  };
}

/** Wraps the same account's keys anew or replaces them; the wallet must have signed (protocol 2.5). */
export async function updateKeys(node: NodeContext, account: string, input: unknown): Promise<WireUser> {
  const { caip10, publicKey, encryptedPrivateKey, verificationProof } = parseAuthUpdate(input);
  const did = parseAccount(account);
  if (!sameDid(caip10, did)) throw new PushChatError('SenderMismatch', '`caip10` is not the account in the address.');
  const keys = { did: account, wallets: caip10, publicKey, encryptedPrivateKey, verificationProof };
  await checkKeys(did, keys);
  return node.commit(async (tx) => {
    const known = await requireUser(tx, did);
    // Nobody here could tell the owner of a contract or NFT account from a stranger.
    if (!did.startsWith('eip155:') && known.publicKey !== '') {
      throw new PushChatError('KeyUnattested', 'The keys of this kind of account cannot be changed on this node.');
    }
    const act = keysAct(did, keys);
    if ((await actOf(tx, act)) !== undefined) {
      if (keysAct(did, known) === act) return known;
      throw new PushChatError('ReplayDetected', 'These keys were replaced by newer ones.');
    }
    const user = { ...known, ...keys };
    await saveUser(tx, did, user);
    await saveAct(tx, act, '');
    await tx.record({ verb: 'keys', target: account, body: input as Json, at: node.now() });
    return user;
  });
}

type Keys = Pick<WireUser, 'did' | 'wallets' | 'publicKey' | 'encryptedPrivateKey' | 'verificationProof'>;

/** Names a state of an account's keys: a proof of it holds for ever, so the state must come only once. */
const keysAct = (did: Did, { publicKey, encryptedPrivateKey }: Keys): string =>
  sha256Hex(JSON.stringify(['keys', did, publicKey, encryptedPrivateKey]));

/**
 * Well-formed keys that the account's wallet signed for. Contract and NFT accounts have no wallet that could be checked
 * without a chain: theirs are stored as they come, and every reader sees them as unattested.
 */
async function checkKeys(did: Did, user: Keys): Promise<void> {
  parseKeyBundle(user.encryptedPrivateKey);
  const key = armoredKey(user.publicKey).trim();
  if (!key.startsWith('-----BEGIN PGP PUBLIC KEY BLOCK-----') || !(await sameKey(key, key)))
    throw malformed('publicKey');
  if (!parseProof(user.verificationProof ?? ''))
    throw new PushChatError('ProofMissing', 'Keys need the wallet’s proof.');
  if (did.startsWith('eip155:') && verifyKeysProof(user) !== 'verified') {
    throw new PushChatError('KeyUnattested', 'The wallet of this account did not sign these keys.');
  }
}

/**
 * Changes name, description, picture and block list, signed by the account's own key (protocol 2.7). The older form
 * without a block list leaves the list as it is. An old proof brings no old profile back (security GR-09).
 */
export async function updateProfile(node: NodeContext, account: string, input: unknown): Promise<WireUser> {
  const update = parseProfileUpdate(input);
  const did = parseAccount(account);
  checkBlockList(update.blockedUsersList ?? []);
  const { publicKey } = await node.store.read((rows) => requireUser(rows, did));
  const proof = await verifyProfileUpdate(update, armoredKey(publicKey), new Date(node.now()));
  if (!proof.ok) throw new PushChatError(proof.code, 'The proof of this profile is not its owner’s.');
  return node.commit(async (tx) => {
    const known = await requireUser(tx, did);
    const now = node.now();
    if (known.profile.profileVerificationProof === update.verificationProof) return known;
    const before = await actOf(tx, proof.digest);
    if (now - Number(before ?? now) > SAME_SECOND_MS) {
      throw new PushChatError('ReplayDetected', 'This profile was replaced by a newer one.');
    }
    const { name, desc, picture, blockedUsersList = known.profile.blockedUsersList, verificationProof } = update;
    const profile = { name, desc, picture, blockedUsersList, profileVerificationProof: verificationProof };
    const user = { ...known, profile };
    await saveUser(tx, did, user);
    if (before === undefined) await saveAct(tx, proof.digest, String(now));
    await tx.record({ verb: 'profile', target: account, body: input as Json, at: now });
    return user;
  });
}

/** OpenPGP tells time in seconds, so whoever changes a profile and at once changes it back signs the same twice. */
const SAME_SECOND_MS = 1_500;

function checkBlockList(blocked: readonly string[]): void {
  if (new Set(blocked.map(parseAccount)).size !== blocked.length) throw malformed('blockedUsersList');
}

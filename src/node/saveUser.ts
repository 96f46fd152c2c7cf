import { identifyKey } from '../crypto/identifyKey.ts';
import { parseKeyBundle } from '../crypto/keyBundle.ts';
import { canEncryptTo } from '../crypto/pgpPublicKey.ts';
import { PushChatError } from '../errors.ts';
import { chainAccountOf, sameDid, type Did } from '../protocol/did.ts';
import { malformed } from '../protocol/fields.ts';
import { parseAuthUpdate, parseUserCreation } from '../protocol/parsePayload.ts';
import type { Json, UserCreation, WireUser } from '../protocol/payload.ts';
import { verifyKeysProof } from '../protocol/profileProof.ts';
import { armoredKey } from '../protocol/publicKey.ts';
import { parseProof } from '../protocol/verificationProof.ts';
import type { Arrival } from './arrival.ts';
import { attestKeys } from './chain/attestKeys.ts';
import type { NodeContext, Transaction } from './context.ts';
import { parseAccount } from './parties.ts';
import { actOf, saveAct } from './tables/acts.ts';
import {
  blankOf,
  dropAttestation,
  lastAttestedAt,
  saveAttestation,
  saveBlank,
  type Attestation,
  type Keys,
} from './tables/attestations.ts';
import { requireUser, userOf } from './tables/users.ts';
import { blankAct, keysAct, newUser, sameOwner, settleUser } from './userRecord.ts';

/**
 * Creates an account's record, or fills the keys into one that somebody who wrote to it made without (protocol 2.5).
 * Keys that are there already are never touched: their owner's record is the answer.
 */
export async function createUser(node: NodeContext, input: unknown, arrival?: Arrival): Promise<WireUser> {
  const creation = parseUserCreation(input);
  const did = parseAccount(creation.did);
  // Keys are attested over both texts; later readers of the proof find them in `did` and `wallets`.
  if (creation.caip10 !== creation.did) throw malformed('caip10');
  const blank = creation.publicKey === '';
  if (blank && creation.encryptedPrivateKey !== '') throw malformed('publicKey');
  const sent = newUser(did, creation);
  const created = blank ? sent : await checkKeys(node, did, sent, arrival);
  return node.commit(async (tx) => {
    const known = await userOf(tx, did);
    if (!arrival && known && (blank || known.publicKey !== '')) return known;
    if (!arrival && !blank) node.limits?.act(did);
    const at = arrival?.at ?? (await nextKeysAt(tx, node, did));
    const isNew = blank ? await takeBlank(tx, did, creation, at) : await takeKeys(tx, did, attestationOf(created), at);
    if (known && !isNew) return known;
    const user = await settleUser(tx, did);
    await tx.record({ verb: 'user', body: input as Json, at });
    return user;
  });
}

/** Wraps the same account's keys anew or replaces them; the wallet must have signed (protocol 2.5). */
export async function updateKeys(
  node: NodeContext,
  account: string,
  input: unknown,
  arrival?: Arrival,
): Promise<WireUser> {
  const { caip10, publicKey, encryptedPrivateKey, verificationProof } = parseAuthUpdate(input);
  const did = parseAccount(account);
  if (!sameDid(caip10, did)) throw new PushChatError('SenderMismatch', '`caip10` is not the account in the address.');
  const sent = { did: account, wallets: caip10, publicKey, encryptedPrivateKey, verificationProof };
  const keys = await checkKeys(node, did, sent, arrival);
  return node.commit(async (tx) => {
    const known = await requireUser(tx, did);
    const act = keysAct(did, keys);
    if (!arrival) {
      // A token may change hands; what its former owner wrote, and is written, stays theirs.
      if (did.startsWith('nft:') && known.publicKey !== '' && !sameOwner(known, keys)) {
        throw new PushChatError('KeyUnattested', 'The token of this account has a new owner, who needs a new account.');
      }
      if ((await actOf(tx, act)) !== undefined) {
        if (keysAct(did, known) === act) return known;
        throw new PushChatError('ReplayDetected', 'These keys were replaced by newer ones.');
      }
      await checkNewer(known, keys);
      node.limits?.act(did);
    }
    const at = arrival?.at ?? (await nextKeysAt(tx, node, did));
    if (!(await takeKeys(tx, did, keys, at))) return known;
    const user = await settleUser(tx, did);
    await tx.record({ verb: 'keys', target: account, body: input as Json, at });
    return user;
  });
}

/** Of two keys the one that was made later counts, for everybody (security KI-08): an older one would never do so. */
async function checkNewer(known: Keys, sent: Keys): Promise<void> {
  if (known.publicKey === '') return;
  const [before, after] = await Promise.all([known, sent].map(({ publicKey }) => identifyKey(armoredKey(publicKey))));
  if (before && after && after.created < before.created) {
    throw new PushChatError('KeyRollback', 'These keys were made before those that the account has.');
  }
}

/** After all that is known of the account's keys, though the clock was set back. */
const nextKeysAt = async (tx: Transaction, node: NodeContext, did: Did): Promise<number> =>
  Math.max(node.now(), (await lastAttestedAt(tx, did)) + 1);

function attestationOf({
  did,
  wallets,
  publicKey,
  encryptedPrivateKey,
  verificationProof,
  origin = null,
}: WireUser): Attestation {
  return { did, wallets, publicKey, encryptedPrivateKey, verificationProof, origin };
}

/** Puts keys into their account's history. What is known counts from when it was first published, on any node. */
async function takeKeys(tx: Transaction, did: Did, keys: Attestation, at: number): Promise<boolean> {
  const digest = keysAct(did, keys);
  const before = await actOf(tx, digest);
  if (before !== undefined && Number(before) <= at) return false;
  if (before !== undefined) await dropAttestation(tx, did, { at: Number(before), digest });
  await saveAttestation(tx, did, { at, digest }, keys);
  await saveAct(tx, digest, String(at));
  return true;
}

async function takeBlank(tx: Transaction, did: Did, creation: UserCreation, at: number): Promise<boolean> {
  const digest = blankAct(did, creation);
  const before = await blankOf(tx, did);
  if (before && (before.at < at || (before.at === at && before.digest <= digest))) return false;
  await saveBlank(tx, did, { at, digest }, creation);
  return true;
}

/** Well-formed keys that the account's wallet signed for, as they are to be kept. */
async function checkKeys<User extends Keys>(
  { chains, now }: NodeContext,
  did: Did,
  user: User,
  arrival: Arrival | undefined,
): Promise<User> {
  parseKeyBundle(user.encryptedPrivateKey);
  const key = armoredKey(user.publicKey).trim();
  if (!key.startsWith('-----BEGIN PGP PUBLIC KEY BLOCK-----') || !(await canEncryptTo(key, arrival?.at ?? now())))
    throw malformed('publicKey');
  if (!parseProof(user.verificationProof ?? ''))
    throw new PushChatError('ProofMissing', 'Keys need the wallet’s proof.');
  const onChain = chainAccountOf(did);
  if (onChain) return attestKeys(chains, onChain, user);
  if (verifyKeysProof(user) === 'verified') return user;
  throw new PushChatError('KeyUnattested', 'The wallet of this account did not sign these keys.');
}

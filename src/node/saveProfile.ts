import { PushChatError } from '../errors.ts';
import type { Did } from '../protocol/did.ts';
import { malformed } from '../protocol/fields.ts';
import { parseProfileUpdate } from '../protocol/parsePayload.ts';
import type { Json, ProfileUpdate, WireUser } from '../protocol/payload.ts';
import { verifyProfileUpdate } from '../protocol/verifyProof.ts';
import { verifyBy, type Arrival } from './arrival.ts';
import type { NodeContext, Transaction } from './context.ts';
import { replaceFeed } from './notifications/placeNotification.ts';
import { parseAccount } from './parties.ts';
import { timeAfter } from './settleChat.ts';
import { replaceAll } from './settleChat.ts';
import { actOf, saveAct } from './tables/acts.ts';
import { dropVersion, lastProfileAt, listBefore, saveVersion, type Mark } from './tables/profiles.ts';
import { requireUser } from './tables/users.ts';
import { settleUser } from './userRecord.ts';

/**
 * Changes name, description, picture and block list, signed by the account's own key (protocol 2.7). The older form
 * without a block list leaves the list as it is. An old proof brings no old profile back (security GR-09).
 */
export async function updateProfile(
  node: NodeContext,
  account: string,
  input: unknown,
  arrival?: Arrival,
): Promise<WireUser> {
  const update = parseProfileUpdate(input);
  const did = parseAccount(account);
  const blocked = accountsIn(update.blockedUsersList ?? []);
  const proof = await verifyBy(node, did, arrival, (key, now) => verifyProfileUpdate(update, key, now));
  if (!proof.ok) throw new PushChatError(proof.code, 'The proof of this profile is not its owner’s.');
  return node.commit(async (tx) => {
    const known = await requireUser(tx, did);
    if (!arrival && known.profile.profileVerificationProof === update.verificationProof) return known;
    const at = arrival?.at ?? (await nextProfileAt(tx, node.now(), did, update, blocked));
    const before = timesIn(await actOf(tx, proof.digest));
    const after = merged(before, at);
    if (!arrival && !after.includes(at)) {
      throw new PushChatError('ReplayDetected', 'This profile was replaced by a newer one.');
    }
    if (after.join() === before.join()) return known;
    if (!arrival) node.limits?.act(did);
    for (const old of before.filter((each) => !after.includes(each))) {
      await publish(tx, did, { at: old, digest: proof.digest }, undefined, blocked);
    }
    if (after.includes(at)) await publish(tx, did, { at, digest: proof.digest }, update, blocked);
    await saveAct(tx, proof.digest, after.join());
    const user = await settleUser(tx, did);
    await tx.record({ verb: 'profile', target: account, body: input as Json, at });
    return user;
  });
}

/** OpenPGP tells time in seconds, so whoever changes a profile and at once changes it back signs the same twice. */
const SAME_SECOND_MS = 1_500;

/** When one signed profile counts: from its first publication on any node, and again within the second of that. */
function merged(known: readonly number[], at: number): readonly number[] {
  const all = [...new Set([...known, at])].sort((a, b) => a - b);
  return all.filter((each) => each - (all[0] ?? each) <= SAME_SECOND_MS);
}

const timesIn = (made: string | undefined): readonly number[] => made?.split(',').map(Number) ?? [];

/** After all that is known of the account and of the chats that the update closes or opens, though a clock was set back. */
async function nextProfileAt(
  tx: Transaction,
  now: number,
  did: Did,
  { blockedUsersList }: ProfileUpdate,
  blocked: readonly Did[],
): Promise<number> {
  const at = Math.max(now, (await lastProfileAt(tx, did)) + 1);
  if (blockedUsersList === undefined) return at;
  const changed = difference(await listBefore(tx, did, { at, digest: '' }), blocked);
  return Math.max(at, ...(await Promise.all(changed.map((peer) => timeAfter(tx, [did, peer])))));
}

/** Puts a version into an account's history, or takes it out, and judges anew what its block list is about. */
async function publish(
  tx: Transaction,
  did: Did,
  mark: Mark,
  update: ProfileUpdate | undefined,
  blocked: readonly Did[],
): Promise<void> {
  if (update) {
    const { verificationProof, ...profile } = update;
    await saveVersion(tx, did, mark, { ...profile, profileVerificationProof: verificationProof }, blocked);
  } else {
    await dropVersion(tx, did, mark);
  }
  for (const peer of difference(await listBefore(tx, did, mark), blocked)) {
    await replaceAll(tx, [did, peer], mark.at);
    await replaceFeed(tx, { channel: peer, subscriber: did }, mark.at);
    await replaceFeed(tx, { channel: did, subscriber: peer }, mark.at);
  }
}

const difference = (a: readonly Did[], b: readonly Did[]): Did[] => {
  const [inA, inB] = [new Set(a), new Set(b)];
  return [...a.filter((did) => !inB.has(did)), ...b.filter((did) => !inA.has(did))];
};

function accountsIn(spelled: readonly string[]): readonly Did[] {
  const blocked = spelled.map(parseAccount);
  if (new Set(blocked).size !== blocked.length) throw malformed('blockedUsersList');
  return blocked;
}

import { sha256Hex } from '../crypto/hash.ts';
import type { Did } from '../protocol/did.ts';
import type { UserCreation, WireUser } from '../protocol/payload.ts';
import { ownerIn } from '../protocol/profileProof.ts';
import { drawIdenticon } from './identicon.ts';
import type { Rows, WritableRows } from './store/store.ts';
import { attestationsOf, blankOf, type Attestation, type Keys } from './tables/attestations.ts';
import { newestProfile } from './tables/profiles.ts';
import { saveUser } from './tables/users.ts';

/** The record of an account that published nothing but what its creation says. */
export function newUser(
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

/** Names a state of an account's keys: a proof of it holds for ever, so the state must come only once. */
export const keysAct = (did: Did, { publicKey, encryptedPrivateKey }: Keys): string =>
  sha256Hex(JSON.stringify(['keys', did, publicKey, encryptedPrivateKey]));

/** Names a record that anybody may make for somebody to write to. */
export const blankAct = (did: Did, { did: spelled, origin }: UserCreation): string =>
  sha256Hex(JSON.stringify(['blank', did, spelled, origin]));

export const sameOwner = (a: Keys, b: Keys): boolean =>
  ownerIn(a.encryptedPrivateKey) === ownerIn(b.encryptedPrivateKey);

/** Works out an account's record from all that was ever published of it, and keeps it. */
export async function settleUser(rows: WritableRows, did: Did): Promise<WireUser> {
  const user = await recordOf(rows, did);
  await saveUser(rows, did, user);
  return user;
}

async function recordOf(rows: Rows, did: Did): Promise<WireUser> {
  const blank = await blankOf(rows, did);
  const published = ownersOnly(did, await attestationsOf(rows, did));
  const [first] = published;
  let user = newUser(did, blank?.creation ?? creationOf(did, first));
  for (const { origin = user.origin ?? null, ...keys } of published) user = { ...user, ...keys, origin };
  return { ...user, profile: (await newestProfile(rows, did)) ?? user.profile };
}

/** A token may change hands; what its former owner wrote, and is written, stays theirs. */
function ownersOnly(did: Did, attestations: readonly Attestation[]): readonly Attestation[] {
  const [first] = attestations;
  if (!first || !did.startsWith('nft:')) return attestations;
  return attestations.filter((each) => sameOwner(first, each));
}

const creationOf = (did: Did, keys: Keys | undefined): UserCreation => ({
  caip10: keys?.wallets ?? did,
  did: keys?.did ?? did,
  publicKey: '',
  encryptedPrivateKey: '',
});

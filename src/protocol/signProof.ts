import { sha256Hex } from '../crypto/hash.ts';
import { signText, type PrivateKey } from '../crypto/pgp.ts';
import { acceptanceText, profileText, rejectionText } from './canonical.ts';
import type { ProfileUpdate, RequestAcceptance, RequestRejection } from './payload.ts';

/**
 * The body by which `acceptor` accepts the request of `requester` (protocol 4.4).
 * @param date signing time; now by default
 */
export async function signAcceptance(
  { requester, acceptor }: { readonly requester: string; readonly acceptor: string },
  key: PrivateKey,
  date?: Date,
): Promise<RequestAcceptance> {
  const signed = { fromDID: requester, toDID: acceptor, status: 'Approved' };
  const signature = await signText(sha256Hex(acceptanceText(signed)), key, date);
  const { fromDID, toDID, status } = signed;
  const proof = { sigType: 'pgp', verificationProof: `pgp:${signature}` };
  return { fromDID, toDID, signature, status, ...proof, encryptedSecret: null };
}

/** The body by which `rejector` rejects the request of `requester` (protocol 4.5). */
export async function signRejection(
  { requester, rejector }: { readonly requester: string; readonly rejector: string },
  key: PrivateKey,
  date?: Date,
): Promise<RequestRejection> {
  const signed = { fromDID: requester, toDID: rejector };
  return { ...signed, verificationProof: `pgp:${await signText(sha256Hex(rejectionText(signed)), key, date)}` };
}

/** All that a profile says; an update always says all of it (protocol 2.7). */
export type ProfileFields = Required<Omit<ProfileUpdate, 'verificationProof'>>;

/** The body of a profile update, which always carries the whole block list (protocol 2.7). */
export async function signProfileUpdate(profile: ProfileFields, key: PrivateKey, date?: Date): Promise<ProfileUpdate> {
  const { name, desc, picture, blockedUsersList } = profile;
  const signature = await signText(sha256Hex(profileText(profile)), key, date);
  return { name, desc, picture, blockedUsersList, verificationProof: `pgpv2:${signature}` };
}

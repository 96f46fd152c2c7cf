/**
 * The exact texts whose SHA-256 is signed. Each is the JSON of fields in the order the official client writes them;
 * `undefined` is dropped and `null` kept, as JSON does.
 */
import type {
  AuthUpdate,
  MessageBody,
  ProfileUpdate,
  RequestAcceptance,
  RequestRejection,
  WireUser,
} from './payload.ts';

const HASH = /^[0-9a-f]{64}$/;

/** Whether a text could be the hash of any of these texts, and so must never be signed for its own sake. */
export const isHash = (text: string): boolean => HASH.test(text);

/** Proof schemes that cover the body of a message. */
export type BodyScheme = 'pgpv2' | 'pgpv3';

/** Protocol 3.5. The wire signs `fromDID` in the place of `toDID`; the receiver is bound by `toCAIP10` alone. */
export function messageText(body: MessageBody, scheme: BodyScheme): string {
  const { fromDID, fromCAIP10, toCAIP10, messageObj, messageType, encType, sessionKey, encryptedSecret } = body;
  const head = { fromDID, toDID: fromDID, fromCAIP10, toCAIP10, messageObj, messageType, encType };
  return JSON.stringify(scheme === 'pgpv3' ? { ...head, sessionKey, encryptedSecret } : { ...head, encryptedSecret });
}

/** Protocol 3.6, the form of first messages before 2023; here `toDID` is the true one. */
export function legacyMessageText({ fromDID, toDID, messageContent, messageType }: MessageBody): string {
  return JSON.stringify({ fromDID, toDID, messageContent, messageType });
}

/** Protocol 4.4, one-to-one chats and groups without session keys. */
export function acceptanceText({
  fromDID,
  toDID,
  status,
}: Pick<RequestAcceptance, 'fromDID' | 'toDID' | 'status'>): string {
  return JSON.stringify({ fromDID, toDID, status });
}

/** Protocol 4.5. */
export function rejectionText({ fromDID, toDID }: Pick<RequestRejection, 'fromDID' | 'toDID'>): string {
  return JSON.stringify({ fromDID, toDID });
}

/** Protocol 2.7; without `blockedUsersList` the older form. */
export function profileText(profile: Omit<ProfileUpdate, 'verificationProof'>): string {
  const { name, desc, picture, blockedUsersList } = profile;
  return JSON.stringify({ name, desc, picture, blockedUsersList });
}

/** Protocol 2.5, what a wallet signs to attest its keys. */
export function profileKeysText(keys: Omit<AuthUpdate, 'verificationProof'> & { readonly did: string }): string {
  const { caip10, did, publicKey, encryptedPrivateKey } = keys;
  return JSON.stringify({ caip10, did, publicKey, encryptedPrivateKey });
}

/** Protocol 2.5, the eight fields of the proofs `eip191:` and `eip712v2:`. */
export function legacyProfileKeysText(
  user: Pick<WireUser, 'did' | 'publicKey' | 'encryptedPrivateKey'>,
  legacy: { readonly caip10: string; readonly encryptionType: string; readonly name: string | null },
): string {
  const { did, publicKey, encryptedPrivateKey } = user;
  const { caip10, encryptionType, name } = legacy;
  const unused = { encryptedPassword: null, nftOwner: null };
  return JSON.stringify({ caip10, did, publicKey, encryptedPrivateKey, encryptionType, name, ...unused });
}

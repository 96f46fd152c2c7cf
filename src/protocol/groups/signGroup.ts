import { sha256Hex } from '../../crypto/hash.ts';
import { encryptToMany } from '../../crypto/encryptToMany.ts';
import { signText, type PrivateKey } from '../../crypto/pgp.ts';
import { randomSecret, type RandomBytes } from '../../crypto/random.ts';
import { acceptanceText, rejectionText } from '../canonical.ts';
import type { RequestAcceptance, RequestRejection } from '../payload.ts';
import type {
  GroupConfig,
  GroupConfigUpdate,
  GroupCreation,
  GroupProfile,
  GroupProfileUpdate,
  MembersUpdate,
} from './groupPayload.ts';
import { signGroupProof } from './groupProof.ts';
import {
  firstMembersText,
  groupConfigText,
  groupProfileText,
  membersText,
  secretAcceptanceText,
} from './groupTexts.ts';

/** Armored keys of everybody who is to read what is written from now on; null where the group keeps its secret, or has none. */
type Readers = readonly string[] | null;

/** A change of a group that is to be signed. */
export type GroupDraft =
  | {
      readonly kind: 'create';
      readonly profile: GroupProfile;
      readonly config: GroupConfig;
      readonly members: readonly string[];
      readonly admins: readonly string[];
    }
  /** `upsert` in the order of keys in which it is signed and sent (protocol 5.3). */
  | {
      readonly kind: 'members';
      readonly upsert: MembersUpdate['upsert'];
      readonly remove: readonly string[];
      readonly readers: Readers;
    }
  /** Whether the group is public, and its type, are those of now. */
  | { readonly kind: 'profile'; readonly profile: GroupProfile }
  | { readonly kind: 'config'; readonly config: GroupConfig }
  | { readonly kind: 'accept'; readonly chatId: string; readonly readers: Readers }
  | { readonly kind: 'reject'; readonly chatId: string };

interface Signing {
  /** The account as its profile spells it. */
  readonly signer: string;
  readonly key: PrivateKey;
  readonly random: RandomBytes;
  readonly date?: Date;
}

/** The body of a creation as it is posted. */
export interface PostedCreation
  extends GroupProfile, Omit<GroupCreation, 'profile' | 'config' | 'configVerificationProof'> {
  readonly config: GroupConfigUpdate;
}

export type SignedGroupAct =
  PostedCreation | MembersUpdate | GroupProfileUpdate | GroupConfigUpdate | RequestAcceptance | RequestRejection;

/**
 * Signs a change of a group, with a fresh secret where the readers change: the body as the official client writes it
 * (protocol 4.4, 4.5, 5.1, 5.3).
 * @throws {PushChatError} `KeyNotFound` for a reader whose key cannot be encrypted to
 */
export async function signGroupAct(draft: GroupDraft, signing: Signing): Promise<SignedGroupAct> {
  const { signer, key, date } = signing;
  const prove = (text: string): Promise<string> => signGroupProof(text, signer, key, date);
  switch (draft.kind) {
    case 'create':
      return signCreation(draft, prove);
    case 'members': {
      const { upsert, remove, readers } = draft;
      const update = { upsert, remove, encryptedSecret: await secretFor(readers, signing) };
      return { ...update, deltaVerificationProof: await prove(membersText(update)) };
    }
    case 'profile': {
      const { isPublic: _public, groupType: _type, ...sent } = draft.profile;
      return { ...sent, profileVerificationProof: await prove(groupProfileText(draft.profile)) };
    }
    case 'config':
      return { ...draft.config, configVerificationProof: await prove(groupConfigText(draft.config)) };
    case 'accept':
      return signYes(draft, signing);
    case 'reject': {
      const answer = { fromDID: signer, toDID: draft.chatId };
      return { ...answer, verificationProof: `pgp:${await signText(sha256Hex(rejectionText(answer)), key, date)}` };
    }
  }
}

async function signCreation(
  { profile, config, members, admins }: Extract<GroupDraft, { kind: 'create' }>,
  prove: (text: string) => Promise<string>,
): Promise<PostedCreation> {
  const { groupName, groupDescription, groupImage, rules, isPublic, groupType } = profile;
  return {
    ...{ groupName, groupDescription, groupImage, rules, isPublic, groupType },
    profileVerificationProof: await prove(groupProfileText(profile)),
    config: { ...config, configVerificationProof: await prove(groupConfigText(config)) },
    members,
    admins,
    idempotentVerificationProof: await prove(firstMembersText({ members, admins })),
  };
}

async function signYes(
  { chatId, readers }: Extract<GroupDraft, { kind: 'accept' }>,
  signing: Signing,
): Promise<RequestAcceptance> {
  const { signer, key, date } = signing;
  const encryptedSecret = await secretFor(readers, signing);
  const answer = { fromDID: signer, toDID: chatId, status: 'Approved', encryptedSecret };
  const [sigType, text] = encryptedSecret ? ['pgpv2', secretAcceptanceText(answer)] : ['pgp', acceptanceText(answer)];
  const signature = await signText(sha256Hex(text), key, date);
  const { fromDID, toDID, status } = answer;
  return { fromDID, toDID, signature, status, sigType, verificationProof: `${sigType}:${signature}`, encryptedSecret };
}

const secretFor = async (readers: Readers, { random }: Signing): Promise<string | null> =>
  readers ? encryptToMany(randomSecret(random), readers) : null;

import type { Json } from '../payload.ts';
import type { GroupRules } from './groupRules.ts';

/** What a group's profile proof covers (protocol 5.1, 5.3). */
export interface GroupProfile {
  readonly groupName: string;
  readonly groupDescription: string | null;
  /** A data URL or any other text; null for none. */
  readonly groupImage: string | null;
  readonly rules: GroupRules;
  readonly isPublic: boolean;
  readonly groupType: string;
}

/** What a group's config proof covers: a schedule, for groups that are events, and free words. */
export interface GroupConfig {
  readonly meta: string | null;
  readonly scheduleAt: Json;
  readonly scheduleEnd: Json;
  readonly status: string | null;
}

/** Body of `POST /v2/chat/groups`. */
export interface GroupCreation {
  readonly profile: GroupProfile;
  readonly profileVerificationProof: string;
  readonly config: GroupConfig;
  readonly configVerificationProof: string;
  readonly members: readonly string[];
  readonly admins: readonly string[];
  readonly idempotentVerificationProof: string;
}

/** Body of `PUT …/members`. */
export interface MembersUpdate {
  /** `members` and `admins` in the order of keys that the sender signed. */
  readonly upsert: { readonly members?: readonly string[]; readonly admins?: readonly string[] };
  readonly remove: readonly string[];
  readonly encryptedSecret: string | null;
  readonly deltaVerificationProof: string;
}

/** Body of `PUT …/profile`; whether the group is public, and its type, cannot change and are not sent. */
export interface GroupProfileUpdate extends Omit<GroupProfile, 'isPublic' | 'groupType'> {
  readonly profileVerificationProof: string;
}

/** Body of `PUT …/config`. */
export interface GroupConfigUpdate extends GroupConfig {
  readonly configVerificationProof: string;
}

/** Body of `POST /v1/chat/groups`, its signed fields (protocol 5.2). */
export interface GroupCreationV1 {
  readonly groupName: string;
  readonly groupDescription: string | null;
  readonly members: readonly string[];
  readonly groupImage: string | null;
  readonly admins: readonly string[];
  readonly isPublic: boolean;
  readonly groupCreator: string;
  readonly verificationProof: string;
}

/** Body of `PUT /v1/chat/groups/<id>`, its signed fields; the arrays are all that shall be in the group. */
export interface GroupUpdateV1 {
  readonly groupName: string;
  readonly groupDescription: string | null;
  readonly groupImage: string | null;
  readonly members: readonly string[];
  readonly admins: readonly string[];
  readonly verificationProof: string;
}

/** A group as `GET /v2/chat/groups/<id>` and every change of it answer. */
export interface GroupInfo extends GroupProfile, GroupConfig {
  readonly chatId: string;
  readonly groupCreator: string;
  readonly profileVerificationProof: string | null;
  readonly encryptedSecret: string | null;
  readonly sessionKey: string | null;
}

export interface GroupMember {
  readonly wallet: string;
  /** Armored, without wrapper: clients encrypt with it. */
  readonly publicKey: string;
  readonly isAdmin: boolean;
  readonly image: string | null;
}

/** A group with its members, as `GET /v1/chat/groups/<id>` answers. */
export interface GroupWithMembers extends Omit<GroupInfo, 'profileVerificationProof'> {
  readonly members: readonly GroupMember[];
  readonly pendingMembers: readonly GroupMember[];
  readonly contractAddressERC20: null;
  readonly numberOfERC20: number;
  readonly contractAddressNFT: null;
  readonly numberOfNFTTokens: number;
  readonly verificationProof: string | null;
}

/** What happened to a group, in the words of the `CHAT_GROUPS` event (protocol 6.2). */
export type GroupEventType = 'create' | 'update' | 'request' | 'joinGroup' | 'leaveGroup' | 'remove' | 'roleChange';

export const EMPTY_CONFIG: GroupConfig = { meta: null, scheduleAt: null, scheduleEnd: null, status: null };

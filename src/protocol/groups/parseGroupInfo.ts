import {
  arrayOf,
  booleanOf,
  malformed,
  nullableStringOf,
  numberOf,
  objectOf,
  stringOf,
  type Fields,
} from '../fields.ts';
import { MAX_ARMOR, MAX_GROUP_BYTES, MAX_PAYLOAD_BYTES } from '../limits.ts';
import type { Json } from '../payload.ts';
import type { GroupInfo } from './groupPayload.ts';

const MAX_TEXT = 10_000;

/**
 * Reads a group as a node tells of it (protocol 5.4). Rules are left as they are, since they are signed in their very
 * words; `describeRules` reads them.
 * @throws {PushChatError} `PayloadMalformed`, `PayloadTooLarge`
 */
export function parseGroupInfo(value: unknown): GroupInfo {
  const fields = objectOf(value, 'group');
  return {
    chatId: stringOf(fields, 'chatId'),
    groupName: stringOf(fields, 'groupName', MAX_TEXT),
    groupDescription: nullableStringOf(fields, 'groupDescription', MAX_TEXT),
    groupImage: nullableStringOf(fields, 'groupImage', 3 * MAX_PAYLOAD_BYTES),
    rules: objectOf(fields['rules'] ?? {}, 'rules'),
    isPublic: booleanOf(fields, 'isPublic'),
    groupType: nullableStringOf(fields, 'groupType') ?? 'default',
    groupCreator: stringOf(fields, 'groupCreator'),
    meta: nullableStringOf(fields, 'meta', MAX_TEXT),
    scheduleAt: momentOf(fields, 'scheduleAt'),
    scheduleEnd: momentOf(fields, 'scheduleEnd'),
    status: nullableStringOf(fields, 'status'),
    profileVerificationProof: nullableStringOf(fields, 'profileVerificationProof', MAX_ARMOR),
    encryptedSecret: nullableStringOf(fields, 'encryptedSecret', MAX_GROUP_BYTES),
    sessionKey: nullableStringOf(fields, 'sessionKey'),
  };
}

function momentOf(fields: Fields, name: string): Json {
  const value = fields[name] ?? null;
  if (value !== null && typeof value !== 'string' && typeof value !== 'number') throw malformed(name);
  return value;
}

/** A page of members, or of their keys: the accounts that a node says are in the group, and their standing. */
export interface ServedMember {
  readonly did: string;
  readonly isAdmin: boolean;
  readonly accepted: boolean;
}

const MAX_MEMBERS = 5_000;

/** @throws {PushChatError} `PayloadMalformed`, `PayloadTooLarge` */
export const parseMemberPage = (value: unknown): ServedMember[] =>
  arrayOf(objectOf(value, 'answer'), 'members', MAX_MEMBERS, (item, path) => {
    const member = objectOf(item, path);
    return {
      did: stringOf(member, 'address'),
      isAdmin: stringOf(member, 'role').toLowerCase() === 'admin',
      accepted: booleanOf(member, 'intent'),
    };
  });

/** Whom a node says that a private group's secret is to be wrapped for. @throws {PushChatError} as above */
export const parseKeyPage = (value: unknown): string[] =>
  arrayOf(objectOf(value, 'answer'), 'members', MAX_MEMBERS, (item, path) => stringOf(objectOf(item, path), 'did'));

/** How many members a node says that there are. */
export interface MemberCounts {
  readonly accepted: number;
  readonly pending: number;
  readonly admins: number;
}

/** @throws {PushChatError} `PayloadMalformed` */
export function parseMemberCounts(value: unknown): MemberCounts {
  const counts = objectOf(objectOf(value, 'answer')['totalMembersCount'], 'totalMembersCount');
  return {
    accepted: numberOf(counts, 'approvedCount'),
    pending: numberOf(counts, 'pendingCount'),
    admins: numberOf(counts, 'adminsCount'),
  };
}

/** How a node says that an account stands; who is invited is a member too (protocol 5.4). */
export function parseMemberStatus(value: unknown): 'admin' | 'member' | 'invited' | 'out' {
  const fields = objectOf(value, 'status');
  if (!booleanOf(fields, 'isMember') && !booleanOf(fields, 'isPending')) return 'out';
  if (booleanOf(fields, 'isPending')) return 'invited';
  return booleanOf(fields, 'isAdmin') ? 'admin' : 'member';
}

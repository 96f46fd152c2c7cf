import { PushChatError } from '../../errors.ts';
import { arrayOf, booleanOf, malformed, nullableStringOf, objectOf, stringOf, type Fields } from '../fields.ts';
import { MAX_ARMOR, MAX_GROUP_BYTES, MAX_PAYLOAD_BYTES } from '../limits.ts';
import type { Json } from '../payload.ts';
import type {
  GroupConfig,
  GroupConfigUpdate,
  GroupCreation,
  GroupCreationV1,
  GroupProfileUpdate,
  GroupUpdateV1,
  MembersUpdate,
} from './groupPayload.ts';
import { parseRules } from './groupRules.ts';

/** Members of a group, pending ones included (protocol 5.1). */
export const MAX_PUBLIC_MEMBERS = 100_000;
export const MAX_PRIVATE_MEMBERS = 15_000;

/** Accounts in each array of a change (protocol 5.3). */
const MAX_CHANGED = 1_000;

const MIN_NAME = 3;
const MAX_NAME = 100;
const MAX_DESCRIPTION = 150;
const MAX_META = 4_096;

/** @throws {PushChatError} `PayloadMalformed`, `PayloadTooLarge` */
export function parseGroupCreation(value: unknown): GroupCreation {
  const fields = objectOf(value, 'body');
  const config = objectOf(fields['config'], 'config');
  return {
    profile: {
      ...nameAndLooks(fields),
      rules: parseRules(fields['rules'] ?? {}),
      isPublic: booleanOf(fields, 'isPublic'),
      groupType: groupTypeOf(fields),
    },
    profileVerificationProof: stringOf(fields, 'profileVerificationProof', MAX_ARMOR),
    config: configOf(config),
    configVerificationProof: stringOf(config, 'configVerificationProof', MAX_ARMOR),
    ...everybody(fields),
    idempotentVerificationProof: stringOf(fields, 'idempotentVerificationProof', MAX_ARMOR),
  };
}

/** @throws {PushChatError} `PayloadMalformed`, `PayloadTooLarge` */
export function parseMembersUpdate(value: unknown): MembersUpdate {
  const fields = objectOf(value, 'body');
  const upsert = objectOf(fields['upsert'], 'upsert');
  const roles = Object.keys(upsert);
  if (roles.some((role) => role !== 'members' && role !== 'admins')) throw malformed('upsert');
  return {
    // In the order it came in, which is part of what was signed.
    upsert: Object.fromEntries(roles.map((role) => [role, accountsOf(upsert, role, MAX_CHANGED)])),
    remove: accountsOf(fields, 'remove', MAX_CHANGED),
    encryptedSecret: nullableStringOf(fields, 'encryptedSecret', MAX_GROUP_BYTES),
    deltaVerificationProof: stringOf(fields, 'deltaVerificationProof', MAX_ARMOR),
  };
}

/** @throws {PushChatError} `PayloadMalformed`, `PayloadTooLarge` */
export function parseGroupProfileUpdate(value: unknown): GroupProfileUpdate {
  const fields = objectOf(value, 'body');
  return {
    ...nameAndLooks(fields),
    rules: parseRules(fields['rules'] ?? {}),
    profileVerificationProof: stringOf(fields, 'profileVerificationProof', MAX_ARMOR),
  };
}

/** @throws {PushChatError} `PayloadMalformed`, `PayloadTooLarge` */
export function parseGroupConfigUpdate(value: unknown): GroupConfigUpdate {
  const fields = objectOf(value, 'body');
  return { ...configOf(fields), configVerificationProof: stringOf(fields, 'configVerificationProof', MAX_ARMOR) };
}

/**
 * The older creation, of which only what its proof covers is taken. Rules are not covered, and a group must not be
 * open because they were left out.
 * @throws {PushChatError} `PayloadMalformed`, `PayloadTooLarge`
 */
export function parseGroupCreationV1(value: unknown): GroupCreationV1 {
  const fields = objectOf(value, 'body');
  checkNoGate(fields);
  return {
    ...nameAndLooks(fields),
    isPublic: booleanOf(fields, 'isPublic'),
    groupCreator: stringOf(fields, 'groupCreator'),
    ...everybody(fields),
    verificationProof: stringOf(fields, 'verificationProof', MAX_ARMOR),
  };
}

/** @throws {PushChatError} `PayloadMalformed`, `PayloadTooLarge` */
export function parseGroupUpdateV1(value: unknown): GroupUpdateV1 {
  const fields = objectOf(value, 'body');
  checkNoGate(fields);
  return {
    ...nameAndLooks(fields),
    ...everybody(fields),
    verificationProof: stringOf(fields, 'verificationProof', MAX_ARMOR),
  };
}

/** Rules outside the proof could be put in, or taken out, by anybody on the way. */
function checkNoGate(fields: Fields): void {
  const rules = Object.keys(objectOf(fields['rules'] ?? {}, 'rules'));
  const gates = ['contractAddressNFT', 'contractAddressERC20'].filter((name) => Boolean(fields[name]));
  if (rules.length + gates.length > 0) {
    throw new PushChatError('PayloadMalformed', 'This call does not sign `rules`. Use POST /v2/chat/groups.');
  }
}

function nameAndLooks(fields: Fields): {
  groupName: string;
  groupDescription: string | null;
  groupImage: string | null;
} {
  const groupName = stringOf(fields, 'groupName', MAX_NAME);
  if (groupName.trim().length < MIN_NAME) throw malformed('groupName');
  return {
    groupName,
    groupDescription: nullableStringOf(fields, 'groupDescription', MAX_DESCRIPTION),
    groupImage: nullableStringOf(fields, 'groupImage', MAX_PAYLOAD_BYTES),
  };
}

/** Spaces are groups of another kind, with roles and events of their own; this node serves none. */
function groupTypeOf(fields: Fields): string {
  const groupType = stringOf(fields, 'groupType');
  if (groupType !== 'default') throw malformed('groupType');
  return groupType;
}

const configOf = (fields: Fields): GroupConfig => ({
  meta: nullableStringOf(fields, 'meta', MAX_META),
  scheduleAt: momentOf(fields, 'scheduleAt'),
  scheduleEnd: momentOf(fields, 'scheduleEnd'),
  status: nullableStringOf(fields, 'status'),
});

/** A date as its sender wrote it: ISO 8601 from the official client, milliseconds from others. */
function momentOf(fields: Fields, name: string): Json {
  const value = fields[name] ?? null;
  if (value === null || (typeof value === 'number' && Number.isFinite(value))) return value;
  return stringOf(fields, name);
}

const everybody = (fields: Fields): { members: string[]; admins: string[] } => ({
  members: accountsOf(fields, 'members', MAX_PUBLIC_MEMBERS),
  admins: accountsOf(fields, 'admins', MAX_PUBLIC_MEMBERS),
});

const accountsOf = (fields: Fields, name: string, max: number): string[] =>
  arrayOf(fields, name, max, (item, path) => {
    if (typeof item !== 'string') throw malformed(path);
    return item;
  });

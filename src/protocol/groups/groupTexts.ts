/** The exact texts whose SHA-256 is signed for groups, as in `canonical.ts` (protocol 4.4, 5). */
import type { RequestAcceptance } from '../payload.ts';
import type { GroupConfig, GroupCreationV1, GroupProfile, GroupUpdateV1, MembersUpdate } from './groupPayload.ts';

/** Protocol 5.1. */
export function groupProfileText(profile: GroupProfile): string {
  const { groupName, groupDescription, groupImage, rules, isPublic, groupType } = profile;
  return JSON.stringify({ groupName, groupDescription, groupImage, rules, isPublic, groupType });
}

/** Protocol 5.1. */
export function groupConfigText({ meta, scheduleAt, scheduleEnd, status }: GroupConfig): string {
  return JSON.stringify({ meta, scheduleAt, scheduleEnd, status });
}

/** Protocol 5.1, who is invited when a group is made. */
export function firstMembersText(first: {
  readonly members: readonly string[];
  readonly admins: readonly string[];
}): string {
  const { members, admins } = first;
  return JSON.stringify({ members, admins });
}

/** Protocol 5.3. `upsert` is signed in whichever order its sender wrote it. */
export function membersText(update: Omit<MembersUpdate, 'deltaVerificationProof'>): string {
  const { upsert, remove, encryptedSecret } = update;
  return JSON.stringify({ upsert, remove, encryptedSecret });
}

/** Protocol 4.4, private groups with session keys: the proof covers the new secret. */
export function secretAcceptanceText(
  body: Pick<RequestAcceptance, 'fromDID' | 'toDID' | 'status' | 'encryptedSecret'>,
): string {
  const { fromDID, toDID, status, encryptedSecret } = body;
  return JSON.stringify({ fromDID, toDID, status, encryptedSecret });
}

/** Protocol 5.2. Token conditions of this older form are signed as none, and refused otherwise. */
export function groupCreationV1Text(creation: Omit<GroupCreationV1, 'verificationProof'>): string {
  const { groupName, groupDescription, members, groupImage, admins, isPublic, groupCreator } = creation;
  const gate = { contractAddressNFT: null, numberOfNFTs: 0, contractAddressERC20: null, numberOfERC20: 0 };
  return JSON.stringify({
    groupName,
    groupDescription,
    members,
    groupImage,
    admins,
    isPublic,
    ...gate,
    groupCreator,
  });
}

/** Protocol 5.2. */
export function groupUpdateV1Text(update: Omit<GroupUpdateV1, 'verificationProof'>, chatId: string): string {
  const { groupName, groupDescription, groupImage, members, admins } = update;
  return JSON.stringify({ groupName, groupDescription, groupImage, members, admins, chatId });
}

import { sha256Hex } from '../../crypto/hash.ts';
import { PushChatError } from '../../errors.ts';
import type { Did } from '../did.ts';
import type { GroupConfig, GroupProfile } from './groupPayload.ts';
import { mayPassUninvited } from './mayPassUninvited.ts';
import { MAX_PRIVATE_MEMBERS, MAX_PUBLIC_MEMBERS } from './parseGroup.ts';

/** A group without its members, who are kept one by one. */
export interface Group {
  readonly chatId: string;
  readonly creator: Did;
  readonly profile: GroupProfile;
  readonly config: GroupConfig;
  /** The proof of the newest profile; null when it came by the older call. */
  readonly profileProof: string | null;
  /** The proof that made the group. */
  readonly proof: string;
  /** What members of a private group share, wrapped for each of them, and its name (protocol 5.6). */
  readonly secret: { readonly sessionKey: string; readonly encryptedSecret: string } | null;
  /** Members, pending ones included. */
  readonly size: number;
  /** Members who came in. */
  readonly approved: number;
  /** Milliseconds since the epoch. */
  readonly createdAt: number;
}

export type Role = 'admin' | 'member';

export interface Member {
  readonly role: Role;
  /** False for who was invited and has not answered. */
  readonly accepted: boolean;
  readonly inviter: Did;
  /** Milliseconds since the epoch: when the member joined or was invited. */
  readonly since: number;
}

export type Members = ReadonlyMap<Did, Member>;

/** Members before and after an act. */
export type MemberChanges = ReadonlyMap<
  Did,
  { readonly before: Member | undefined; readonly after: Member | undefined }
>;

/** One signed act upon a group. Its state is what its acts make of it in the order of their times and digests. */
export interface GroupAct {
  /** Milliseconds since the epoch: when the first node took it. */
  readonly at: number;
  readonly digest: string;
  readonly signer: Did;
  readonly proof: string;
  readonly change: GroupChange;
}

export type GroupChange =
  | {
      readonly kind: 'create';
      readonly chatId: string;
      readonly profile: GroupProfile;
      readonly profileProof: string | null;
      readonly config: GroupConfig;
      readonly members: readonly Did[];
      readonly admins: readonly Did[];
    }
  | {
      readonly kind: 'members';
      readonly members: readonly Did[];
      readonly admins: readonly Did[];
      readonly remove: readonly Did[];
      readonly secret: string | null;
    }
  /** The older form of both: a new profile, and all who shall be in the group. */
  | {
      readonly kind: 'replace';
      readonly profile: Looks;
      readonly members: readonly Did[];
      readonly admins: readonly Did[];
    }
  | { readonly kind: 'profile'; readonly profile: Looks & Pick<GroupProfile, 'rules'> }
  | { readonly kind: 'config'; readonly config: GroupConfig }
  | { readonly kind: 'accept'; readonly secret: string | null }
  | { readonly kind: 'reject' };

type Looks = Pick<GroupProfile, 'groupName' | 'groupDescription' | 'groupImage'>;

/** What an act does: the group after it, and the members whom it touches; undefined for those who are out. */
export interface Outcome {
  readonly group: Group;
  readonly changed: ReadonlyMap<Did, Member | undefined>;
}

/**
 * Applies one act to a group: the whole law of who may do what (protocol 5.5, 5.6, 9). Pure, so that every node makes
 * the same state of the same acts.
 * @param members at least those whom {@link touchedBy} names
 * @throws {PushChatError} why the act has no effect here: `NotFound`, `NotPermitted`, `HeadConflict`,
 *   `PayloadMalformed`, `PayloadTooLarge`, `ProofDowngrade`
 */
export function applyGroupAct(group: Group | undefined, members: Members, act: GroupAct): Outcome {
  const { change } = act;
  if (change.kind === 'create') {
    if (group) throw new PushChatError('HeadConflict', 'This group exists already.');
    return create(act, change);
  }
  if (!group) throw noSuchGroup();
  switch (change.kind) {
    case 'members':
      return changeMembers(group, members, act, change);
    case 'replace':
      return replaceMembers(group, members, act, change);
    case 'profile': {
      checkAdmin(members, act.signer);
      const profile = { ...group.profile, ...change.profile };
      return { group: { ...group, profile, profileProof: act.proof }, changed: new Map() };
    }
    case 'config':
      checkAdmin(members, act.signer);
      return { group: { ...group, config: change.config }, changed: new Map() };
    case 'accept':
      return accept(group, members, act, change.secret);
    case 'reject':
      requirePending(members, act.signer);
      return settle(group, members, new Map([[act.signer, undefined]]), { ...act, secret: null });
  }
}

/** The members whom an act needs to see; `everybody` for one that names those who stay. */
export function touchedBy({ signer, change }: GroupAct): readonly Did[] | 'everybody' {
  if (change.kind === 'replace') return 'everybody';
  if (change.kind === 'members') return [signer, ...change.admins, ...change.members, ...change.remove];
  return [signer];
}

export const noSuchGroup = (): PushChatError => new PushChatError('NotFound', 'There is no such group.');

function create(
  { at, proof, signer }: GroupAct,
  { chatId, profile, profileProof, config, ...invited }: Extract<GroupChange, { kind: 'create' }>,
): Outcome {
  const others = (dids: readonly Did[]): Did[] => dids.filter((did) => did !== signer);
  const changed = new Map<Did, Member>([[signer, { role: 'admin', accepted: true, inviter: signer, since: at }]]);
  for (const [did, role] of rolesOf({ admins: others(invited.admins), members: others(invited.members) })) {
    changed.set(did, { role, accepted: false, inviter: signer, since: at });
  }
  const made = { chatId, creator: signer, profile, config, profileProof, proof, secret: null, createdAt: at };
  const group = { ...made, size: changed.size, approved: 1 };
  checkSize(group);
  return { group, changed };
}

function changeMembers(
  group: Group,
  members: Members,
  act: GroupAct,
  change: Extract<GroupChange, { kind: 'members' }>,
): Outcome {
  const { signer, at } = act;
  const { remove, secret } = change;
  const roles = rolesOf(change);
  for (const did of remove) if (roles.has(did)) throw twice(did);
  const changed = new Map<Did, Member | undefined>();
  if (isJoin(change, signer)) {
    changed.set(signer, joined(group, members.get(signer), act));
  } else {
    const leaves = roles.size === 0 && remove.length === 1 && remove[0] === signer;
    if (!leaves) checkAdmin(members, signer);
    for (const [did, role] of roles) changed.set(did, invited(members.get(did), role, { at, signer }));
  }
  for (const did of remove) {
    if (!members.has(did)) throw new PushChatError('NotFound', `${did} is not in this group.`);
    changed.set(did, undefined);
  }
  return settle(group, members, changed, { ...act, secret });
}

/** One who comes in by themselves, and changes nothing else. */
export const isJoin = (
  { admins, members, remove }: Pick<GroupChangeOfMembers, 'admins' | 'members' | 'remove'>,
  by: Did,
) => members.length === 1 && members[0] === by && admins.length === 0 && remove.length === 0;

type GroupChangeOfMembers = Extract<GroupChange, { kind: 'members' }>;

/** A private group is open to the invited, and to whom its entry rules let in; those are judged where the act begins. */
function joined(group: Group, before: Member | undefined, { signer, at }: GroupAct): Member {
  if (before?.accepted) return before.role === 'admin' ? { ...before, role: 'member' } : before;
  // This act names no group: of another one, it would bring in who has not answered an invitation to this.
  if (before) throw new PushChatError('NotPermitted', 'This account is invited. It comes in by accepting that.');
  const { isPublic, rules } = group.profile;
  if (!isPublic && !(rules.entry && mayPassUninvited(rules.entry.conditions))) {
    throw new PushChatError('NotPermitted', 'This group is private. Ask one of its admins for an invitation.');
  }
  return { role: 'member', accepted: true, inviter: signer, since: at };
}

const invited = (before: Member | undefined, role: Role, by: { readonly at: number; readonly signer: Did }): Member =>
  before ? { ...before, role } : { role, accepted: false, inviter: by.signer, since: by.at };

/** The official client sends everybody, admins among the members too. */
function replaceMembers(
  group: Group,
  members: Members,
  act: GroupAct,
  { profile, ...lists }: Extract<GroupChange, { kind: 'replace' }>,
): Outcome {
  checkAdmin(members, act.signer);
  const admins = new Set(lists.admins);
  const roles = rolesOf({ admins: lists.admins, members: lists.members.filter((did) => !admins.has(did)) });
  const changed = new Map<Did, Member | undefined>();
  for (const [did, role] of roles) {
    if (members.get(did)?.role !== role) changed.set(did, invited(members.get(did), role, act));
  }
  for (const did of members.keys()) if (!roles.has(did)) changed.set(did, undefined);
  const renamed = { ...group, profile: { ...group.profile, ...profile }, profileProof: null };
  return settle(renamed, members, changed, { ...act, secret: null });
}

function accept(group: Group, members: Members, act: GroupAct, secret: string | null): Outcome {
  const pending = requirePending(members, act.signer);
  return settle(group, members, new Map([[act.signer, { ...pending, accepted: true }]]), { ...act, secret });
}

function requirePending(members: Members, signer: Did): Member {
  const member = members.get(signer);
  if (!member) throw new PushChatError('NotPermitted', 'There is no invitation to this group for this account.');
  if (member.accepted) throw new PushChatError('NotPermitted', 'This account is in the group already.');
  return member;
}

function checkAdmin(members: Members, signer: Did): void {
  const member = members.get(signer);
  if (!member?.accepted || member.role !== 'admin') {
    throw new PushChatError('NotPermitted', 'Only an admin of this group may do this.');
  }
}

/** Admins first; an account stands in one list, once. */
function rolesOf(lists: { readonly admins: readonly Did[]; readonly members: readonly Did[] }): Map<Did, Role> {
  const roles = new Map<Did, Role>();
  for (const role of ['admin', 'member'] as const) {
    for (const did of role === 'admin' ? lists.admins : lists.members) {
      if (roles.has(did)) throw twice(did);
      roles.set(did, role);
    }
  }
  return roles;
}

const twice = (did: Did): PushChatError => new PushChatError('PayloadMalformed', `${did} is named twice.`);

/** Counts anew, and gives the group its next secret, which it needs whenever who may read changes (protocol 5.6). */
function settle(
  group: Group,
  members: Members,
  changed: ReadonlyMap<Did, Member | undefined>,
  { proof, secret }: { readonly proof: string; readonly secret: string | null },
): Outcome {
  let { size, approved } = group;
  let readersChange = false;
  for (const [did, after] of changed) {
    const before = members.get(did);
    const [was, is] = [Number(before?.accepted ?? false), Number(after?.accepted ?? false)];
    readersChange ||= was !== is;
    approved += is - was;
    size += Number(after !== undefined) - Number(before !== undefined);
  }
  const counted = { ...group, size, approved };
  checkSize(counted);
  if (secret) {
    if (group.profile.isPublic) throw new PushChatError('PayloadMalformed', 'A public group has no secret.');
    return { group: { ...counted, secret: { sessionKey: sha256Hex(proof), encryptedSecret: secret } }, changed };
  }
  if (group.secret && readersChange && approved > 0) {
    throw new PushChatError('ProofDowngrade', 'This group has a secret. Renew it for those who are in it now.');
  }
  return { group: counted, changed };
}

function checkSize({ size, profile }: Group): void {
  const most = profile.isPublic ? MAX_PUBLIC_MEMBERS : MAX_PRIVATE_MEMBERS;
  if (size > most) throw new PushChatError('PayloadTooLarge', `This group may have at most ${most} members.`);
}

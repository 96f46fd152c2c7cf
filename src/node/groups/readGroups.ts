import type { Did } from '../../protocol/did.ts';
import type { GroupMember, GroupWithMembers } from '../../protocol/groups/groupPayload.ts';
import { PushChatError } from '../../errors.ts';
import type { ConversationHead, Feed, StoredMessage, WireUser } from '../../protocol/payload.ts';
import { armoredKey } from '../../protocol/publicKey.ts';
import { intentOf } from '../parties.ts';
import type { Rows } from '../store/store.ts';
import type { Page } from '../tables/chats.ts';
import { countMembers, groupOf, listMembers, memberOf, type MemberFilter, type NamedMember } from '../tables/groups.ts';
import { newestOf, requireBlock } from '../tables/messages.ts';
import { userOf } from '../tables/users.ts';
import { newUser } from '../userRecord.ts';
import { infoOf } from './groupInfo.ts';
import type { Group } from '../../protocol/groups/groupState.ts';

/** Members in one answer that has no pages. Clients ask for more by page. */
const MOST_MEMBERS = 1_000;
/** Members of each group in a list of chats. */
const MOST_IN_LIST = 25;

/**
 * A group with its members, of whom a private one has the keys that its messages are encrypted for: there, some are not
 * enough, and a group of more needs a session key (security GR-13).
 * @throws {PushChatError} `PayloadTooLarge`
 */
export async function groupWithMembers(rows: Rows, group: Group, most = MOST_MEMBERS): Promise<GroupWithMembers> {
  if (most === MOST_MEMBERS && !group.profile.isPublic && group.approved > most) {
    throw new PushChatError('PayloadTooLarge', `This group has more than ${most} members. Read them in pages.`);
  }
  const { profileVerificationProof: _proof, ...info } = infoOf(group);
  const page = { offset: 0, limit: most };
  return {
    ...info,
    members: await describe(rows, await listMembers(rows, group.chatId, { accepted: true }, page)),
    pendingMembers: await describe(rows, await listMembers(rows, group.chatId, { accepted: false }, page)),
    contractAddressERC20: null,
    numberOfERC20: 0,
    contractAddressNFT: null,
    numberOfNFTTokens: 0,
    verificationProof: group.proof,
  };
}

async function describe(rows: Rows, members: readonly NamedMember[]): Promise<GroupMember[]> {
  const described: GroupMember[] = [];
  for (const { did, role } of members) {
    const { publicKey, profile } = await userOrBlank(rows, did);
    const image = profile.picture;
    described.push({ wallet: did, publicKey: armoredKey(publicKey), isAdmin: role === 'admin', image });
  }
  return described;
}

/** Accounts may be invited before they have a profile. */
const userOrBlank = async (rows: Rows, did: Did): Promise<WireUser> =>
  (await userOf(rows, did)) ?? newUser(did, { did, caip10: did, publicKey: '', encryptedPrivateKey: '' });

/** A page of members with their profiles, their wrapped keys left out: those are for their owners. */
export async function memberPage(rows: Rows, chatId: string, filter: MemberFilter, page: Page): Promise<object[]> {
  const members: object[] = [];
  for (const { did, role, accepted } of await listMembers(rows, chatId, filter, page)) {
    const userInfo = { ...(await userOrBlank(rows, did)), encryptedPrivateKey: '' };
    members.push({ address: did, intent: accepted, role, userInfo });
  }
  return members;
}

/** A page of the keys that a secret of this group is wrapped for: those who are in it. */
export async function keyPage(rows: Rows, chatId: string, page: Page): Promise<{ did: string; publicKey: string }[]> {
  const keys: { did: string; publicKey: string }[] = [];
  for (const { did } of await listMembers(rows, chatId, { accepted: true }, page)) {
    keys.push({ did, publicKey: armoredKey((await userOrBlank(rows, did)).publicKey) });
  }
  return keys;
}

/** How many members a group has, in each role and standing (protocol 5.4). */
export async function memberCounts(rows: Rows, { chatId, size, approved }: Group): Promise<object> {
  const admins = await countMembers(rows, chatId, { role: 'admin' });
  const pendingAdmins = await countMembers(rows, chatId, { role: 'admin', accepted: false });
  const pending = size - approved;
  return {
    overallCount: size,
    adminsCount: admins,
    membersCount: size - admins,
    pendingCount: pending,
    approvedCount: approved,
    roles: {
      ADMIN: { total: admins, pending: pendingAdmins },
      MEMBER: { total: size - admins, pending: pending - pendingAdmins },
    },
  };
}

/** As the wire has it, who is invited is a member too (protocol 5.4). */
export async function memberStatus(rows: Rows, chatId: string, did: Did): Promise<object> {
  const member = await memberOf(rows, chatId, did);
  return {
    isMember: member !== undefined,
    isPending: member?.accepted === false,
    isAdmin: member?.role === 'admin',
  };
}

/** Who is in the group, in the form of a chat's intent; in a large one only some of them, and the asker. */
export async function groupIntent(rows: Rows, chatId: string, did: Did): Promise<string> {
  const some = await listMembers(rows, chatId, { accepted: true }, { offset: 0, limit: MOST_IN_LIST });
  const dids = new Set(some.map((member) => member.did));
  if ((await memberOf(rows, chatId, did))?.accepted) dids.add(did);
  return intentOf([...dids]);
}

/** In the place of a message where there is none yet: all its fields are empty texts on the wire (protocol 4.2). */
const BLANK = {
  ...{ fromDID: '', toDID: '', fromCAIP10: '', toCAIP10: '', messageType: '', messageObj: '', encType: 'PlainText' },
  ...{ encryptedSecret: '', messageContent: '', signature: '', sigType: '', link: '', cid: '' },
} as unknown as StoredMessage;

/** A group's row in the lists of a member; undefined for all others (protocol 4.2). */
export async function groupFeed(rows: Rows, chatId: string, did: Did): Promise<Feed | undefined> {
  const [group, member] = [await groupOf(rows, chatId), await memberOf(rows, chatId, did)];
  if (!group || !member) return undefined;
  const head = await newestOf(rows, chatId);
  return {
    msg: head === undefined ? BLANK : { ...(await requireBlock(rows, head)), cid: head },
    did: null,
    wallets: null,
    profilePicture: null,
    name: null,
    about: null,
    publicKey: null,
    threadhash: head ?? null,
    intent: await groupIntent(rows, chatId, did),
    intentSentBy: member.inviter,
    intentTimestamp: new Date(member.since).toISOString(),
    combinedDID: [...new Set([member.inviter, did])].sort().join('_'),
    chatId,
    groupInformation: await groupWithMembers(rows, group, MOST_IN_LIST),
  };
}

/** The newest message of a group, and whether the account is in it. */
export async function groupHead(rows: Rows, chatId: string, did: Did): Promise<ConversationHead> {
  const member = await memberOf(rows, chatId, did);
  return { threadHash: (await newestOf(rows, chatId)) ?? null, intent: member?.accepted ?? false };
}

/** How an account stands with a group (protocol 4.3). */
export async function groupChatInfo(rows: Rows, group: Group, did: Did): Promise<object> {
  const member = await memberOf(rows, group.chatId, did);
  return {
    meta: {
      group: true,
      groupInfo: { public: group.profile.isPublic },
      recipients: ['*'],
      encrypted: !group.profile.isPublic,
      visibility: group.profile.isPublic || member !== undefined,
    },
    list: !member ? 'UNINITIALIZED' : member.accepted ? 'CHATS' : 'REQUESTS',
    participants: ['*'],
    chatId: group.chatId,
  };
}

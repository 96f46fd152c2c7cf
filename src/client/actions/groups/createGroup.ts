import { parseDid, sameDid } from '../../../protocol/did.ts';
import { EMPTY_CONFIG, type GroupConfig } from '../../../protocol/groups/groupPayload.ts';
import { parseRules, type GroupRules } from '../../../protocol/groups/groupRules.ts';
import { parseGroupInfo } from '../../../protocol/groups/parseGroupInfo.ts';
import { isGroupId, type GroupId } from '../../../protocol/peer.ts';
import { routes } from '../../../protocol/routes.ts';
import { PushChatError } from '../../../errors.ts';
import { requireAccount, type ClientContext } from '../../context.ts';
import { changeMembers } from '../../groups/postAct.ts';
import { keepGroup } from '../../groups/keepGroup.ts';
import { readGroup } from '../../groups/readGroup.ts';

/** A group that is to be made. */
export interface NewGroup {
  /** 3 to 50 characters. */
  readonly name: string;
  /** At most 150 characters. */
  readonly description?: string | null;
  /** A `data:image/…` URL. */
  readonly picture?: string | null;
  /** Everybody may read and join a public group; its messages are signed and not encrypted. @default false */
  readonly isPublic?: boolean;
  /**
   * How messages of a private group are encrypted: each to all who are in it, or all with one secret that is renewed when
   * somebody comes or goes. The second costs the same however many they are. @default 'message'
   */
  readonly encryption?: 'message' | 'session';
  /** Accounts to invite, in any spelling. */
  readonly members?: readonly string[];
  /** Accounts to invite as admins. */
  readonly admins?: readonly string[];
  readonly rules?: GroupRules;
  readonly config?: Partial<GroupConfig>;
}

/** Limits of the official client (protocol 5.1). */
const NAME = { least: 3, most: 50 };
const MOST_DESCRIPTION = 150;

/**
 * Makes a group: this account is its first admin, and all others are invited (protocol 5.1).
 * @throws {PushChatError} `PayloadMalformed`, `InvalidAddress`, `ReplayDetected`, and what the node says
 */
export async function createGroup(client: ClientContext, group: NewGroup): Promise<GroupId> {
  const { did, keys, wireId } = requireAccount(client);
  const { name, description = null, picture = null, isPublic = false, encryption = 'message' } = group;
  checkLooks({ name, description });
  const others = (accounts: readonly string[] = []): string[] =>
    [...new Set(accounts.map(parseDid))].filter((account) => !sameDid(account, did));
  const admins = others(group.admins);
  const draft = {
    kind: 'create' as const,
    profile: {
      groupName: name,
      groupDescription: description,
      groupImage: picture,
      rules: parseRules(group.rules ?? {}),
      isPublic,
      groupType: 'default',
    },
    config: { ...EMPTY_CONFIG, ...group.config },
    members: others(group.members).filter((account) => !admins.includes(account)),
    admins,
  };
  const body = await keys.signGroup(draft, wireId, client.now());
  const { chatId } = parseGroupInfo(await client.transport.request(routes.createGroup(), body));
  if (!isGroupId(chatId)) throw new PushChatError('NodeError', 'The Push Node names the new group by no chat id.');
  const file = await readGroup(client, chatId);
  const { roster, info } = file;
  // Any other group that this account is in would be taken for the new one, and written to as such.
  const proof = 'profileVerificationProof' in body ? body.profileVerificationProof : undefined;
  if ((roster.group?.proof ?? info.profileVerificationProof) !== proof) {
    throw new PushChatError('ReplayDetected', 'The Push Node names another group as the one that was made.');
  }
  // What it is this account has signed just now, whatever the node can show of it.
  const known = { ...file, isPublic, kindProven: true };
  client.groups.set(chatId, known);
  await keepGroup(client, known);
  if (encryption === 'session' && !isPublic) await changeMembers(client, chatId, { renew: true });
  client.dispatch({ type: 'relationChanged', peer: chatId, relation: 'chat' });
  client.dispatch({
    type: 'rowAdded',
    row: { peer: chatId, chatId, timestamp: client.now(), unread: 0 },
  });
  return chatId;
}

/** @throws {PushChatError} `PayloadMalformed` */
export function checkLooks({
  name,
  description,
}: {
  readonly name: string;
  readonly description: string | null;
}): void {
  const { length } = name.trim();
  if (length < NAME.least || length > NAME.most) {
    throw new PushChatError('PayloadMalformed', `A group's name has ${NAME.least} to ${NAME.most} characters.`);
  }
  if (description !== null && description.length > MOST_DESCRIPTION) {
    throw new PushChatError('PayloadMalformed', `A group's description has at most ${MOST_DESCRIPTION} characters.`);
  }
}

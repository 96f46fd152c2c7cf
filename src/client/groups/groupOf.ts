import { isDid, parseDid, type Did } from '../../protocol/did.ts';
import type { GroupInfo } from '../../protocol/groups/groupPayload.ts';
import { isGroupId } from '../../protocol/peer.ts';
import type { Group } from '../state.ts';
import type { GroupFile } from './groupFile.ts';

const PICTURE = /^data:image\/(?:png|jpeg|gif|webp);base64,[A-Za-z0-9+/]+=*$/;

/** Drawing any other would call a stranger's server (security G11). */
const pictureOf = (image: string | null): string | null => (image !== null && PICTURE.test(image) ? image : null);

/** A group as it is shown. */
export function groupOf({ chatId, info, roster, ...file }: GroupFile, me: Did): Group {
  const proven = roster.group;
  const { groupName, groupDescription, groupImage, rules } = proven?.profile ?? info;
  const { meta, scheduleAt, scheduleEnd, status } = proven?.config ?? info;
  const own = roster.members.get(me);
  const members = [...roster.members.values()];
  const count = (fits: (member: (typeof members)[number]) => boolean): number => members.filter(fits).length;
  return {
    chatId,
    name: groupName,
    description: groupDescription,
    picture: pictureOf(groupImage),
    isPublic: file.isPublic,
    encryption: file.isPublic ? 'none' : (proven ? proven.secret : info.sessionKey) ? 'session' : 'message',
    creator: proven?.creator ?? parseDid(info.groupCreator),
    rules,
    config: { meta, scheduleAt, scheduleEnd, status },
    standing: file.standing,
    invitedBy: own?.inviter ?? null,
    since: own?.accepted ? (roster.periodsOf(me).at(-1)?.from ?? null) : null,
    membership: file.membership,
    counts: proven
      ? {
          accepted: count(({ accepted }) => accepted),
          pending: count(({ accepted }) => !accepted),
          admins: count(({ role, accepted }) => role === 'admin' && accepted),
        }
      : file.counts,
    lines: roster.lines,
    concerns: [],
  };
}

/** A group as a list has it: its looks are the node's word, until it is read. */
export function listedGroup(info: GroupInfo, standing: 'member' | 'invited'): Group | undefined {
  const { chatId } = info;
  if (!isGroupId(chatId) || !isDid(info.groupCreator)) return undefined;
  return {
    chatId,
    name: info.groupName,
    description: info.groupDescription,
    picture: pictureOf(info.groupImage),
    isPublic: info.isPublic,
    encryption: info.isPublic ? 'none' : info.sessionKey ? 'session' : 'message',
    creator: parseDid(info.groupCreator),
    rules: info.rules,
    config: { meta: info.meta, scheduleAt: info.scheduleAt, scheduleEnd: info.scheduleEnd, status: info.status },
    standing,
    invitedBy: null,
    since: null,
    membership: 'listed',
    counts: null,
    lines: [],
    concerns: [],
  };
}

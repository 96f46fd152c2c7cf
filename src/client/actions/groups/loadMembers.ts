import { asPushChatError } from '../../../errors.ts';
import { isDid, parseDid } from '../../../protocol/did.ts';
import type { Member } from '../../../protocol/groups/groupState.ts';
import { parseMemberPage } from '../../../protocol/groups/parseGroupInfo.ts';
import type { GroupId } from '../../../protocol/peer.ts';
import { routes } from '../../../protocol/routes.ts';
import type { ClientContext } from '../../context.ts';
import type { GroupFile } from '../../groups/groupFile.ts';
import { prefetch } from '../../groups/readActs.ts';
import { isProven } from '../../groups/readers.ts';
import { findGroup } from '../../groups/readGroup.ts';
import type { GroupMember, GroupMembers } from '../../state.ts';

/** Rows of one page. */
const PAGE = 50;

/**
 * Loads the next page of a group's members: admins first, then members, then who is invited.
 * @param page from 1; 1 begins anew
 */
export async function loadMembers(
  client: ClientContext,
  chatId: GroupId,
  page = client.get().groupMembers[chatId]?.nextPage ?? 1,
): Promise<void> {
  const before: GroupMembers = client.get().groupMembers[chatId] ?? {
    items: [],
    loading: { status: 'idle' },
    nextPage: 1,
  };
  const show = (members: Partial<GroupMembers>): void => {
    client.dispatch({ type: 'membersRead', chatId, members: { ...before, ...members } });
  };
  show({ loading: { status: 'loading' } });
  try {
    const file = await findGroup(client, chatId);
    const { rows, isLast } = await pageOf(client, file, page);
    // Each row shows a name and a picture.
    await prefetch(client, new Set(rows.map(({ did }) => did)));
    const known = page === 1 ? [] : before.items;
    const fresh = rows.filter(({ did }) => !known.some((member) => member.did === did));
    show({ items: [...known, ...fresh], loading: { status: 'loaded' }, nextPage: isLast ? null : page + 1 });
  } catch (thrown) {
    const error = asPushChatError(thrown);
    show({ loading: { status: 'failed', error } });
    throw error;
  }
}

interface MemberRows {
  readonly rows: readonly GroupMember[];
  readonly isLast: boolean;
}

/** What is proven, then whoever else the node has in the group. */
async function pageOf(client: ClientContext, file: GroupFile, page: number): Promise<MemberRows> {
  const proven = [...file.roster.members]
    .map(([did, member]): GroupMember => ({ ...member, did, proven: isProven(file, did) }))
    .sort((a, b) => rankOf(a) - rankOf(b) || (a.since ?? 0) - (b.since ?? 0) || (a.did < b.did ? -1 : 1));
  const told = file.counts ? file.counts.accepted + file.counts.pending : 0;
  if (file.membership === 'proven' && told <= proven.length) {
    const rows = proven.slice((page - 1) * PAGE, page * PAGE);
    return { rows, isLast: page * PAGE >= proven.length };
  }
  return toldPage(client, file, page);
}

const rankOf = ({ role, accepted }: Pick<Member, 'role' | 'accepted'>): number =>
  (accepted ? 0 : 2) + (role === 'admin' ? 0 : 1);

async function toldPage(client: ClientContext, file: GroupFile, page: number): Promise<MemberRows> {
  const { chatId, roster } = file;
  const served = parseMemberPage(await client.transport.request(routes.groupMembers(chatId, page, PAGE)));
  const rows = served.flatMap(({ did: text, isAdmin, accepted }): GroupMember[] => {
    if (!isDid(text)) return [];
    const did = parseDid(text);
    const known = roster.members.get(did);
    const role = isAdmin ? 'admin' : 'member';
    return [
      known
        ? { ...known, did, proven: isProven(file, did) }
        : { did, role, accepted, since: null, inviter: null, proven: false },
    ];
  });
  return { rows, isLast: served.length < PAGE };
}

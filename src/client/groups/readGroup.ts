import { asPushChatError, PushChatError } from '../../errors.ts';
import { isDid, parseDid, type Did } from '../../protocol/did.ts';
import type { GroupInfo } from '../../protocol/groups/groupPayload.ts';
import { signerOf, verifyGroupProof } from '../../protocol/groups/groupProof.ts';
import { groupProfileText } from '../../protocol/groups/groupTexts.ts';
import {
  parseGroupInfo,
  parseMemberCounts,
  parseMemberStatus,
  type MemberCounts,
} from '../../protocol/groups/parseGroupInfo.ts';
import type { GroupId } from '../../protocol/peer.ts';
import { routes } from '../../protocol/routes.ts';
import { requireAccount, type ClientContext } from '../context.ts';
import { createTurns } from '../outbox/turns.ts';
import type { Standing } from '../state.ts';
import { groupOf } from './groupOf.ts';
import type { Beginning, GroupFile } from './groupFile.ts';
import { keepGroup, recallGroup } from './keepGroup.ts';
import { readActs } from './readActs.ts';
import type { Roster } from './roster.ts';

const inReading = createTurns();

/**
 * Reads a group anew: what the node says, and what its members signed since it was last read.
 * @param isGood whether what another reading found meanwhile will do
 * @throws {PushChatError} `NotFound`, and what the node or network says
 */
export function readGroup(
  client: ClientContext,
  chatId: GroupId,
  isGood: (file: GroupFile) => boolean = () => false,
): Promise<GroupFile> {
  return inReading(client, chatId, async () => {
    const found = client.groups.get(chatId);
    if (found && isGood(found)) return found;
    const readAt = client.now();
    const before = await recallGroup(client, chatId);
    const [info, counts, acts] = await Promise.all([
      client.transport.request(routes.group(chatId)).then(parseGroupInfo),
      client.transport.request(routes.groupCounts(chatId)).then(parseMemberCounts),
      readActs(client, chatId, before),
    ]);
    if (info.chatId !== chatId)
      throw new PushChatError('ReceiverMismatch', 'The Push Node answers with another group.');
    const known = { ...before, ...acts };
    const isChanged = !acts || known.roster !== before.roster || known.seen !== before.seen;
    const judged = await judge(client, { chatId, info, counts, known, isChanged, readAt });
    // The user may have agreed to somebody meanwhile.
    const file = { ...judged, agreed: client.groups.get(chatId)?.agreed ?? judged.agreed };
    client.groups.set(chatId, file);
    if (isNews(before, file)) await keepGroup(client, file);
    client.dispatch({ type: 'groupRead', group: groupOf(file, requireAccount(client).did) });
    return file;
  });
}

/** What was read of a group so lately, or else what is read now. @param maxAge in milliseconds */
export const recentGroup = (client: ClientContext, chatId: GroupId, maxAge: number): Promise<GroupFile> =>
  readGroup(client, chatId, ({ readAt }) => client.now() - readAt < maxAge);

/** What is known of a group; read where nothing is. */
export const findGroup = async (client: ClientContext, chatId: GroupId): Promise<GroupFile> =>
  client.groups.get(chatId) ?? readGroup(client, chatId, () => true);

interface Judging {
  readonly chatId: GroupId;
  readonly info: GroupInfo;
  readonly counts: MemberCounts;
  readonly known: Beginning;
  readonly isChanged: boolean;
  readonly readAt: number;
}

async function judge(
  client: ClientContext,
  { chatId, info, counts, known, isChanged, readAt }: Judging,
): Promise<GroupFile> {
  const { roster, place, served, isWhole, anewAt, seen, agreed, pinned } = known;
  const { did } = requireAccount(client);
  const proven = roster.group;
  const kind = proven
    ? { isPublic: proven.profile.isPublic, kindProven: true }
    : pinned?.kindProven
      ? { isPublic: pinned.isPublic, kindProven: true }
      : { isPublic: pinned?.isPublic ?? info.isPublic, kindProven: await provesKind(client, info) };
  if (kind.isPublic !== info.isPublic) {
    client.warn(
      new PushChatError('PlaintextRefused', 'The Push Node says that this group is of another kind than it was.'),
    );
  }
  const readers = isChanged ? undefined : client.groups.get(chatId)?.readers;
  return {
    ...{ chatId, info, roster, place, served, isWhole, anewAt, seen, agreed, ...kind, readAt },
    membership: proven ? 'proven' : 'unchecked',
    standing: proven ? standingIn(roster, did) : await toldStanding(client, chatId, did),
    counts,
    ...(readers && { readers }),
  };
}

const isNews = (before: Beginning, after: GroupFile): boolean =>
  before.roster !== after.roster ||
  before.seen !== after.seen ||
  before.served !== after.served ||
  before.isWhole !== after.isWhole ||
  before.pinned?.isPublic !== after.isPublic ||
  before.pinned.kindProven !== after.kindProven;

function standingIn({ members }: Roster, did: Did): Standing {
  const member = members.get(did);
  return !member ? 'out' : !member.accepted ? 'invited' : member.role;
}

const toldStanding = async (client: ClientContext, chatId: GroupId, did: Did): Promise<Standing> =>
  parseMemberStatus(await client.transport.request(routes.memberStatus(chatId, did)));

/**
 * The newest profile is signed, and whether the group is private is part of it (protocol 5.1). The signed words name no
 * group, so that nothing but its acts shows that one is public.
 */
async function provesKind(client: ClientContext, info: GroupInfo): Promise<boolean> {
  const { profileVerificationProof: proof, groupCreator, isPublic } = info;
  if (isPublic || proof === null || !isDid(groupCreator)) return false;
  try {
    const known = await client.keyring.find(signerOf(proof));
    if (known?.key?.level !== 'verified' || parseDid(known.user.did) !== signerOf(proof)) return false;
    const text = groupProfileText(info);
    const now = new Date(client.now());
    return (await verifyGroupProof(text, { proof, scheme: 'pgpv2' }, known.key.armored, now)).ok;
  } catch (error) {
    client.warn(asPushChatError(error));
    return false;
  }
}

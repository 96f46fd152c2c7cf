import type { Did } from '../../protocol/did.ts';
import { inPeriods, type Period } from '../../protocol/groups/periods.ts';
import type { StoredMessage } from '../../protocol/payload.ts';
import { isGroupId, type GroupId, type Peer } from '../../protocol/peer.ts';
import type { ClientContext } from '../context.ts';
import type { Reading } from '../keys/accountKeys.ts';
import type { OpenedItem } from '../state.ts';
import type { GroupFile } from './groupFile.ts';
import { isAgreedTo, isBack } from './readers.ts';
import { findGroup, readGroup } from './readGroup.ts';
import { wrappedSecret } from './wrappedSecret.ts';

/** What a message of a group is judged by. One that the known acts do not explain has the group read anew, once. */
export async function readingOf(
  client: ClientContext,
  chatId: GroupId,
  { sender, message }: { readonly sender: Did; readonly message: StoredMessage },
): Promise<NonNullable<Reading['group']>> {
  const known = await findGroup(client, chatId);
  const file = explains(known, sender, message) ? known : await readAnew(client, known, message);
  const { encType, sessionKey } = message;
  const secret = encType === 'pgpv1:group' ? await wrappedSecret(client, file, sessionKey ?? '') : null;
  return { periods: periodsOf(file, sender), secret };
}

/** Null where nobody can tell, and for whom the user agreed to have in the group. */
function periodsOf(file: GroupFile, sender: Did): readonly Period[] | null {
  if (file.membership === 'unchecked') return null;
  const isAgreed = isAgreedTo(file, sender);
  const { periodsOf: find } = isBack(file, sender) && !isAgreed ? file.seen : file.roster;
  const periods = find(sender);
  return periods.length === 0 && isAgreed ? null : periods;
}

function explains(file: GroupFile, sender: Did, { timestamp, sessionKey }: StoredMessage): boolean {
  const periods = periodsOf(file, sender);
  if (periods && !inPeriods(periods, { at: timestamp, tolerance: 0 })) return false;
  return file.membership === 'unchecked' || !sessionKey || file.roster.secretOf(sessionKey) !== undefined;
}

/** A flood of false messages makes no flood of questions: what was read after the message came is as good as now. */
const FRESH_MS = 5_000;

function readAnew(client: ClientContext, { chatId }: GroupFile, { timestamp }: StoredMessage): Promise<GroupFile> {
  return readGroup(client, chatId, ({ readAt }) => client.now() - readAt < FRESH_MS && readAt > timestamp);
}

/** Whether a message that was verified before still is: an act that came late may show that its sender was out. */
export async function stillSays(
  client: ClientContext,
  peer: Peer,
  { sender, timestamp }: OpenedItem,
): Promise<boolean> {
  if (!isGroupId(peer)) return true;
  const periods = sender && periodsOf(await findGroup(client, peer), sender);
  return periods === null || (periods !== undefined && inPeriods(periods, { at: timestamp, tolerance: 0 }));
}

import { PushChatError } from '../../errors.ts';
import type { Did } from '../../protocol/did.ts';
import type { Json } from '../../protocol/payload.ts';
import type { Arrival } from '../arrival.ts';
import type { NodeContext, Transaction } from '../context.ts';
import { nextTurn } from '../../protocol/nextTurn.ts';
import type { Rows } from '../store/store.ts';
import { actOf, saveAct } from '../tables/acts.ts';
import {
  actsOf,
  deleteGroupAct,
  groupOf,
  isNewest,
  lastAct,
  listMembers,
  memberOf,
  requireGroup,
  saveGroup,
  saveGroupAct,
  saveMember,
} from '../tables/groups.ts';
import { newestOf, positionOf } from '../tables/messages.ts';
import { blockedBy, blockersOf, userOf } from '../tables/users.ts';
import { announceChange } from './announceGroup.ts';
import { checkReaders } from './checkReaders.ts';
import { isTimely, type ActVerb, type NamedAct } from '../../protocol/groups/readAct.ts';
import { createFold } from '../../protocol/groups/groupFold.ts';
import {
  applyGroupAct,
  noSuchGroup,
  touchedBy,
  type Group,
  type GroupAct,
  type Member,
  type MemberChanges,
  type Members,
} from '../../protocol/groups/groupState.ts';
import { judgeAgain } from './groupThread.ts';

/** An act whose proof was verified, and what it was posted as. */
export interface ProvenAct extends NamedAct {
  /** The call that it was posted to, as the journal names it. */
  readonly verb: ActVerb;
  readonly body: unknown;
}

/** What came of an act; `again` when the same signed act had been taken before, and did nothing now. */
export interface Taken {
  readonly group: Group;
  readonly again: boolean;
}

/**
 * Takes one signed act upon a group: applies it when it is the newest, and makes the group anew from all its acts when
 * it comes late from another node. An act that has no effect is refused, unless another node took it: it may have one
 * when an earlier act arrives.
 * @throws {PushChatError} as {@link applyGroupAct}, `BlockedPeer`, `ClockSkew`, `ReplayDetected`
 */
export async function takeAct(node: NodeContext, proven: ProvenAct, arrival?: Arrival): Promise<Taken> {
  const { chatId, verb, body, parts, signedAt: _, ...unplaced } = proven;
  return node.commit(async (tx) => {
    const made = await actOf(tx, proven.digest);
    const moved = made !== undefined && arrival && (await withdrawLater(tx, made, proven.digest, arrival.at));
    // It was posted here for another group, which is as if it had never been.
    if (moved && made !== chatId) await forget(tx, made, arrival.at);
    if (made !== undefined && !moved) return { group: await recall(tx, proven, node.now(), arrival), again: true };
    const creates = proven.change.kind === 'create';
    const before = await groupOf(tx, chatId);
    if (!before && !creates) throw noSuchGroup();
    const at = arrival?.at ?? Math.max(node.now(), await timeAfter(tx, chatId));
    if (!isTimely(proven, at)) {
      throw new PushChatError(
        'ClockSkew',
        'This was not signed just now. Set the clock of the device, and sign it anew.',
      );
    }
    const act: GroupAct = { ...unplaced, at };
    if (!arrival) {
      await checkFresh(tx, parts);
      await checkBlocks(tx, chatId, act);
      node.limits?.act(act.signer);
    }
    const changes =
      !moved && (await isNewest(tx, chatId, act))
        ? await applyNewest(tx, chatId, act, arrival !== undefined)
        : await foldAnew(tx, chatId, act);
    if (!arrival) await checkReaders(tx, chatId, act);
    for (const digest of [...parts, proven.digest]) await saveAct(tx, digest, chatId);
    const entry = await tx.record({ verb, ...(!creates && { target: chatId }), body: body as Json, at });
    await saveGroupAct(tx, chatId, { ...act, entry });
    if (arrival) await judgeAgain(tx, chatId, at);
    const group = await requireGroup(tx, chatId);
    await announceChange(tx, { before, group, changes, act });
    return { group, again: false };
  });
}

/** After all that was done and said in the group, so that everything before it stands. */
async function timeAfter(rows: Rows, chatId: string): Promise<number> {
  const [act, head] = [await lastAct(rows, chatId), await newestOf(rows, chatId)];
  const said = head === undefined ? undefined : await positionOf(rows, head);
  return Math.max(act?.at ?? 0, said?.timestamp ?? 0) + 1;
}

async function applyNewest(tx: Transaction, chatId: string, act: GroupAct, lenient: boolean): Promise<MemberChanges> {
  const members = await membersFor(tx, chatId, act);
  try {
    const { group, changed } = applyGroupAct(await groupOf(tx, chatId), members, act);
    return await save(tx, group, members, changed);
  } catch (error) {
    if (lenient && error instanceof PushChatError) return new Map();
    throw error;
  }
}

/** The members whom an act touches, as they are now. */
async function membersFor(rows: Rows, chatId: string, act: GroupAct): Promise<Members> {
  const touched = touchedBy(act);
  const members = new Map<Did, Member>();
  if (touched === 'everybody') return everybody(rows, chatId);
  for (const did of touched) {
    const member = await memberOf(rows, chatId, did);
    if (member) members.set(did, member);
  }
  return members;
}

async function everybody(rows: Rows, chatId: string): Promise<Map<Did, Member>> {
  const all = await listMembers(rows, chatId, {}, { offset: 0, limit: Number.MAX_SAFE_INTEGER });
  return new Map(all.map(({ did, ...member }) => [did, member]));
}

async function forget(tx: Transaction, chatId: string, at: number): Promise<void> {
  const before = await groupOf(tx, chatId);
  const changes = await foldAnew(tx, chatId);
  await judgeAgain(tx, chatId, at);
  const [group, last] = [await groupOf(tx, chatId), await lastAct(tx, chatId)];
  if (group && last) await announceChange(tx, { before, group, changes, act: last });
}

async function foldAnew(tx: Transaction, chatId: string, act?: GroupAct): Promise<MemberChanges> {
  const acts = [...(await actsOf(tx, chatId)), ...(act ? [act] : [])].sort(byPlace);
  const before = await everybody(tx, chatId);
  const fold = createFold();
  for (const each of acts) fold.take(each);
  if (!fold.group) return new Map();
  const changed = new Map<Did, Member | undefined>([...before.keys()].map((did) => [did, undefined]));
  for (const [did, member] of fold.members) changed.set(did, member);
  return save(tx, fold.group, before, changed);
}

const byPlace = (a: GroupAct, b: GroupAct): number => a.at - b.at || (a.digest < b.digest ? -1 : 1);

const AT_ONCE = 500;

async function save(
  tx: Transaction,
  group: Group,
  before: Members,
  changed: ReadonlyMap<Did, Member | undefined>,
): Promise<MemberChanges> {
  await saveGroup(tx, group);
  const changes = new Map<Did, { before: Member | undefined; after: Member | undefined }>();
  for (const [did, after] of changed) {
    const change = { before: before.get(did), after };
    if (sameMember(change.before, after)) continue;
    // Transactions have their turn to themselves, and the rest of the node need not stand still for it (ND-20).
    if (changes.size % AT_ONCE === AT_ONCE - 1) await nextTurn();
    await saveMember(tx, group.chatId, did, change);
    changes.set(did, change);
  }
  return changes;
}

const sameMember = (a: Member | undefined, b: Member | undefined): boolean =>
  a?.role === b?.role && a?.accepted === b?.accepted && a?.since === b?.since && a?.inviter === b?.inviter;

/** Nobody is invited by somebody with whom there is a block, in either direction (security GR-10). */
async function checkBlocks(rows: Rows, chatId: string, { signer, change }: GroupAct): Promise<void> {
  if (!('members' in change)) return;
  const apart = await blockersOf(rows, signer);
  for (const did of blockedBy(await userOf(rows, signer))) apart.add(did);
  for (const did of [...change.admins, ...change.members]) {
    if (apart.has(did) && !(await memberOf(rows, chatId, did))) {
      throw new PushChatError(
        'BlockedPeer',
        `Access denied: ${did} cannot be invited, one of the two blocks the other.`,
      );
    }
  }
}

/**
 * Takes an act out of its place when another node had it earlier: the earlier place is everybody's.
 * @returns whether it was moved
 */
async function withdrawLater(tx: Transaction, chatId: string, digest: string, at: number): Promise<boolean> {
  const kept = (await actsOf(tx, chatId)).find((act) => act.digest === digest);
  if (!kept || kept.at <= at) return false;
  await deleteGroupAct(tx, chatId, kept);
  return true;
}

/**
 * The group for an act that was taken before. It must not work again, which its sender is told where it would (security
 * GR-06): proofs do not name the group they are for.
 */
async function recall(
  rows: Rows,
  { chatId, ...proven }: ProvenAct,
  now: number,
  arrival: Arrival | undefined,
): Promise<Group> {
  const group = await requireGroup(rows, chatId);
  if (arrival || proven.change.kind === 'create') return group;
  const act: GroupAct = { ...proven, at: now };
  const members = await membersFor(rows, chatId, act);
  if (!hasEffect(group, members, act)) return group;
  throw replayed();
}

const replayed = (): PushChatError =>
  new PushChatError('ReplayDetected', 'This proof was used before. Sign the change anew.');

/** Signatures from several acts do not make up a new one, though one of them may be no news within a second. */
async function checkFresh(rows: Rows, parts: readonly string[]): Promise<void> {
  if (parts.length === 0) return;
  for (const part of parts) if ((await actOf(rows, part)) === undefined) return;
  throw replayed();
}

function hasEffect(group: Group, members: Members, act: GroupAct): boolean {
  try {
    const after = applyGroupAct(group, members, act);
    const kept = ({ profileProof: _proof, ...rest }: Group): string => JSON.stringify(rest);
    return (
      kept(after.group) !== kept(group) || [...after.changed].some(([did, to]) => !sameMember(members.get(did), to))
    );
  } catch {
    return false;
  }
}

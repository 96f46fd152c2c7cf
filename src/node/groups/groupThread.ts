import { parseDid, type Did } from '../../protocol/did.ts';
import type { Rows } from '../store/store.ts';
import type { Transaction } from '../context.ts';
import { actsOf, lastAct, memberOf } from '../tables/groups.ts';
import { blockOf, place, placedSince, positionOf } from '../tables/messages.ts';
import { createFold } from '../../protocol/groups/groupFold.ts';
import type { Member } from '../../protocol/groups/groupState.ts';

/** Announcements of what was done to the group. */
const ADMINS_ONLY = 'Meta';

const maySay = (member: Member | undefined, messageType: string): boolean =>
  member?.accepted === true && (messageType !== ADMINS_ONLY || member.role === 'admin');

export interface Saying {
  readonly from: Did;
  readonly messageType: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Whether an account could say something in a group at a moment, by all acts that came before. */
export async function couldSay(rows: Rows, chatId: string, { from, messageType, at }: Saying): Promise<boolean> {
  const newest = await lastAct(rows, chatId);
  if (!newest || newest.at <= at) return maySay(await memberOf(rows, chatId, from), messageType);
  const fold = createFold();
  for (const act of await actsOf(rows, chatId)) if (act.at <= at) fold.take(act);
  return maySay(fold.members.get(from), messageType);
}

/**
 * Judges messages again after an act became known late: who was out when they wrote is not heard, on any node, and who
 * turns out to have been in is heard after all.
 * @param since milliseconds since the epoch
 */
export async function judgeAgain(tx: Transaction, chatId: string, since: number): Promise<void> {
  const sayings = await sayingsSince(tx, chatId, since);
  if (sayings.length === 0) return;
  const acts = await actsOf(tx, chatId);
  const fold = createFold();
  let next = 0;
  for (const { cid, said } of sayings) {
    for (let act = acts[next]; act && act.at <= said.at; act = acts[++next]) fold.take(act);
    const withheld = !maySay(fold.members.get(said.from), said.messageType);
    await place(tx, { thread: chatId, timestamp: said.at }, cid, { withheld });
  }
}

async function sayingsSince(rows: Rows, chatId: string, since: number): Promise<{ cid: string; said: Saying }[]> {
  const sayings: { cid: string; said: Saying }[] = [];
  for (const cid of await placedSince(rows, chatId, since)) {
    const [position, block] = [await positionOf(rows, cid), await blockOf(rows, cid).catch(() => undefined)];
    if (!position || !block) continue;
    const { fromDID, messageType } = block;
    sayings.push({ cid, said: { from: parseDid(fromDID), messageType, at: position.timestamp } });
  }
  return sayings.sort((a, b) => a.said.at - b.said.at);
}

import { combinedDid, deriveChatId } from '../protocol/chatId.ts';
import type { Did } from '../protocol/did.ts';
import type { Rows, WritableRows } from './store/store.ts';
import { chatOfThread, deleteChat, saveChat, type ChatRow } from './tables/chats.ts';
import { consentsOf, lastConsentAt, type ConsentAct } from './tables/consents.ts';
import { newestOf, place, placedSince, positionOf } from './tables/messages.ts';
import { lastProfileAt, wasBlocked } from './tables/profiles.ts';

/** How two accounts stand: everything of a chat but its messages. */
export type Standing = Omit<ChatRow, 'head'>;

type Pair = readonly [Did, Did];

/**
 * What one more act makes of how two accounts stand (protocol 4.4, 4.5). An act that has no place where it stands in
 * the order takes no effect: an answer to nothing or to oneself, a second request.
 */
function applyConsent(standing: Standing | undefined, act: ConsentAct, pair: Pair): Standing | undefined {
  const { kind, by, at, cid } = act;
  const members: Pair = pair[0] < pair[1] ? pair : [pair[1], pair[0]];
  if (kind === 'request') {
    if (standing || cid === undefined) return standing;
    const chatId = deriveChatId({ combinedDID: combinedDid(...members), reference: cid, timestamp: at });
    return { chatId, members, requester: by, requestedAt: at, accepted: [by] };
  }
  if (!standing || standing.requester === by) return standing;
  return kind === 'accept' ? { ...standing, accepted: [standing.requester, by] } : undefined;
}

/**
 * Works out a chat from all acts that are known of its two accounts, and keeps it. The same acts make the same chat,
 * in whatever order they became known; those of a time when one had blocked the other count for nothing.
 */
export async function settleChat(tx: WritableRows, pair: Pair): Promise<ChatRow | undefined> {
  const thread = combinedDid(...pair);
  let standing: Standing | undefined;
  for (const act of await consentsOf(tx, thread)) {
    if (!(await wasBlocked(tx, pair, act.at))) standing = applyConsent(standing, act, pair);
  }
  const head = await newestOf(tx, thread);
  if (standing && head !== undefined) {
    const chat = { ...standing, head };
    await saveChat(tx, chat);
    return chat;
  }
  const before = await chatOfThread(tx, thread);
  if (before) await deleteChat(tx, before);
  return undefined;
}

/** Judges anew which messages of two accounts are served, from a moment on, and how the two stand. */
export async function replaceAll(tx: WritableRows, pair: Pair, since: number): Promise<void> {
  const thread = combinedDid(...pair);
  for (const cid of await placedSince(tx, thread, since)) {
    const position = await positionOf(tx, cid);
    if (position) await place(tx, position, cid, { withheld: await wasBlocked(tx, pair, position.timestamp) });
  }
  await settleChat(tx, pair);
}

/**
 * The first moment after everything that two accounts did with each other. What causes what has to be told from times
 * alone on every node, also when this one's clock is behind or was set back (security DU-06).
 */
export async function timeAfter(rows: Rows, pair: Pair): Promise<number> {
  const thread = combinedDid(...pair);
  const newest = await newestOf(rows, thread);
  const position = newest === undefined ? undefined : await positionOf(rows, newest);
  const times = [
    position?.timestamp ?? 0,
    await lastConsentAt(rows, thread),
    ...(await Promise.all(pair.map((did) => lastProfileAt(rows, did)))),
  ];
  return Math.max(...times) + 1;
}

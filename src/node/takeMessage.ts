import { PushChatError } from '../errors.ts';
import { combinedDid, deriveChatId } from '../protocol/chatId.ts';
import { blockCid, encodeBlock } from '../protocol/cid.ts';
import { malformed } from '../protocol/fields.ts';
import type { Json, MessageBody, StoredMessage } from '../protocol/payload.ts';
import { announceMessage } from './announce.ts';
import type { Arrival } from './arrival.ts';
import type { Transaction } from './context.ts';
import type { Parties } from './parties.ts';
import { settleChat } from './settleChat.ts';
import type { Rows, WritableRows } from './store/store.ts';
import { actOf, saveAct } from './tables/acts.ts';
import { chatOfThread, saveChat, saveChatId, type ChatRow } from './tables/chats.ts';
import { dropConsent, saveConsent } from './tables/consents.ts';
import { displace, keepBlock, newestOf, place, positionOf, saveAlias, type Block } from './tables/messages.ts';
import { wasBlocked } from './tables/profiles.ts';
import { requireUser } from './tables/users.ts';

interface ArrivedBlock {
  readonly cid: string;
  readonly block: Block;
}

/**
 * The block that another node made of a message.
 * @throws {PushChatError} `CidMismatch` when it is not what its CID names, `PayloadMalformed` when no honest node makes
 *   such a block: requests, and they alone, begin a chat
 */
export function arrivedBlock(
  body: MessageBody,
  admission: 'request' | 'message',
  { at, cid, link = null }: Arrival,
): ArrivedBlock {
  const block = { ...body, timestamp: at, link };
  if ((link === null) !== (admission === 'request')) throw malformed('link');
  if (cid === undefined || blockCid(encodeBlock(block)) !== cid) {
    throw new PushChatError('CidMismatch', 'The block of this message is not what its id names.');
  }
  return { cid, block };
}

export interface ArrivedMessage extends ArrivedBlock {
  readonly input: Json;
  readonly digest: string;
  readonly parties: Parties;
}

/**
 * Puts a message that another node took, and whose proof was checked, in its place by time. It is served unless one of
 * the two accounts had blocked the other at its time. A body that several nodes took has a block of each: the oldest
 * stands in the thread, and the ids of the others lead to it.
 * @throws {PushChatError} `KeyNotFound` while one of the two accounts is not here
 */
export async function takeMessage(tx: Transaction, arrived: ArrivedMessage): Promise<StoredMessage> {
  const { cid, block, digest, input, parties } = arrived;
  const { from, to } = parties;
  const thread = combinedDid(from, to);
  const stored = { ...block, cid };
  if (await positionOf(tx, cid)) return stored;
  for (const did of [from, to]) await requireUser(tx, did);
  await keepBlock(tx, thread, cid, block);
  const known = await actOf(tx, digest);
  const isFirst = await stand(tx, arrived, known);
  if (block.link === null) await saveChatId(tx, chatIdOf(thread, arrived), thread);
  await tx.record({
    verb: block.link === null ? 'request' : 'message',
    body: input,
    at: block.timestamp,
    cid,
    link: block.link,
  });
  const chat = isFirst ? await settle(tx, thread, parties, block.link === null || known !== undefined) : undefined;
  const isServed = chat && known === undefined && block.timestamp >= chat.requestedAt;
  if (isServed && !(await wasBlocked(tx, [from, to], block.timestamp))) announceMessage(tx, parties, stored, chat);
  return stored;
}

/**
 * Links lead back in time within one thread, so that every chain ends.
 * @throws {PushChatError} `NotFound` while the message before is not here, `PayloadMalformed`
 */
export async function checkLink(rows: Rows, { from, to }: Parties, { link, timestamp }: Block): Promise<void> {
  if (link === null) return;
  const thread = combinedDid(from, to);
  const linked = await positionOf(rows, link);
  if (!linked) throw new PushChatError('NotFound', 'The message before this one is not here yet.');
  if (linked.thread !== thread || linked.timestamp >= timestamp) throw malformed('link');
}

/**
 * Lets the older one of the blocks of a body stand in the thread.
 * @param known the CID that stood there
 * @returns whether it is the new one
 */
async function stand(
  tx: Transaction,
  { cid, block, digest, parties }: ArrivedMessage,
  known: string | undefined,
): Promise<boolean> {
  const position = { thread: combinedDid(parties.from, parties.to), timestamp: block.timestamp };
  const before = known === undefined ? undefined : await positionOf(tx, known);
  if (known !== undefined) {
    if (!before) throw new PushChatError('ReplayDetected', 'This signature was used before, for something else.');
    if (before.timestamp < block.timestamp || (before.timestamp === block.timestamp && known < cid)) {
      await saveAlias(tx, cid, digest);
      return false;
    }
    await displace(tx, before, known);
    await dropConsent(tx, before.thread, { at: before.timestamp, digest });
    await saveAlias(tx, known, digest);
  }
  const withheld = await wasBlocked(tx, [parties.from, parties.to], block.timestamp);
  await place(tx, position, cid, { withheld });
  await saveAct(tx, digest, cid);
  if (block.link === null) await saveRequest(tx, parties, { cid, digest, at: block.timestamp });
  return true;
}

/** Notes a request among the acts by which two accounts stand as they do. */
export async function saveRequest(
  rows: WritableRows,
  { from, to }: Parties,
  request: { readonly cid: string; readonly digest: string; readonly at: number },
): Promise<void> {
  await saveConsent(rows, combinedDid(from, to), { kind: 'request', by: from, ...request });
}

async function settle(
  tx: Transaction,
  thread: string,
  { from, to }: Parties,
  isConsent: boolean,
): Promise<ChatRow | undefined> {
  if (isConsent) return settleChat(tx, [from, to]);
  const before = await chatOfThread(tx, thread);
  const head = await newestOf(tx, thread);
  if (!before || head === undefined || head === before.head) return before;
  const chat = { ...before, head };
  await saveChat(tx, chat);
  return chat;
}

const chatIdOf = (thread: string, { cid, block }: ArrivedBlock): string =>
  deriveChatId({ combinedDID: thread, reference: cid, timestamp: block.timestamp });

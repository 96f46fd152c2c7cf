import { PushChatError } from '../errors.ts';
import { combinedDid } from '../protocol/chatId.ts';
import { blockCid, encodeBlock } from '../protocol/cid.ts';
import { sameDid } from '../protocol/did.ts';
import { isCid } from '../protocol/messageId.ts';
import { parseMessageBody } from '../protocol/parsePayload.ts';
import type { Json, MessageBody, StoredMessage } from '../protocol/payload.ts';
import { announceMessage } from './announce.ts';
import type { Arrival } from './arrival.ts';
import type { NodeContext, Transaction } from './context.ts';
import { checkContent, checkProof } from './messageForm.ts';
import { checkNotBlocked, parseAccount, parsePeer, type Parties } from './parties.ts';
import { settleChat, timeAfter } from './settleChat.ts';
import type { Rows } from './store/store.ts';
import { actOf, saveAct } from './tables/acts.ts';
import { chatBetween, chatOfThread, saveChat, type ChatRow } from './tables/chats.ts';
import { positionOf, requireBlock, saveMessage, type Block } from './tables/messages.ts';
import { lastProfileAt } from './tables/profiles.ts';
import { requireUser } from './tables/users.ts';
import { arrivedBlock, checkLink, saveRequest, takeMessage } from './takeMessage.ts';

/** A first message goes to `/request`, every later one to `/message` (protocol 3.2). */
export type Admission = 'request' | 'message';

/**
 * Checks a posted message, stores it durably, and only then tells both sides (protocol 9, security G12). The order:
 * shape, who to whom, form, proof; then in one transaction whether it was stored before, whether its sender may send
 * it, and the append. A body that was stored before gets the same answer again, whatever has changed since.
 * @throws {PushChatError} the first check that failed
 */
export async function admitMessage(
  node: NodeContext,
  input: unknown,
  admission: Admission,
  arrival?: Arrival,
): Promise<StoredMessage> {
  const body = parseMessageBody(input);
  const parties = partiesOf(body);
  checkForm(body);
  const arrived = arrival && arrivedBlock(body, admission, arrival);
  // Before the proof, which costs most: what waits for its link is tried again and again.
  if (arrived) await node.store.read((rows) => checkLink(rows, parties, arrived.block));
  const digest = await checkProof(node, body, parties.from, arrival);
  return node.commit(async (tx) => {
    if (arrived) return takeMessage(tx, { ...arrived, input: input as Json, digest, parties });
    const known = await actOf(tx, digest);
    if (known !== undefined) return recall(tx, known, parties);
    await checkMaySend(tx, body, parties, admission);
    node.limits?.message(parties, admission);
    const { message, chat } = await append(tx, body, parties, node.now(), digest);
    await saveAct(tx, digest, message.cid);
    const { timestamp: at, cid, link } = message;
    await tx.record({ verb: admission, body: input as Json, at, cid, link });
    announceMessage(tx, parties, message, chat);
    return message;
  });
}

/** `toDID` is not covered by any proof, `toCAIP10` is; both must name one account, in whatever spelling. */
function partiesOf(body: MessageBody): Parties {
  const from = parseAccount(body.fromDID);
  if (!sameDid(body.fromCAIP10, from)) {
    throw new PushChatError('SenderMismatch', '`fromDID` and `fromCAIP10` name different accounts.');
  }
  const to = parsePeer(body.toDID);
  if (!sameDid(body.toCAIP10, to)) {
    throw new PushChatError('ReceiverMismatch', '`toDID` and `toCAIP10` name different accounts.');
  }
  if (from === to) throw new PushChatError('ReceiverMismatch', 'Sender and receiver are the same account.');
  return { from, to };
}

const GROUP_ONLY: ReadonlySet<string> = new Set(['Meta', 'UserActivity']);

function checkForm(body: MessageBody): void {
  const { messageType, encType } = body;
  if (GROUP_ONLY.has(messageType)) {
    throw new PushChatError('UnsupportedMessageType', `${messageType} messages belong to groups.`);
  }
  if (encType === 'pgpv1:group') throw new PushChatError('UnsupportedEncType', 'Session keys belong to groups.');
  checkContent(body);
}

async function recall(rows: Rows, cid: string, { from, to }: Parties): Promise<StoredMessage> {
  if (!isCid(cid)) throw new PushChatError('ReplayDetected', 'This signature was used before, for something else.');
  const block = await requireBlock(rows, cid);
  const chat = await chatBetween(rows, from, to);
  return { ...block, cid, ...(chat && { chatId: chat.chatId }) };
}

async function checkMaySend(rows: Rows, body: MessageBody, { from, to }: Parties, admission: Admission): Promise<void> {
  const receiver = await requireUser(rows, to);
  checkNotBlocked(await requireUser(rows, from), receiver);
  const chat = await chatBetween(rows, from, to);
  if (admission === 'request' && chat)
    throw new PushChatError('HeadConflict', 'Intent already exists. Post to /message.');
  if (admission === 'message' && !chat)
    throw new PushChatError('NotPermitted', 'There is no request yet. Post to /request.');
  if (body.encType === 'PlainText' && receiver.publicKey !== '') {
    throw new PushChatError('PlaintextRefused', 'The receiver has a key. Encrypt the message with it.');
  }
  if (body.encType === 'pgp' && receiver.publicKey === '') {
    throw new PushChatError('KeyNotFound', 'The receiver has no key that this could have been encrypted with.');
  }
}

async function append(
  tx: Transaction,
  body: MessageBody,
  { from, to }: Parties,
  now: number,
  digest: string,
): Promise<{ message: StoredMessage; chat: ChatRow }> {
  const thread = combinedDid(from, to);
  const before = await chatOfThread(tx, thread);
  const link = before?.head ?? null;
  const timestamp = Math.max(now, before ? await timeAfterHead(tx, before) : await timeAfter(tx, [from, to]));
  const block: Block = { ...body, timestamp, link };
  const cid = blockCid(encodeBlock(block));
  await saveMessage(tx, thread, cid, block);
  const chat = before ? { ...before, head: cid } : await openChat(tx, { from, to }, { cid, digest, at: timestamp });
  if (before) await saveChat(tx, chat);
  return { message: { ...block, cid, chatId: chat.chatId }, chat };
}

/** Strictly later than the message before, so that time and chain give the same order, and not in a time of a block. */
async function timeAfterHead(rows: Rows, { head, members }: ChatRow): Promise<number> {
  // From the index, so that a damaged block does not end its chat.
  const position = await positionOf(rows, head);
  const listed = await Promise.all(members.map((did) => lastProfileAt(rows, did)));
  return Math.max((position?.timestamp ?? 0) + 1, ...listed);
}

async function openChat(
  tx: Transaction,
  parties: Parties,
  request: { readonly cid: string; readonly digest: string; readonly at: number },
): Promise<ChatRow> {
  await saveRequest(tx, parties, request);
  const chat = await settleChat(tx, [parties.from, parties.to]);
  if (!chat) throw new PushChatError('Internal', 'A request did not open its chat.');
  return chat;
}

import { PushChatError } from '../errors.ts';
import { combinedDid, deriveChatId } from '../protocol/chatId.ts';
import { blockCid, encodeBlock } from '../protocol/cid.ts';
import { sameDid, type Did } from '../protocol/did.ts';
import { malformed } from '../protocol/fields.ts';
import { parseContent } from '../protocol/messageContent.ts';
import { parseMessageBody } from '../protocol/parsePayload.ts';
import type { Json, MessageBody, StoredMessage } from '../protocol/payload.ts';
import { armoredKey } from '../protocol/publicKey.ts';
import { parseProof } from '../protocol/verificationProof.ts';
import { verifyMessageProof } from '../protocol/verifyProof.ts';
import { announce } from './announce.ts';
import type { NodeContext, Transaction } from './context.ts';
import { checkNotBlocked, parseAccount, parsePeer } from './parties.ts';
import type { Rows } from './store/store.ts';
import { actOf, saveAct } from './tables/acts.ts';
import { chatBetween, saveChat, type ChatRow } from './tables/chats.ts';
import { positionOf, requireBlock, saveMessage, type Block } from './tables/messages.ts';
import { requireUser } from './tables/users.ts';

/** A first message goes to `/request`, every later one to `/message` (protocol 3.2). */
export type Admission = 'request' | 'message';

/**
 * Checks a posted message, stores it durably, and only then tells both sides (protocol 9, security G12). The order:
 * shape, who to whom, form, proof; then in one transaction whether it was stored before, whether its sender may send
 * it, and the append. A body that was stored before gets the same answer again, whatever has changed since.
 * @throws {PushChatError} the first check that failed
 */
export async function admitMessage(node: NodeContext, input: unknown, admission: Admission): Promise<StoredMessage> {
  const body = parseMessageBody(input);
  const parties = partiesOf(body);
  checkForm(body);
  const digest = await checkProof(node, body, parties.from);
  return node.commit(async (tx) => {
    const known = await actOf(tx, digest);
    if (known !== undefined) return recall(tx, known, parties);
    await checkMaySend(tx, body, parties, admission);
    const { message, chat } = await append(tx, body, parties, node.now());
    await saveAct(tx, digest, message.cid);
    const { timestamp: at, cid, link } = message;
    await tx.record({ verb: admission, body: input as Json, at, cid, link });
    announce(tx, parties, {
      ...message,
      messageCategory: admission === 'request' ? 'Request' : 'Chat',
      hasIntent: chat.accepted.length === chat.members.length,
      chatId: chat.chatId,
    });
    return message;
  });
}

interface Parties {
  readonly from: Did;
  readonly to: Did;
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

function checkForm({ messageType, messageObj, encType }: MessageBody): void {
  if (messageType === '') throw malformed('messageType');
  if (messageObj === undefined) throw malformed('messageObj');
  if (GROUP_ONLY.has(messageType)) {
    throw new PushChatError('UnsupportedMessageType', `${messageType} messages belong to groups.`);
  }
  if (encType === 'pgpv1:group') throw new PushChatError('UnsupportedEncType', 'Session keys belong to groups.');
  if (typeof messageObj === 'object') {
    checkJson(messageObj);
    parseContent(messageType, messageObj);
  }
}

/** Deeper than any content, and shallow enough for every recursive reader. */
const MAX_DEPTH = 16;

/** Refuses what would not be the same bytes again once it went through JSON: readers recompute proof and CID. */
function checkJson(value: Json, depth = 0): void {
  const unstable = typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0));
  if (unstable || depth > MAX_DEPTH) throw malformed('messageObj');
  if (typeof value === 'object' && value !== null)
    for (const inner of Object.values(value)) checkJson(inner, depth + 1);
}

/** @returns the digest that names this signed act */
async function checkProof(node: NodeContext, body: MessageBody, from: Did): Promise<string> {
  const sender = await node.store.read((rows) => requireUser(rows, from));
  if (sender.publicKey === '')
    throw new PushChatError('KeyNotFound', 'The sender has no key. Create the profile first.');
  if (!body.verificationProof) throw new PushChatError('ProofMissing', 'The message carries no `verificationProof`.');
  // The forms before pgpv2 bind neither receiver nor content: whoever got one could post it to anybody.
  if (parseProof(body.verificationProof)?.scheme === 'pgp') {
    throw new PushChatError('ProofDowngrade', 'This form of proof is no longer taken. Sign with pgpv3.');
  }
  const proof = await verifyMessageProof(body, armoredKey(sender.publicKey), new Date(node.now()));
  if (!proof.ok) throw new PushChatError(proof.code, 'The proof of this message is not its sender’s.');
  return proof.digest;
}

async function recall(rows: Rows, cid: string, { from, to }: Parties): Promise<StoredMessage> {
  if (cid === '') throw new PushChatError('ReplayDetected', 'This signature was used before, for something else.');
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
): Promise<{ message: StoredMessage; chat: ChatRow }> {
  const before = await chatBetween(tx, from, to);
  const link = before?.head ?? null;
  // Strictly later than the message before, so that time and chain give the same order.
  const timestamp = Math.max(now, (before ? await timeOf(tx, before.head) : 0) + 1);
  const block: Block = { ...body, timestamp, link };
  const cid = blockCid(encodeBlock(block));
  const chat = before ? { ...before, head: cid } : openChat({ from, to }, cid, timestamp);
  await saveMessage(tx, combinedDid(from, to), cid, block);
  await saveChat(tx, chat);
  return { message: { ...block, cid, chatId: chat.chatId }, chat };
}

/** From the index, so that a damaged block does not end its chat. */
const timeOf = async (rows: Rows, cid: string): Promise<number> => (await positionOf(rows, cid))?.timestamp ?? 0;

function openChat({ from, to }: Parties, cid: string, timestamp: number): ChatRow {
  return {
    chatId: deriveChatId({ combinedDID: combinedDid(from, to), reference: cid, timestamp }),
    members: from < to ? [from, to] : [to, from],
    requester: from,
    requestedAt: timestamp,
    accepted: [from],
    head: cid,
  };
}

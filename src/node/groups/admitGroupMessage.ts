import { PushChatError } from '../../errors.ts';
import { blockCid, encodeBlock } from '../../protocol/cid.ts';
import { sameDid, type Did } from '../../protocol/did.ts';
import { parseMessageBody } from '../../protocol/parsePayload.ts';
import type { Json, MessageBody, StoredMessage } from '../../protocol/payload.ts';
import { CHATS } from '../../protocol/socketEvents.ts';
import type { Arrival } from '../arrival.ts';
import type { NodeContext, Transaction } from '../context.ts';
import { checkContent, checkProof } from '../messageForm.ts';
import { parseAccount } from '../parties.ts';
import { notifyChat } from '../notifications/notifyChat.ts';
import type { Rows } from '../store/store.ts';
import { actOf, saveAct } from '../tables/acts.ts';
import { lastAct, memberOf, requireGroup } from '../tables/groups.ts';
import {
  displace,
  keepBlock,
  newestOf,
  place,
  positionOf,
  requireBlock,
  saveAlias,
  type Block,
} from '../tables/messages.ts';
import { membersIn, tellAll } from './announceGroup.ts';
import { judgeRules, requirePass } from './checkRules.ts';
import type { Group } from '../../protocol/groups/groupState.ts';
import { couldSay } from './groupThread.ts';

/**
 * Checks a message to a group, stores it durably, and only then tells those who are in it (protocol 5, 9). The same
 * signed body gets the same answer again, whatever has changed since.
 * @throws {PushChatError} the first check that failed
 */
export async function admitGroupMessage(node: NodeContext, input: unknown, arrival?: Arrival): Promise<StoredMessage> {
  const body = parseMessageBody(input);
  const from = senderOf(body);
  const chatId = body.toDID;
  checkContent(body);
  const digest = await checkProof(node, body, from, arrival);
  if (!arrival) await checkChatRules(node, chatId, from);
  return node.commit(async (tx) => {
    const known = await actOf(tx, digest);
    if (known !== undefined && !arrival) return recall(tx, known, chatId);
    const group = await requireGroup(tx, chatId);
    const message = placeBlock(body, arrival ?? (await nextPlace(tx, chatId, node.now())));
    const { cid, link, timestamp: at } = message;
    checkCid(cid, arrival);
    const may = await couldSay(tx, chatId, { from, messageType: body.messageType, at });
    if (!arrival) {
      checkMaySend(group, may, body);
      node.limits?.act(from);
    }
    if (cid === known || (await positionOf(tx, cid))) return message;
    const isFirst = await keep(tx, message, { known, digest, withheld: !may });
    await tx.record({ verb: 'groupMessage', target: chatId, body: input as Json, at, cid, link });
    if (may && isFirst) await announce(tx, from, message);
    return message;
  });
}

/** Only those who are in the group hear its messages, not those who are still invited. */
async function announce(tx: Transaction, from: Did, message: StoredMessage): Promise<void> {
  const event = { ...message, messageCategory: 'Chat', hasIntent: true, isGroup: true };
  const hearers = await tellAll(tx, from, await membersIn(tx, message.toDID, { accepted: true }), CHATS, event);
  notifyChat(tx, hearers, message);
}

function senderOf(body: MessageBody): Did {
  const from = parseAccount(body.fromDID);
  if (!sameDid(body.fromCAIP10, from)) {
    throw new PushChatError('SenderMismatch', '`fromDID` and `fromCAIP10` name different accounts.');
  }
  if (body.toCAIP10 !== body.toDID) {
    throw new PushChatError('ReceiverMismatch', '`toDID` and `toCAIP10` name different groups.');
  }
  return from;
}

async function checkChatRules(node: NodeContext, chatId: string, did: Did): Promise<void> {
  const { group, member } = await node.store.read(async (rows) => ({
    group: await requireGroup(rows, chatId),
    member: await memberOf(rows, chatId, did),
  }));
  // Others are refused for not being in it, without asking a chain about them.
  if (member?.accepted) requirePass(await judgeRules(node, { group, member, did }, 'chat'));
}

async function recall(rows: Rows, cid: string, chatId: string): Promise<StoredMessage> {
  const block = cid.startsWith('b') ? await requireBlock(rows, cid) : undefined;
  if (block?.toDID !== chatId) {
    throw new PushChatError('ReplayDetected', 'This signature was used before, for something else.');
  }
  return { ...block, cid, chatId };
}

function checkMaySend({ profile, secret }: Group, may: boolean, { encType, sessionKey }: MessageBody): void {
  if (!may) {
    throw new PushChatError('NotPermitted', 'Access denied: the sender is not in this group, or may not say this.');
  }
  if (profile.isPublic !== (encType === 'PlainText')) {
    if (profile.isPublic) throw new PushChatError('UnsupportedEncType', 'A public group is written to in plain text.');
    throw new PushChatError('PlaintextRefused', 'This group is private. Encrypt the message for its members.');
  }
  if (encType === 'pgpv1:group' && sessionKey !== secret?.sessionKey) {
    throw new PushChatError('HeadConflict', 'The secret of this group has changed. Read the group and encrypt anew.');
  }
}

/** After the message before, and not before anything that was done to the group. */
async function nextPlace(rows: Rows, chatId: string, now: number): Promise<Pick<Arrival, 'at' | 'link'>> {
  const [act, head] = [await lastAct(rows, chatId), await newestOf(rows, chatId)];
  const before = head === undefined ? undefined : await positionOf(rows, head);
  return { at: Math.max(now, (before?.timestamp ?? 0) + 1, act?.at ?? 0), link: head ?? null };
}

function placeBlock(body: MessageBody, { at, link = null }: Pick<Arrival, 'at' | 'link'>): StoredMessage {
  const block: Block = { ...body, timestamp: at, link };
  return { ...block, cid: blockCid(encodeBlock(block)), chatId: body.toDID };
}

function checkCid(cid: string, arrival: Arrival | undefined): void {
  if (arrival?.cid !== undefined && arrival.cid !== cid) {
    throw new PushChatError('CidMismatch', 'The block of this message is not what its CID names.');
  }
}

interface Keeping {
  /** CID of the same signed body, when another node was given it too. */
  readonly known: string | undefined;
  readonly digest: string;
  readonly withheld: boolean;
}

/**
 * Stores a message. Of the blocks that one signed body became on several nodes, the earliest stands in the thread of
 * every node, and the others lead to it.
 * @returns whether the body is new here
 */
async function keep(tx: Transaction, message: StoredMessage, { known, digest, withheld }: Keeping): Promise<boolean> {
  const { cid, chatId: thread = '', ...block } = message;
  const position = { thread, timestamp: block.timestamp };
  await keepBlock(tx, thread, cid, block);
  const other = known === undefined ? undefined : await positionOf(tx, known);
  if (known !== undefined && other) {
    const earlier = position.timestamp - other.timestamp || (cid < known ? -1 : 1);
    await saveAlias(tx, earlier < 0 ? known : cid, digest);
    if (earlier > 0) return false;
    await displace(tx, other, known);
  }
  await place(tx, position, cid, { withheld });
  await saveAct(tx, digest, cid);
  return known === undefined;
}

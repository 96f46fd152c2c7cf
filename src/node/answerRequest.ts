import { PushChatError } from '../errors.ts';
import type { Did } from '../protocol/did.ts';
import { malformed } from '../protocol/fields.ts';
import { parseAcceptance, parseRejection } from '../protocol/parsePayload.ts';
import type { RequestRejection } from '../protocol/payload.ts';
import { armoredKey } from '../protocol/publicKey.ts';
import { verifyAcceptance, verifyRejection, type ProofResult } from '../protocol/verifyProof.ts';
import type { NodeContext } from './context.ts';
import { checkNotBlocked, intentOf, parseAccount, parsePeer, requireUser } from './parties.ts';
import type { ChatRow, StoreReader } from './store.ts';

/**
 * Takes a receiver's yes to a request (protocol 4.4). The same proof again changes nothing, and after the chat was
 * rejected it is refused for ever: an old yes must not open a new chat (security GR-06).
 * @returns the intent of the chat, `A+B`
 */
export async function acceptRequest(node: NodeContext, input: unknown): Promise<string> {
  const body = parseAcceptance(input);
  const { requester, answerer, digest } = await checkAnswer(node, body, (key, now) => verifyAcceptance(body, key, now));
  if (body.status !== 'Approved') throw malformed('status');
  const { chat, changed } = await node.store.write((rows) => {
    const before = rows.chatBetween(requester, answerer);
    const accepted = before?.accepted.includes(answerer) ?? false;
    if (rows.act(digest) !== undefined && !accepted) throw replayed();
    const pending = requireRequest(before, answerer);
    checkNotBlocked(requireUser(rows, requester), requireUser(rows, answerer));
    if (accepted) return { chat: pending, changed: false };
    const after = { ...pending, accepted: [requester, answerer] };
    rows.saveAct(digest, '');
    rows.saveChat(after);
    return { chat: after, changed: true };
  });
  if (changed) announceAnswer(node, chat, body, 'Approve');
  return intentOf(chat.accepted);
}

/**
 * Takes a receiver's no, before or after a yes: the chat is forgotten, and its requester may ask anew (protocol 4.5).
 * The same proof again is refused once there is a new request.
 */
export async function rejectRequest(node: NodeContext, input: unknown): Promise<void> {
  const body = parseRejection(input);
  const { requester, answerer, digest } = await checkAnswer(node, body, (key, now) => verifyRejection(body, key, now));
  const chat = await node.store.write((rows) => {
    const before = rows.chatBetween(requester, answerer);
    if (rows.act(digest) !== undefined) {
      if (before) throw replayed();
      return undefined;
    }
    const rejected = requireRequest(before, answerer);
    rows.saveAct(digest, '');
    rows.deleteChat(rejected);
    return rejected;
  });
  if (chat) announceAnswer(node, chat, body, 'Reject');
}

interface Answer {
  readonly requester: Did;
  /** Who signs: always `toDID`, however the answer travels (protocol 4.4). */
  readonly answerer: Did;
  readonly digest: string;
}

async function checkAnswer(
  node: NodeContext,
  { fromDID, toDID }: RequestRejection,
  verify: (key: string, now: Date) => Promise<ProofResult>,
): Promise<Answer> {
  const requester = parseAccount(fromDID);
  const answerer = parsePeer(toDID);
  if (requester === answerer) throw new PushChatError('ReceiverMismatch', 'Both sides are the same account.');
  const { publicKey } = await node.store.read((rows: StoreReader) => requireUser(rows, answerer));
  const proof = await verify(armoredKey(publicKey), new Date(node.now()));
  if (!proof.ok) throw new PushChatError(proof.code, 'The proof of this answer is not its signer’s.');
  return { requester, answerer, digest: proof.digest };
}

function requireRequest(chat: ChatRow | undefined, answerer: Did): ChatRow {
  if (!chat) throw new PushChatError('NotFound', 'There is no request between these accounts.');
  if (chat.requester === answerer) throw new PushChatError('NotPermitted', 'You cannot answer your own request.');
  return chat;
}

const replayed = (): PushChatError =>
  new PushChatError('ReplayDetected', 'This proof was used before. Sign the answer anew.');

/** Answers name the one who acts as their sender, and join scheme and signature without a colon (protocol 6.2). */
function announceAnswer(
  node: NodeContext,
  chat: ChatRow,
  body: RequestRejection,
  messageCategory: 'Approve' | 'Reject',
): void {
  const { fromDID: requester, toDID: answerer, verificationProof } = body;
  const signature = verificationProof.slice(verificationProof.indexOf(':') + 1);
  node.delivery.announce(parseAccount(answerer), parseAccount(requester), {
    fromDID: answerer,
    toDID: requester,
    fromCAIP10: answerer,
    toCAIP10: requester,
    messageType: null,
    messageContent: null,
    encType: '',
    encryptedSecret: null,
    signature,
    sigType: 'pgp',
    verificationProof: `pgp${signature}`,
    timestamp: node.now(),
    link: null,
    cid: null,
    chatId: chat.chatId,
    messageCategory,
    hasIntent: messageCategory === 'Approve',
  });
}

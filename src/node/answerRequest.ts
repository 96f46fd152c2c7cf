import { PushChatError } from '../errors.ts';
import type { Did } from '../protocol/did.ts';
import { malformed } from '../protocol/fields.ts';
import { parseAcceptance, parseRejection } from '../protocol/parsePayload.ts';
import type { Json, RequestRejection } from '../protocol/payload.ts';
import { armoredKey } from '../protocol/publicKey.ts';
import { verifyAcceptance, verifyRejection, type ProofResult } from '../protocol/verifyProof.ts';
import { announce } from './announce.ts';
import type { NodeContext, Transaction } from './context.ts';
import { checkNotBlocked, intentOf, parseAccount, parsePeer } from './parties.ts';
import { actOf, saveAct } from './tables/acts.ts';
import { chatBetween, deleteChat, saveChat, type ChatRow } from './tables/chats.ts';
import { requireUser } from './tables/users.ts';

/**
 * Takes a receiver's yes to a request (protocol 4.4). The same proof again changes nothing, and after the chat was
 * rejected it is refused for ever: an old yes must not open a new chat (security GR-06).
 * @returns the intent of the chat, `A+B`
 */
export async function acceptRequest(node: NodeContext, input: unknown): Promise<string> {
  const body = parseAcceptance(input);
  const { requester, answerer, digest } = await checkAnswer(node, body, (key, now) => verifyAcceptance(body, key, now));
  if (body.status !== 'Approved') throw malformed('status');
  return node.commit(async (tx) => {
    const before = await chatBetween(tx, requester, answerer);
    const accepted = before?.accepted.includes(answerer) ?? false;
    if ((await actOf(tx, digest)) !== undefined && !accepted) throw replayed();
    const pending = requireRequest(before, answerer);
    checkNotBlocked(await requireUser(tx, requester), await requireUser(tx, answerer));
    if (accepted) return intentOf(pending.accepted);
    const at = node.now();
    const after = { ...pending, accepted: [requester, answerer] };
    await saveAct(tx, digest, '');
    await saveChat(tx, after);
    await tx.record({ verb: 'accept', body: input as Json, at });
    announceAnswer(tx, { chat: after, body, at }, 'Approve');
    return intentOf(after.accepted);
  });
}

/**
 * Takes a receiver's no, before or after a yes: the chat is forgotten, and its requester may ask anew (protocol 4.5).
 * The same proof again is refused once there is a new request.
 */
export async function rejectRequest(node: NodeContext, input: unknown): Promise<void> {
  const body = parseRejection(input);
  const { requester, answerer, digest } = await checkAnswer(node, body, (key, now) => verifyRejection(body, key, now));
  await node.commit(async (tx) => {
    const before = await chatBetween(tx, requester, answerer);
    if ((await actOf(tx, digest)) !== undefined) {
      if (before) throw replayed();
      return;
    }
    const chat = requireRequest(before, answerer);
    const at = node.now();
    await saveAct(tx, digest, '');
    await deleteChat(tx, chat);
    await tx.record({ verb: 'reject', body: input as Json, at });
    announceAnswer(tx, { chat, body, at }, 'Reject');
  });
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
  const { publicKey } = await node.store.read((rows) => requireUser(rows, answerer));
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
  tx: Transaction,
  { chat, body, at }: { readonly chat: ChatRow; readonly body: RequestRejection; readonly at: number },
  messageCategory: 'Approve' | 'Reject',
): void {
  const { fromDID: requester, toDID: answerer, verificationProof } = body;
  const signature = verificationProof.slice(verificationProof.indexOf(':') + 1);
  announce(
    tx,
    { from: parseAccount(answerer), to: parseAccount(requester) },
    {
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
      timestamp: at,
      link: null,
      cid: null,
      chatId: chat.chatId,
      messageCategory,
      hasIntent: messageCategory === 'Approve',
    },
  );
}

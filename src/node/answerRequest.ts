import { PushChatError } from '../errors.ts';
import { combinedDid } from '../protocol/chatId.ts';
import type { Did } from '../protocol/did.ts';
import { malformed } from '../protocol/fields.ts';
import { parseAcceptance, parseRejection } from '../protocol/parsePayload.ts';
import type { Json, RequestRejection } from '../protocol/payload.ts';
import { verifyAcceptance, verifyRejection, type ProofResult } from '../protocol/verifyProof.ts';
import { announce } from './announce.ts';
import { verifyBy, type Arrival } from './arrival.ts';
import type { NodeContext, Transaction } from './context.ts';
import { checkNotBlocked, intentOf, parseAccount, parsePeer } from './parties.ts';
import { settleChat, timeAfter } from './settleChat.ts';
import { actOf, saveAct } from './tables/acts.ts';
import { chatBetween, type ChatRow } from './tables/chats.ts';
import { dropConsent, saveConsent } from './tables/consents.ts';
import { requireUser } from './tables/users.ts';

/**
 * Takes a receiver's yes to a request (protocol 4.4). The same proof again changes nothing, and after the chat was
 * rejected it is refused for ever: an old yes must not open a new chat (security GR-06).
 * @returns the intent of the chat, `A+B`
 */
export async function acceptRequest(node: NodeContext, input: unknown, arrival?: Arrival): Promise<string> {
  const body = parseAcceptance(input);
  const answer = await checkAnswer(node, body, arrival, (key, now) => verifyAcceptance(body, key, now));
  if (body.status !== 'Approved') throw malformed('status');
  const { requester, answerer, digest } = answer;
  return node.commit(async (tx) => {
    const before = await chatBetween(tx, requester, answerer);
    if (!arrival) {
      const accepted = before?.accepted.includes(answerer) ?? false;
      if ((await actOf(tx, digest)) !== undefined && !accepted) throw replayed();
      const pending = requireRequest(before, answerer);
      checkNotBlocked(await requireUser(tx, requester), await requireUser(tx, answerer));
      if (accepted) return intentOf(pending.accepted);
      node.limits?.act(answerer);
    }
    const at = await takeAnswer(tx, 'accept', answer, arrival?.at ?? node.now(), arrival !== undefined);
    if (at === undefined) return intentOf(before?.accepted ?? []);
    const after = await settleChat(tx, [requester, answerer]);
    await tx.record({ verb: 'accept', body: input as Json, at });
    const isNews = after?.accepted.includes(answerer) && !before?.accepted.includes(answerer);
    if (after && isNews) announceAnswer(tx, { chat: after, body, at }, 'Approve');
    return intentOf(after?.accepted ?? []);
  });
}

/**
 * Takes a receiver's no, before or after a yes: the chat is forgotten, and its requester may ask anew (protocol 4.5).
 * The same proof again is refused once there is a new request.
 */
export async function rejectRequest(node: NodeContext, input: unknown, arrival?: Arrival): Promise<void> {
  const body = parseRejection(input);
  const answer = await checkAnswer(node, body, arrival, (key, now) => verifyRejection(body, key, now));
  const { requester, answerer, digest } = answer;
  await node.commit(async (tx) => {
    const before = await chatBetween(tx, requester, answerer);
    if (!arrival) {
      if ((await actOf(tx, digest)) !== undefined) {
        if (before) throw replayed();
        return;
      }
      requireRequest(before, answerer);
      node.limits?.act(answerer);
    }
    const at = await takeAnswer(tx, 'reject', answer, arrival?.at ?? node.now(), arrival !== undefined);
    if (at === undefined) return;
    const after = await settleChat(tx, [requester, answerer]);
    await tx.record({ verb: 'reject', body: input as Json, at });
    if (before && !after) announceAnswer(tx, { chat: before, body, at }, 'Reject');
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
  arrival: Arrival | undefined,
  verify: (key: string, now: Date) => Promise<ProofResult>,
): Promise<Answer> {
  const requester = parseAccount(fromDID);
  const answerer = parsePeer(toDID);
  if (requester === answerer) throw new PushChatError('ReceiverMismatch', 'Both sides are the same account.');
  const proof = await verifyBy(node, answerer, arrival, verify);
  if (!proof.ok) throw new PushChatError(proof.code, 'The proof of this answer is not its signer’s.');
  return { requester, answerer, digest: proof.digest };
}

/**
 * Notes an answer among the acts by which two accounts stand as they do. One that is known counts from when it was
 * first taken, on any node.
 * @returns when it counts; undefined when it is known from then or before
 */
async function takeAnswer(
  tx: Transaction,
  kind: 'accept' | 'reject',
  { requester, answerer, digest }: Answer,
  now: number,
  arrived: boolean,
): Promise<number | undefined> {
  const pair = [requester, answerer] as const;
  for (const did of pair) await requireUser(tx, did);
  const thread = combinedDid(...pair);
  const at = arrived ? now : Math.max(now, await timeAfter(tx, pair));
  const before = await actOf(tx, digest);
  if (before !== undefined && Number(before) <= at) return undefined;
  if (before !== undefined) await dropConsent(tx, thread, { at: Number(before), digest });
  await saveConsent(tx, thread, { kind, by: answerer, at, digest });
  await saveAct(tx, digest, String(at));
  return at;
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

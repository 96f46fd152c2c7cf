import { PushChatError } from '../../errors.ts';
import { acceptanceText, rejectionText } from '../../protocol/canonical.ts';
import { malformed } from '../../protocol/fields.ts';
import { parseGroupProof } from '../../protocol/groups/groupProof.ts';
import { secretAcceptanceText } from '../../protocol/groups/groupTexts.ts';
import { parseAcceptance, parseRejection } from '../../protocol/parsePayload.ts';
import type { Arrival } from '../arrival.ts';
import type { NodeContext } from '../context.ts';
import { parseAccount } from '../parties.ts';
import { memberOf } from '../tables/groups.ts';
import { checkEntry } from './checkRules.ts';
import { proveText } from './proveAct.ts';
import { groupIntent } from './readGroups.ts';
import { takeAct } from './takeAct.ts';

/**
 * Takes the yes of somebody who was invited to a group, in a private one with the next secret (protocol 4.4).
 * @returns the accounts that are in the group, joined with `+`
 * @throws {PushChatError} as {@link takeAct}, and the first check that failed
 */
export async function acceptInvitation(node: NodeContext, input: unknown, arrival?: Arrival): Promise<string> {
  const body = parseAcceptance(input);
  if (body.status !== 'Approved') throw malformed('status');
  const { toDID: chatId, verificationProof: proof } = body;
  const signer = parseAccount(body.fromDID);
  const secret = body.encryptedSecret ?? null;
  // Only the newer scheme covers a secret.
  const scheme = parseGroupProof(proof).scheme === 'pgpv2' ? 'pgpv2' : 'pgp';
  if ((scheme === 'pgpv2') !== Boolean(secret)) throw malformed('encryptedSecret');
  const text = secret ? secretAcceptanceText(body) : acceptanceText(body);
  const digest = await proveText(node, { signer, text, proof, scheme }, arrival);
  if (!arrival) await checkEntry(node, chatId, signer);
  const act = { chatId, digest, signer, proof, change: { kind: 'accept' as const, secret } };
  const { again } = await takeAct(node, { ...act, verb: 'groupAccept', body: input }, arrival);
  return node.store.read(async (rows) => {
    if (again && !arrival && !(await memberOf(rows, chatId, signer))?.accepted) throw replayed();
    return groupIntent(rows, chatId, signer);
  });
}

/**
 * Takes the no of somebody who was invited to a group; they may be invited again (protocol 4.5).
 * @throws {PushChatError} as {@link takeAct}, and the first check that failed
 */
export async function rejectInvitation(node: NodeContext, input: unknown, arrival?: Arrival): Promise<void> {
  const body = parseRejection(input);
  const { toDID: chatId, verificationProof: proof } = body;
  const signer = parseAccount(body.fromDID);
  const digest = await proveText(node, { signer, text: rejectionText(body), proof, scheme: 'pgp' }, arrival);
  const act = { chatId, digest, signer, proof, change: { kind: 'reject' as const } };
  await takeAct(node, { ...act, verb: 'groupReject', body: input }, arrival);
}

const replayed = (): PushChatError =>
  new PushChatError('ReplayDetected', 'This proof was used before. Sign the answer anew.');

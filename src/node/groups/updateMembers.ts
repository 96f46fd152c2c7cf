import type { GroupInfo } from '../../protocol/groups/groupPayload.ts';
import { signerOf } from '../../protocol/groups/groupProof.ts';
import { membersText } from '../../protocol/groups/groupTexts.ts';
import { parseMembersUpdate } from '../../protocol/groups/parseGroup.ts';
import type { Arrival } from '../arrival.ts';
import type { NodeContext } from '../context.ts';
import { checkEntry } from './checkRules.ts';
import { infoOf } from './groupInfo.ts';
import { isJoin } from './groupState.ts';
import { parseAccounts, proveText } from './proveAct.ts';
import { takeAct } from './takeAct.ts';

/**
 * Invites, removes, changes roles; and lets accounts join and leave by themselves (protocol 5.3, 5.5).
 * @throws {PushChatError} as {@link takeAct}, and the first check that failed
 */
export async function updateMembers(
  node: NodeContext,
  chatId: string,
  input: unknown,
  arrival?: Arrival,
): Promise<GroupInfo> {
  const update = parseMembersUpdate(input);
  const proof = update.deltaVerificationProof;
  const signer = signerOf(proof);
  const change = {
    kind: 'members' as const,
    members: await parseAccounts(update.upsert.members ?? []),
    admins: await parseAccounts(update.upsert.admins ?? []),
    remove: await parseAccounts(update.remove),
    secret: update.encryptedSecret,
  };
  const digest = await proveText(node, { signer, text: membersText(update), proof, scheme: 'pgpv2' }, arrival);
  if (!arrival && isJoin(change, signer)) await checkEntry(node, chatId, signer);
  const act = { chatId, digest, signer, proof, change };
  const { group } = await takeAct(node, { ...act, verb: 'groupMembers', body: input }, arrival);
  return infoOf(group);
}

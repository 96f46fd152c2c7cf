import { EMPTY_CONFIG, type GroupWithMembers } from '../../protocol/groups/groupPayload.ts';
import { groupCreationV1Text } from '../../protocol/groups/groupTexts.ts';
import { parseGroupCreationV1 } from '../../protocol/groups/parseGroup.ts';
import type { Arrival } from '../arrival.ts';
import type { NodeContext } from '../context.ts';
import { parseAccount } from '../parties.ts';
import { chatIdOf } from './createGroup.ts';
import { parseAccounts, proveText } from './proveAct.ts';
import { groupWithMembers } from './readGroups.ts';
import { takeAct } from './takeAct.ts';

/**
 * Makes a group by the older call, of which only what the proof covers is taken (protocol 5.2).
 * @throws {PushChatError} as {@link takeAct}, and the first check that failed
 */
export async function createGroupV1(node: NodeContext, input: unknown, arrival?: Arrival): Promise<GroupWithMembers> {
  const creation = parseGroupCreationV1(input);
  const { groupName, groupDescription, groupImage, isPublic, verificationProof: proof } = creation;
  const signer = parseAccount(creation.groupCreator);
  const digest = await proveText(node, { signer, text: groupCreationV1Text(creation), proof, scheme: 'pgp' }, arrival);
  const admins = await parseAccounts(creation.admins);
  const change = {
    kind: 'create' as const,
    chatId: chatIdOf(digest),
    profile: { groupName, groupDescription, groupImage, rules: {}, isPublic, groupType: 'default' },
    profileProof: null,
    config: EMPTY_CONFIG,
    // This call names its admins among the members too.
    members: (await parseAccounts(creation.members)).filter((did) => !admins.includes(did)),
    admins,
  };
  const act = { chatId: change.chatId, digest, signer, proof, change };
  const { group } = await takeAct(node, { ...act, verb: 'groupV1', body: input }, arrival);
  return node.store.read((rows) => groupWithMembers(rows, group));
}

import type { GroupInfo, GroupWithMembers } from '../../protocol/groups/groupPayload.ts';
import { signerOf } from '../../protocol/groups/groupProof.ts';
import { groupConfigText, groupProfileText, groupUpdateV1Text } from '../../protocol/groups/groupTexts.ts';
import {
  parseGroupConfigUpdate,
  parseGroupProfileUpdate,
  parseGroupUpdateV1,
} from '../../protocol/groups/parseGroup.ts';
import type { Arrival } from '../arrival.ts';
import type { NodeContext } from '../context.ts';
import { requireGroup } from '../tables/groups.ts';
import { infoOf } from './groupInfo.ts';
import { parseAccounts, proveText } from './proveAct.ts';
import { groupWithMembers } from './readGroups.ts';
import { takeAct } from './takeAct.ts';

/**
 * Changes a group's name, description, image and rules (protocol 5.3).
 * @throws {PushChatError} as {@link takeAct}, and the first check that failed
 */
export async function updateGroupProfile(
  node: NodeContext,
  chatId: string,
  input: unknown,
  arrival?: Arrival,
): Promise<GroupInfo> {
  const { profileVerificationProof: proof, ...profile } = parseGroupProfileUpdate(input);
  const signer = signerOf(proof);
  // Signed with them, though neither can change nor is sent.
  const { isPublic, groupType } = (await node.store.read((rows) => requireGroup(rows, chatId))).profile;
  const text = groupProfileText({ ...profile, isPublic, groupType });
  const digest = await proveText(node, { signer, text, proof, scheme: 'pgpv2' }, arrival);
  const act = { chatId, digest, signer, proof, change: { kind: 'profile' as const, profile } };
  const { group } = await takeAct(node, { ...act, verb: 'groupProfile', body: input }, arrival);
  return infoOf(group);
}

/**
 * Changes a group's schedule and status (protocol 5.3).
 * @throws {PushChatError} as {@link takeAct}, and the first check that failed
 */
export async function updateGroupConfig(
  node: NodeContext,
  chatId: string,
  input: unknown,
  arrival?: Arrival,
): Promise<GroupInfo> {
  const { configVerificationProof: proof, ...config } = parseGroupConfigUpdate(input);
  const signer = signerOf(proof);
  const digest = await proveText(node, { signer, text: groupConfigText(config), proof, scheme: 'pgpv2' }, arrival);
  const act = { chatId, digest, signer, proof, change: { kind: 'config' as const, config } };
  const { group } = await takeAct(node, { ...act, verb: 'groupConfig', body: input }, arrival);
  return infoOf(group);
}

/**
 * Changes a group by the older call: its looks, and the whole list of its members (protocol 5.2). Whatever its proof
 * does not cover is left as it is, a new secret included, so a group that has one needs the newer calls.
 * @throws {PushChatError} as {@link takeAct}, and the first check that failed
 */
export async function updateGroupV1(
  node: NodeContext,
  chatId: string,
  input: unknown,
  arrival?: Arrival,
): Promise<GroupWithMembers> {
  const update = parseGroupUpdateV1(input);
  const { groupName, groupDescription, groupImage, verificationProof: proof } = update;
  const signer = signerOf(proof);
  const digest = await proveText(
    node,
    { signer, text: groupUpdateV1Text(update, chatId), proof, scheme: 'pgp' },
    arrival,
  );
  const change = {
    kind: 'replace' as const,
    profile: { groupName, groupDescription, groupImage },
    members: await parseAccounts(update.members),
    admins: await parseAccounts(update.admins),
  };
  const act = { chatId, digest, signer, proof, change };
  const { group } = await takeAct(node, { ...act, verb: 'groupV1Update', body: input }, arrival);
  return node.store.read((rows) => groupWithMembers(rows, group));
}

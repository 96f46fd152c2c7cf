import { sha256Hex } from '../../crypto/hash.ts';
import { PushChatError } from '../../errors.ts';
import { sameDid } from '../../protocol/did.ts';
import type { GroupInfo } from '../../protocol/groups/groupPayload.ts';
import { signerOf } from '../../protocol/groups/groupProof.ts';
import { firstMembersText, groupConfigText, groupProfileText } from '../../protocol/groups/groupTexts.ts';
import { parseGroupCreation } from '../../protocol/groups/parseGroup.ts';
import type { Arrival } from '../arrival.ts';
import type { NodeContext } from '../context.ts';
import { infoOf } from './groupInfo.ts';
import { parseAccounts, proveText } from './proveAct.ts';
import { takeAct } from './takeAct.ts';

/**
 * Makes a group: its creator is its first admin, and everybody else is invited (protocol 5.1). The same signed body
 * makes one group, whose id follows from what was signed.
 * @throws {PushChatError} as {@link takeAct}, and the first check that failed
 */
export async function createGroup(node: NodeContext, input: unknown, arrival?: Arrival): Promise<GroupInfo> {
  const creation = parseGroupCreation(input);
  const { profile, profileVerificationProof, config, configVerificationProof, idempotentVerificationProof } = creation;
  const signer = signerOf(profileVerificationProof);
  const proofs = [
    [groupProfileText(profile), profileVerificationProof],
    [groupConfigText(config), configVerificationProof],
    [firstMembersText(creation), idempotentVerificationProof],
  ] as const;
  const digests: string[] = [];
  for (const [text, proof] of proofs) {
    if (!sameDid(signerOf(proof), signer)) {
      throw new PushChatError('SenderMismatch', 'The proofs of this group name different accounts.');
    }
    digests.push(await proveText(node, { signer, text, proof, scheme: 'pgpv2' }, arrival));
  }
  const digest = sha256Hex(JSON.stringify(['group', ...digests]));
  const change = {
    kind: 'create' as const,
    chatId: chatIdOf(digest),
    profile,
    profileProof: profileVerificationProof,
    config,
    members: await parseAccounts(creation.members),
    admins: await parseAccounts(creation.admins),
  };
  const act = { chatId: change.chatId, digest, signer, proof: profileVerificationProof, change };
  const { group } = await takeAct(node, { ...act, parts: digests, verb: 'group', body: input }, arrival);
  return infoOf(group);
}

/** The same on every node, so that one creation posted to two of them makes one group. */
export const chatIdOf = (digest: string): string => sha256Hex(JSON.stringify({ group: digest }));

import type { GroupInfo } from '../../protocol/groups/groupPayload.ts';
import type { Group } from '../../protocol/groups/groupState.ts';

/** A group as every change of it answers (protocol 5.4). */
export function infoOf({ chatId, creator, profile, config, profileProof, secret }: Group): GroupInfo {
  return {
    ...profile,
    ...config,
    chatId,
    groupCreator: creator,
    profileVerificationProof: profileProof,
    encryptedSecret: secret?.encryptedSecret ?? null,
    sessionKey: secret?.sessionKey ?? null,
  };
}

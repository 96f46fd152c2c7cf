import { parseRules, type GroupRules } from '../../../protocol/groups/groupRules.ts';
import type { GroupConfig } from '../../../protocol/groups/groupPayload.ts';
import type { GroupId } from '../../../protocol/peer.ts';
import { routes } from '../../../protocol/routes.ts';
import type { ClientContext } from '../../context.ts';
import { postAct } from '../../groups/postAct.ts';
import { readGroup } from '../../groups/readGroup.ts';
import { checkLooks } from './createGroup.ts';

/** What changes of a group; what is not named stays. */
export interface GroupChanges {
  readonly name?: string;
  readonly description?: string | null;
  /** A `data:image/…` URL. */
  readonly picture?: string | null;
  readonly rules?: GroupRules;
  readonly config?: Partial<GroupConfig>;
}

/**
 * Changes a group's looks and rules, or its schedule and status; admins may (protocol 5.3).
 * @throws {PushChatError} `NotPermitted`, `PayloadMalformed`, and what the node says
 */
export async function updateGroup(client: ClientContext, chatId: GroupId, changes: GroupChanges): Promise<void> {
  const { info, roster, isPublic } = await readGroup(client, chatId);
  const { name, description, picture, rules, config } = changes;
  const known = roster.group?.profile ?? info;
  if ([name, description, picture, rules].some((change) => change !== undefined)) {
    const profile = {
      groupName: name ?? known.groupName,
      groupDescription: description === undefined ? known.groupDescription : description,
      groupImage: picture === undefined ? known.groupImage : picture,
      rules: rules === undefined ? known.rules : parseRules(rules),
      isPublic,
      groupType: known.groupType,
    };
    checkLooks({ name: profile.groupName, description: profile.groupDescription });
    await postAct(client, { chatId, route: routes.updateGroupProfile(chatId), draft: { kind: 'profile', profile } });
  }
  if (config) {
    const { meta, scheduleAt, scheduleEnd, status } = { ...(roster.group?.config ?? info), ...config };
    const draft = { kind: 'config' as const, config: { meta, scheduleAt, scheduleEnd, status } };
    await postAct(client, { chatId, route: routes.updateGroupConfig(chatId), draft });
  }
}

import { PushChatError } from '../../errors.ts';
import type { Did } from '../../protocol/did.ts';
import type { RuleCondition } from '../../protocol/groups/groupRules.ts';
import type { NodeContext } from '../context.ts';
import { judge, type RuleResult, type Verdict } from '../rules.ts';
import { memberOf, requireGroup } from '../tables/groups.ts';
import type { Group, Member } from '../../protocol/groups/groupState.ts';

/**
 * Whether an account passes a group's rules for coming in or for writing; undefined where the group has none.
 * @throws {PushChatError} `ChainUnavailable`
 */
export async function judgeRules(
  node: NodeContext,
  { group, member, did }: { readonly group: Group; readonly member: Member | undefined; readonly did: Did },
  place: 'entry' | 'chat',
): Promise<Verdict | undefined> {
  const access = group.profile.rules[place];
  if (!access) return undefined;
  return judge(access.conditions, (condition) =>
    condition.category === 'INVITE'
      ? Promise.resolve(judgeInvitation(condition, group, member))
      : node.rules[place].check(condition, did),
  );
}

const NOT_INVITED: RuleResult = { access: false, reason: 'This account was not invited by one who may.' };

/** Only admins can invite; a rule may ask for the creator. */
function judgeInvitation({ data }: RuleCondition, { creator }: Group, member: Member | undefined): RuleResult {
  const roles = data['inviterRoles'] as readonly string[];
  const invited = member !== undefined && (roles.includes('ADMIN') || member.inviter === creator);
  return invited ? { access: true } : NOT_INVITED;
}

/**
 * Refuses who does not pass a group's entry rules.
 * @throws {PushChatError} `NotFound`, `NotPermitted`, `ChainUnavailable`
 */
export async function checkEntry(node: NodeContext, chatId: string, did: Did): Promise<void> {
  const standing = await node.store.read(async (rows) => ({
    group: await requireGroup(rows, chatId),
    member: await memberOf(rows, chatId, did),
    did,
  }));
  if (!standing.member?.accepted) requirePass(await judgeRules(node, standing, 'entry'));
}

/** @throws {PushChatError} `NotPermitted` with the reason of the condition that failed */
export function requirePass(verdict: Verdict | undefined): void {
  if (!verdict || verdict.access) return;
  throw new PushChatError('NotPermitted', `Access denied by the rules of this group. ${verdict.reason ?? ''}`.trim());
}

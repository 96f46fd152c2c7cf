import type { Did } from '../protocol/did.ts';
import type { RuleCondition, RuleTree } from '../protocol/groups/groupRules.ts';

export type { RuleCondition } from '../protocol/groups/groupRules.ts';

/** Whether a condition holds for an account, and if not, why: a sentence for the one who was refused. */
export type RuleResult = { readonly access: true } | { readonly access: false; readonly reason: string };

/**
 * Judges single conditions of a group's rules: holdings of tokens, roles, answers of other services (protocol 5.7).
 * Invitations are judged by the node itself and never reach it.
 */
export interface RuleChecker {
  /** @throws {PushChatError} `ChainUnavailable` when nobody can tell now; nothing is allowed then */
  readonly check: (condition: RuleCondition, account: Did) => Promise<RuleResult>;
}

/** What a tree of conditions comes to, and the same tree with an `access` beside each condition (protocol 5.4). */
export interface Verdict {
  readonly access: boolean;
  /** Of the first condition that failed, when the whole did. */
  readonly reason?: string;
  readonly conditions: object;
}

/** Judges a whole tree; every condition is asked once, so that each can be shown with its own result. */
export async function judge(tree: RuleTree, ask: (condition: RuleCondition) => Promise<RuleResult>): Promise<Verdict> {
  if ('category' in tree) {
    const result = await ask(tree);
    return { ...result, conditions: { ...tree, access: result.access } };
  }
  const [join, inner] = joined(tree);
  const verdicts: Verdict[] = [];
  for (const each of inner) verdicts.push(await judge(each, ask));
  // An empty `any` lets nobody in, as an empty `all` keeps nobody out.
  const access = join === 'any' ? verdicts.some((each) => each.access) : verdicts.every((each) => each.access);
  const reason = access ? undefined : verdicts.find((each) => !each.access)?.reason;
  const shown = verdicts.map(({ conditions }) => conditions);
  return { access, ...(reason !== undefined && { reason }), conditions: join === 'list' ? shown : { [join]: shown } };
}

function joined(tree: Exclude<RuleTree, RuleCondition>): ['any' | 'all' | 'list', readonly RuleTree[]] {
  if ('any' in tree) return ['any', tree.any];
  if ('all' in tree) return ['all', tree.all];
  return ['list', tree];
}

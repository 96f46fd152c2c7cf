import {
  allOf,
  anyOf,
  groupRules,
  hasGuildRole,
  holdsErc20,
  holdsErc721,
  isInvitedBy,
  passesEndpoint,
} from '../../protocol/groups/buildRules.ts';
import type { GroupRules, RuleCondition, RuleTree } from '../../protocol/groups/groupRules.ts';

export const CONDITION_KINDS = ['erc20', 'erc721', 'invite', 'endpoint', 'guild'] as const;
export type ConditionKind = (typeof CONDITION_KINDS)[number];

/** A condition as it is being filled in. */
export interface ConditionDraft {
  readonly id: number;
  readonly kind: ConditionKind;
  readonly chain: string;
  readonly contract: string;
  readonly amount: string;
  readonly decimals: string;
  readonly url: string;
  readonly guild: string;
  readonly role: string;
}

/** Conditions for one place, and how they are joined. */
export interface PlaceDraft {
  readonly join: 'any' | 'all';
  readonly conditions: readonly ConditionDraft[];
}

export interface RulesDraft {
  readonly entry: PlaceDraft;
  readonly chat: PlaceDraft;
}

const NOTHING: PlaceDraft = { join: 'any', conditions: [] };
export const NO_RULES: RulesDraft = { entry: NOTHING, chat: NOTHING };

export const emptyCondition = (id: number, kind: ConditionKind): ConditionDraft => ({
  ...{ id, kind, chain: '1', contract: '', amount: '1', decimals: '18', url: '', guild: '', role: '' },
});

/**
 * The rules that a draft stands for.
 * @throws {PushChatError} `InvalidAddress`, `PayloadMalformed` where something is missing or wrong
 */
export function rulesOf({ entry, chat }: RulesDraft): GroupRules {
  const treeOf = ({ join, conditions }: PlaceDraft): RuleTree | undefined =>
    conditions.length === 0 ? undefined : (join === 'any' ? anyOf : allOf)(...conditions.map(conditionOf));
  const [entryTree, chatTree] = [treeOf(entry), treeOf(chat)];
  return groupRules({ ...(entryTree && { entry: entryTree }), ...(chatTree && { chat: chatTree }) });
}

function conditionOf({ kind, chain, contract, amount, decimals, url, guild, role }: ConditionDraft): RuleCondition {
  const holding = { chain: Number(chain), contract: contract.trim(), amount: numberOf(amount) };
  switch (kind) {
    case 'erc20':
      return holdsErc20({ ...holding, decimals: numberOf(decimals) });
    case 'erc721':
      return holdsErc721(holding);
    case 'invite':
      return isInvitedBy('ADMIN', 'OWNER');
    case 'endpoint':
      return passesEndpoint(url.trim());
    case 'guild':
      return hasGuildRole({ guild: guild.trim(), role: role.trim() || '*' });
  }
}

/** NaN is refused by whoever reads the rules, and so is what is left empty. */
const numberOf = (text: string): number => (text.trim() === '' ? NaN : Number(text.replace(',', '.')));

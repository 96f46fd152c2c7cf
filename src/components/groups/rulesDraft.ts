import { describeRules } from '../../protocol/groups/accessRules.ts';
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
import { parseRules, type GroupRules, type RuleCondition, type RuleTree } from '../../protocol/groups/groupRules.ts';

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
  /** What it was made of: whatever it says beyond these fields stays. */
  readonly source?: RuleCondition;
}

/** What no fields can say, such as conditions within conditions. It stays as it is, or goes. */
export interface KeptDraft {
  readonly id: number;
  readonly kind: 'kept';
  readonly tree: RuleTree;
}

/** Conditions for one place, and how they are joined. */
export interface PlaceDraft {
  readonly join: 'any' | 'all';
  readonly conditions: readonly (ConditionDraft | KeptDraft)[];
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
 * Rules to be changed in a form. Nothing of them is lost: what the form has no fields for is kept whole.
 * @returns undefined where a condition is of a kind that is not known here: whoever signs it anew has to know what it says
 */
export function draftOf(rules: GroupRules): RulesDraft | undefined {
  try {
    const { entry, chat } = parseRules(rules);
    return { entry: placeOf(entry?.conditions), chat: placeOf(chat?.conditions) };
  } catch {
    return undefined;
  }
}

function placeOf(tree: RuleTree | undefined): PlaceDraft {
  if (tree === undefined) return NOTHING;
  const [join, inner] = isList(tree)
    ? (['all', tree] as const)
    : 'any' in tree
      ? (['any', tree.any] as const)
      : 'all' in tree
        ? (['all', tree.all] as const)
        : (['any', [tree]] as const);
  // A list of none asks for nothing, or for what nobody has: neither is to be told by an empty form.
  if (inner.length === 0) return { join, conditions: [{ id: 1, kind: 'kept', tree }] };
  return { join, conditions: inner.map((each, place) => drafted(each, place + 1)) };
}

const isList = (tree: RuleTree): tree is readonly RuleTree[] => Array.isArray(tree);

function drafted(tree: RuleTree, id: number): ConditionDraft | KeptDraft {
  const fields = 'data' in tree ? fieldsOf(tree) : undefined;
  return 'data' in tree && fields ? { ...fields, id, source: tree } : { id, kind: 'kept', tree };
}

/** A condition by its fields; undefined where they cannot say it. */
function fieldsOf(condition: RuleCondition): ConditionDraft | undefined {
  const { entry } = describeRules({ entry: { conditions: condition } });
  const said = entry && 'condition' in entry ? entry.condition : undefined;
  switch (said?.kind) {
    case 'erc20':
    case 'erc721': {
      const { decimals } = condition.data;
      const { kind, chain, contract, amount, comparison } = said;
      // The form asks for “at least”.
      if (comparison !== '>=') return undefined;
      const texts = {
        chain: String(chain),
        amount: String(amount),
        decimals: typeof decimals === 'number' ? String(decimals) : '18',
      };
      return { ...emptyCondition(0, kind), ...texts, contract };
    }
    case 'invite':
      return emptyCondition(0, 'invite');
    case 'endpoint':
      return { ...emptyCondition(0, 'endpoint'), url: said.url };
    case 'guild':
      return { ...emptyCondition(0, 'guild'), guild: said.guild, role: said.role };
    default:
      return undefined;
  }
}

/**
 * The rules that a draft stands for.
 * @param before the rules that it was made of: a place where nothing was changed stays as it was signed
 * @throws {PushChatError} `InvalidAddress`, `PayloadMalformed` where something is missing or wrong
 */
export function rulesOf({ entry, chat }: RulesDraft, before: GroupRules = {}): GroupRules {
  const treeOf = ({ join, conditions }: PlaceDraft, was: RuleTree | undefined): RuleTree | undefined => {
    if (was !== undefined && same({ join, conditions }, placeOf(was))) return was;
    const [first] = conditions;
    if (conditions.length < 2 && (!first || first.kind === 'kept')) return first?.tree;
    return (join === 'any' ? anyOf : allOf)(
      ...conditions.map((each) => (each.kind === 'kept' ? each.tree : conditionOf(each))),
    );
  };
  const entryTree = treeOf(entry, before.entry?.conditions);
  const chatTree = treeOf(chat, before.chat?.conditions);
  return groupRules({ ...(entryTree && { entry: entryTree }), ...(chatTree && { chat: chatTree }) });
}

const same = (a: unknown, b: unknown): boolean => JSON.stringify(a) === JSON.stringify(b);

/** Of a condition that was there before, only what was changed is changed. */
function conditionOf({ source, ...draft }: ConditionDraft): RuleCondition {
  const made = filledIn(draft);
  const was = source && fieldsOf(source);
  if (!source || was?.kind !== draft.kind) return made;
  const { data: unchanged } = filledIn(was);
  const changed = Object.entries(made.data).filter(([name, value]) => !same(value, unchanged[name]));
  return { ...source, data: { ...source.data, ...Object.fromEntries(changed) } };
}

function filledIn({ kind, chain, contract, amount, decimals, url, guild, role }: ConditionDraft): RuleCondition {
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

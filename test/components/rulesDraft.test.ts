import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { draftOf, emptyCondition, rulesOf, type RulesDraft } from '../../src/components/groups/rulesDraft.ts';
import { describeRules, type AccessTree } from '../../src/protocol/groups/accessRules.ts';
import { allOf, anyOf, groupRules, holdsErc20, isInvitedBy } from '../../src/protocol/groups/buildRules.ts';
import {
  parseRules,
  type GroupRules,
  type RuleCondition,
  type RuleTree,
} from '../../src/protocol/groups/groupRules.ts';

const hex = fc.stringMatching(/^[0-9a-f]{40}$/);
const contract = fc
  .tuple(fc.integer({ min: 1, max: 99_999 }), hex)
  .map(([chain, digits]) => `eip155:${chain}:0x${digits}`);
const amount = fc.double({ min: 0, noNaN: true, noDefaultInfinity: true }).map((each) => each + 0);
const comparison = fc.constantFrom('>=', '>', '<', '<=', '==', '!=');
const word = fc.oneof(fc.string({ maxLength: 8 }), fc.nat());
/** What other clients write beside what is known. */
const more = fc.record({ note: fc.string() }, { requiredKeys: [] });

const conditionOf = (
  [type, category, subcategory]: readonly [string, string, string],
  data: fc.Arbitrary<object>,
): fc.Arbitrary<RuleCondition> =>
  fc.tuple(data, more).map(([known, extra]) => ({ type, category, subcategory, data: { ...known, ...extra } }));

const invite = conditionOf(
  ['PUSH', 'INVITE', 'DEFAULT'],
  fc.record({ inviterRoles: fc.subarray(['ADMIN', 'OWNER'], { minLength: 1 }) }),
);
const forBoth = [
  conditionOf(
    ['PUSH', 'ERC20', 'holder'],
    fc.record(
      { contract, amount, decimals: fc.nat({ max: 30 }), comparison },
      { requiredKeys: ['contract', 'amount', 'decimals'] },
    ),
  ),
  conditionOf(
    ['PUSH', 'ERC721', 'holder'],
    fc.record({ contract, amount, comparison }, { requiredKeys: ['contract', 'amount'] }),
  ),
  conditionOf(
    ['PUSH', 'CustomEndpoint', 'GET'],
    fc.webUrl().map((url) => ({ url: `${url}/{{user_address}}` })),
  ),
  conditionOf(
    ['GUILD', 'ROLES', 'DEFAULT'],
    fc.record({ id: word, role: word, comparison: fc.constantFrom('all', 'any') }, { requiredKeys: ['id', 'role'] }),
  ),
];

const treeOf = (leaves: readonly fc.Arbitrary<RuleCondition>[]): fc.Arbitrary<RuleTree> => {
  const { tree } = fc.letrec<{ tree: RuleTree; inner: readonly RuleTree[] }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3, withCrossShrink: true },
      ...leaves,
      tie('inner'),
      tie('inner').map((any) => ({ any })),
      tie('inner').map((all) => ({ all })),
    ),
    inner: fc.array(tie('tree'), { maxLength: 3 }),
  }));
  return tree;
};

const rules: fc.Arbitrary<GroupRules> = fc
  .record({ entry: treeOf([invite, ...forBoth]), chat: treeOf(forBoth) }, { requiredKeys: [] })
  .map(({ entry, chat }) => ({
    ...(entry && { entry: { conditions: entry } }),
    ...(chat && { chat: { conditions: chat } }),
  }))
  .filter((each) => {
    try {
      parseRules(each);
      return true;
    } catch {
      // Deeper, or more, than a node takes.
      return false;
    }
  });

const drafted = (each: GroupRules): RulesDraft => {
  const draft = draftOf(each);
  if (!draft) throw new Error('They are known.');
  return draft;
};

/** Without joins of one, which say what stands in them. */
function plain(tree: AccessTree | null): unknown {
  if (!tree || 'condition' in tree) return tree?.condition;
  const [only] = tree.of;
  return tree.of.length === 1 && only ? plain(only) : { join: tree.join, of: tree.of.map(plain) };
}

describe('rules in a form', () => {
  it('are the very rules that were signed where nothing is changed', () => {
    fc.assert(
      fc.property(rules, (each) => {
        expect(JSON.stringify(rulesOf(drafted(each), each))).toBe(JSON.stringify(each));
      }),
    );
  });

  it('ask for the same where all of it is made anew', () => {
    fc.assert(
      fc.property(rules, (each) => {
        const [before, after] = [describeRules(each), describeRules(rulesOf(drafted(each)))];
        expect(plain(after.entry)).toEqual(plain(before.entry));
        expect(plain(after.chat)).toEqual(plain(before.chat));
      }),
    );
  });

  it('lose no condition, and nothing of one, when another is added', () => {
    fc.assert(
      fc.property(rules, (each) => {
        const draft = drafted(each);
        const added = { ...emptyCondition(99, 'guild'), guild: 'added' };
        const { entry } = rulesOf({
          ...draft,
          entry: { ...draft.entry, conditions: [...draft.entry.conditions, added] },
        });
        const text = JSON.stringify(entry);
        expect(text).toContain('"added"');
        for (const { kind, ...condition } of draft.entry.conditions) {
          const source =
            kind === 'kept' && 'tree' in condition ? condition.tree : 'source' in condition && condition.source;
          expect(text).toContain(JSON.stringify(source));
        }
      }),
    );
  });

  it('keep what is said beside a field that is changed', () => {
    const source: RuleCondition = {
      type: 'PUSH',
      category: 'ERC20',
      subcategory: 'holder',
      data: { contract: 'eip155:4242:0xf418588522d5dd018b425e472991e52ebbeeeeee', note: 'x', amount: 5, decimals: 6 },
    };
    const before: GroupRules = { chat: { conditions: { all: [source] } } };
    const draft = drafted(before);
    const [condition] = draft.chat.conditions;
    if (condition?.kind !== 'erc20') throw new Error('It has fields.');
    expect(condition).toMatchObject({ chain: '4242', amount: '5', decimals: '6' });
    const changed = rulesOf({ ...draft, chat: { join: 'all', conditions: [{ ...condition, amount: '7' }] } }, before);
    expect(changed).toEqual({ chat: { conditions: { all: [{ ...source, data: { ...source.data, amount: 7 } }] } } });
  });

  it('keep what has no fields whole, and take it out when asked to', () => {
    const less = holdsErc20({ chain: 1, contract: `0x${'ab'.repeat(20)}`, amount: 1, decimals: 18, comparison: '<' });
    const within = anyOf(isInvitedBy('OWNER'), allOf(less));
    const before = groupRules({ entry: allOf(isInvitedBy('ADMIN'), less, within) });
    const draft = drafted(before);
    expect(draft.entry.conditions.map(({ kind }) => kind)).toEqual(['invite', 'kept', 'kept']);
    const [first, , last] = draft.entry.conditions;
    if (!first || !last) throw new Error('There are three.');
    expect(rulesOf({ ...draft, entry: { join: 'any', conditions: [first, last] } }, before)).toEqual({
      entry: { conditions: anyOf(isInvitedBy('ADMIN'), within) },
    });
  });

  it('are not changed here where one of them is not known', () => {
    const strange = { type: 'PUSH', category: 'POAP', subcategory: 'holder', data: { event: 7 } };
    expect(draftOf({ entry: { conditions: { all: [isInvitedBy('ADMIN'), strange] } } })).toBeUndefined();
  });

  it('that nobody can meet are not taken for none', () => {
    const before: GroupRules = { entry: { conditions: { any: [] } } };
    expect(drafted(before).entry.conditions).toHaveLength(1);
    expect(rulesOf(drafted(before))).toEqual(before);
  });
});

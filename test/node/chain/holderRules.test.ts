import { beforeEach, describe, expect, it } from 'vitest';
import { ethersChains } from '../../../src/chains/ethersChains.ts';
import { createHolderRules } from '../../../src/node/chain/holderRules.ts';
import { rememberAccess } from '../../../src/node/chain/rememberAccess.ts';
import { judge, type RuleChecker, type RuleResult } from '../../../src/node/rules.ts';
import { parseDid } from '../../../src/protocol/did.ts';
import { parseRules, type RuleCondition, type RuleTree } from '../../../src/protocol/groups/groupRules.ts';
import type { JsonObject } from '../../../src/protocol/payload.ts';
import { coded, didOf } from '../../support/builders.ts';
import { vectorUser } from '../../support/vectors.ts';
import { reverting, tokens } from './contracts.ts';
import { startLocalChain, type LocalChain } from './localChain.ts';

const TOKEN = `0x${'20'.repeat(20)}`;
const BROKEN = `0x${'bb'.repeat(20)}`;
const [alice, bob] = [parseDid(didOf('alice')), parseDid(didOf('bob'))];

let local: LocalChain;
let rules: RuleChecker;
beforeEach(async () => {
  local = await startLocalChain(1);
  rules = createHolderRules(ethersChains({ 1: local.provider }));
});

/** Alice's balance in the smallest unit. */
const give = (balance: bigint): Promise<void> => local.put(TOKEN, tokens, { [vectorUser('alice').address]: balance });

const contract = `eip155:1:${TOKEN}`;
const erc20 = (data: JsonObject): RuleCondition => ({
  type: 'PUSH',
  category: 'ERC20',
  subcategory: 'holder',
  data: { contract, amount: 1, decimals: 18, ...data },
});
const erc721 = (data: JsonObject): RuleCondition => ({
  type: 'PUSH',
  category: 'ERC721',
  subcategory: 'holder',
  data: { contract, amount: 1, ...data },
});

/** What the checker says of a condition that the wire allows. */
async function ask(condition: RuleCondition, account = alice): Promise<boolean> {
  parseRules({ entry: { conditions: condition } });
  return (await rules.check(condition, account)).access;
}

describe('holding tokens', () => {
  it.each([
    [undefined, [false, true, true]],
    ['>=', [false, true, true]],
    ['>', [false, false, true]],
    ['<', [true, false, false]],
    ['<=', [true, true, false]],
    ['==', [false, true, false]],
    ['!=', [true, false, true]],
  ])('compares by %s to the last unit', async (comparison, expected) => {
    const answers: boolean[] = [];
    for (const balance of [10n ** 30n - 1n, 10n ** 30n, 10n ** 30n + 1n]) {
      await give(balance);
      answers.push(await ask(erc20({ amount: 1e12, ...(comparison !== undefined && { comparison }) })));
    }
    expect(answers).toEqual(expected);
  });

  it.each([
    [0.1, 18, 10n ** 17n],
    [1.5, 6, 1_500_000n],
    [1e21, 0, 10n ** 21n],
    [1.25e22, 2, 125n * 10n ** 22n],
    [1e-7, 18, 10n ** 11n],
    [1.5e-7, 8, 15n],
    [0, 18, 0n],
  ])('reads %d tokens of %d decimals exactly', async (amount, decimals, units) => {
    await give(units);
    expect(await ask(erc20({ amount, decimals, comparison: '==' }))).toBe(true);
    await give(units + 1n);
    expect(await ask(erc20({ amount, decimals, comparison: '==' }))).toBe(false);
  });

  it('compares with amounts below the smallest unit', async () => {
    await give(1n);
    expect(await ask(erc20({ amount: 0.5, decimals: 0 }))).toBe(true);
    expect(await ask(erc20({ amount: 1.5, decimals: 0 }))).toBe(false);
    expect(await ask(erc20({ amount: 1.5, decimals: 0, comparison: '<' }))).toBe(true);
  });

  it('counts ERC-721 tokens one by one', async () => {
    await give(2n);
    expect(await ask(erc721({ amount: 2 }))).toBe(true);
    expect(await ask(erc721({ amount: 3 }))).toBe(false);
    expect(await ask(erc721({}), bob)).toBe(false);
  });

  it('asks for a contract wallet on its own chain only, and for an NFT account not at all', async () => {
    await local.put(TOKEN, tokens, { [vectorUser('grace-scw').address]: 1n });
    const grace = didOf('grace-scw');
    expect(await ask(erc721({}), parseDid(grace))).toBe(true);
    expect(await ask(erc721({}), parseDid(grace.replace(':1:', ':137:')))).toBe(false);
    expect(await ask(erc721({ comparison: '>=', amount: 0 }), parseDid(didOf('heidi-nft')))).toBe(false);
  });

  it('refuses what is no token, what no number fits, and chains it cannot ask, and says why', async () => {
    await local.put(BROKEN, reverting);
    const why = async (condition: RuleCondition): Promise<RuleResult> => rules.check(condition, alice);
    const refused: [RuleCondition, RegExp][] = [
      [erc20({ contract: `eip155:1:${BROKEN}`, comparison: '<' }), /no token at/],
      [erc20({ comparison: '<' }), /no token at/],
      [erc20({ contract: `eip155:137:${TOKEN}`, comparison: '<' }), /asks no chain 137/],
      [erc20({ decimals: 1e300, comparison: '<' }), /could be checked/],
      [erc20({ decimals: 0.5, comparison: '<' }), /could be checked/],
      [erc20({ amount: -1, comparison: '>' }), /could be checked/],
      [erc20({ comparison: '~' }), /could be checked/],
      [erc20({ contract: 'eip155:1:0x1', comparison: '<' }), /could be checked/],
    ];
    for (const [condition, reason] of refused) {
      expect(await why(condition)).toEqual({ access: false, reason: expect.stringMatching(reason) });
    }
  });

  it('lets nobody in while the chain does not answer', async () => {
    await local.goDown();
    await expect(rules.check(erc20({ comparison: '<' }), alice)).rejects.toEqual(coded('ChainUnavailable'));
  });

  it('lets nobody in when the chain is slow', async () => {
    local.fallSilent();
    rules = createHolderRules(ethersChains({ 1: local.provider }, { timeoutMs: 1 }));
    await expect(rules.check(erc20({ comparison: '<' }), alice)).rejects.toEqual(coded('ChainUnavailable'));
  });
});

describe('trees of conditions', () => {
  const yes = erc20({ comparison: '<' });
  const no = erc20({ comparison: '>' });

  it.each<[string, RuleTree, boolean]>([
    ['any of them', { any: [no, yes] }, true],
    ['none of any', { any: [no, no] }, false],
    ['all of them', { all: [yes, yes] }, true],
    ['all but one', { all: [yes, no] }, false],
    ['a list', [yes, no], false],
    ['trees in trees', { all: [yes, { any: [no, { all: [yes] }] }] }, true],
  ])('hold by %s', async (_, tree, access) => {
    await give(0n);
    parseRules({ entry: { conditions: tree } });
    expect((await judge(tree, (condition) => rules.check(condition, alice))).access).toBe(access);
  });
});

it.each<RuleCondition>([
  {
    type: 'PUSH',
    category: 'CustomEndpoint',
    subcategory: 'GET',
    data: { url: 'http://127.0.0.1:1/{{user_address}}' },
  },
  { type: 'GUILD', category: 'ROLES', subcategory: 'DEFAULT', data: { id: '1', role: '*', comparison: 'any' } },
])('ND-18 visits no service for a condition of $category, and says so', async (condition) => {
  parseRules({ entry: { conditions: condition } });
  expect(await rules.check(condition, alice)).toEqual({
    access: false,
    reason: expect.stringContaining('visits no other services'),
  });
  expect(local.asked).toEqual([]);
});

describe('remembered access', () => {
  const clock = { time: 0 };
  const DAY = 86_400_000;
  let remembered: RuleChecker;
  beforeEach(() => {
    clock.time = 1;
    remembered = rememberAccess(rules, () => clock.time, { limit: 2 });
  });
  const access = async (condition = erc20({}), account = alice): Promise<boolean> =>
    (await remembered.check(condition, account)).access;

  it('lasts a day after the last success, for that account and condition', async () => {
    await give(10n ** 18n);
    expect(await access()).toBe(true);
    await give(0n);
    clock.time += DAY - 1;
    expect(await access()).toBe(true);
    expect(await access(erc20({ amount: 0.5 }))).toBe(false);
    expect(await access(erc20({}), bob)).toBe(false);
    clock.time += 1;
    expect(await access()).toBe(false);
  });

  it('is no refusal: that is asked anew', async () => {
    await give(0n);
    expect(await access()).toBe(false);
    await give(10n ** 18n);
    expect(await access()).toBe(true);
  });

  it('is bounded: the oldest is forgotten', async () => {
    await give(10n ** 18n);
    for (const amount of [0.1, 0.2, 0.3]) expect(await access(erc20({ amount }))).toBe(true);
    await give(0n);
    expect(await access(erc20({ amount: 0.3 }))).toBe(true);
    expect(await access(erc20({ amount: 0.1 }))).toBe(false);
  });

  it('outlives a chain that does not answer', async () => {
    await give(10n ** 18n);
    await access();
    await local.goDown();
    expect(await access()).toBe(true);
    await expect(access(erc20({}), bob)).rejects.toEqual(coded('ChainUnavailable'));
  });
});

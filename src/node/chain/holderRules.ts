import { addressOf, chainAccountOf, parseAddress, type Address, type Did } from '../../protocol/did.ts';
import type { RuleCondition } from '../../protocol/groups/groupRules.ts';
import type { RuleChecker, RuleResult } from '../rules.ts';
import type { Chains } from '../../protocol/chain.ts';

/**
 * Judges who holds how much of an ERC-20 or ERC-721 token, by asking its chain (protocol 5.7). Conditions that only
 * another service could judge are refused: a node visits no address that somebody else gives it (security ND-18).
 */
export const createHolderRules = (chains: Chains): RuleChecker => ({
  check: async ({ type, category, subcategory, data }, account) => {
    const isHolding = type === 'PUSH' && (category === 'ERC20' || category === 'ERC721') && subcategory === 'holder';
    if (isHolding) return judgeHolding(chains, data, category === 'ERC20' ? data['decimals'] : 0, account);
    return refuse(`This Push Node visits no other services, so it cannot judge ${category} conditions.`);
  },
});

async function judgeHolding(
  chains: Chains,
  data: RuleCondition['data'],
  decimals: unknown,
  account: Did,
): Promise<RuleResult> {
  const token = parseToken(data['contract']);
  const meets = parseThreshold(data, decimals);
  if (!token || !meets) return refuse('This condition names no token, amount or comparison that could be checked.');
  const holder = holderOn(token.chain, account);
  if (!holder) return refuse(`${account} is no account on chain ${token.chain}.`);
  const chain = chains.get(token.chain);
  if (!chain) return refuse(`This Push Node asks no chain ${token.chain}, so it cannot tell who holds its tokens.`);
  const balance = await chain.balanceOf(token.contract, holder);
  if (balance === undefined) return refuse(`There is no token at ${token.contract} on chain ${token.chain}.`);
  return meets(balance) ? { access: true } : refuse(`${account} does not hold what this condition asks for.`);
}

const refuse = (reason: string): RuleResult => ({ access: false, reason });

function parseToken(caip10: unknown): { chain: number; contract: Address } | undefined {
  const [, chain, address] = /^eip155:([1-9]\d{0,15}):(0x[\da-f]{40})$/i.exec(String(caip10)) ?? [];
  return address === undefined ? undefined : { chain: Number(chain), contract: parseAddress(address.toLowerCase()) };
}

/** A wallet is the same on every chain, a contract wallet lives on its own, and an NFT has no address to hold with. */
function holderOn(chain: number, account: Did): Address | undefined {
  const home = chainAccountOf(account);
  return home && home.chain !== chain ? undefined : addressOf(account);
}

const COMPARISONS: ReadonlyMap<unknown, (balance: bigint, amount: bigint) => boolean> = new Map([
  ['>', (balance, amount) => balance > amount],
  ['<', (balance, amount) => balance < amount],
  ['>=', (balance, amount) => balance >= amount],
  ['<=', (balance, amount) => balance <= amount],
  ['==', (balance, amount) => balance === amount],
  ['!=', (balance, amount) => balance !== amount],
]);

/** ERC-20 has `decimals` in a uint8. */
const MAX_DECIMALS = 255;

/** Whether a balance in the token's smallest unit meets a condition; exact, whatever the amount's fraction. */
function parseThreshold(data: RuleCondition['data'], decimals: unknown): ((balance: bigint) => boolean) | undefined {
  const { comparison = '>=', amount } = data;
  const compare = COMPARISONS.get(comparison);
  const usable =
    typeof decimals === 'number' && Number.isInteger(decimals) && decimals >= 0 && decimals <= MAX_DECIMALS;
  if (!compare || !usable || typeof amount !== 'number') return undefined;
  const [, whole, fraction = '', exponent = '0'] = /^(\d+)(?:\.(\d+))?(?:e([+-]\d+))?$/.exec(String(amount)) ?? [];
  if (whole === undefined) return undefined;
  // The amount is `digits` times ten to the power of `shift`, in smallest units.
  const digits = BigInt(whole + fraction);
  const shift = BigInt(decimals + Number(exponent) - fraction.length);
  return shift >= 0n
    ? (balance) => compare(balance, digits * 10n ** shift)
    : (balance) => compare(balance * 10n ** -shift, digits);
}

import { parseAddress } from '../did.ts';
import { booleanOf, objectOf, type Fields } from '../fields.ts';

export type Comparison = '>' | '<' | '>=' | '<=' | '==' | '!=';

/** A condition, in words that can be said in any language. */
export type AccessCondition =
  | {
      readonly kind: 'erc20' | 'erc721';
      /** EIP-155 id of the chain. */
      readonly chain: number;
      readonly contract: string;
      readonly amount: number;
      readonly comparison: Comparison;
    }
  | { readonly kind: 'invite'; readonly roles: readonly ('ADMIN' | 'OWNER')[] }
  | { readonly kind: 'endpoint'; readonly host: string; readonly url: string }
  | { readonly kind: 'guild'; readonly guild: string; readonly role: string; readonly comparison: 'all' | 'any' | null }
  /** Nobody can say here what it asks for; a node may. */
  | { readonly kind: 'unknown' };

/** Conditions as they are joined. `met` is the node's word; null where it was not asked, or does not say. */
export type AccessTree =
  | { readonly join: 'any' | 'all'; readonly of: readonly AccessTree[]; readonly met: boolean | null }
  | { readonly condition: AccessCondition; readonly met: boolean | null };

/** Rules for coming in or for writing. */
export interface AccessRules {
  /** Null where everybody may. */
  readonly entry: AccessTree | null;
  readonly chat: AccessTree | null;
}

/** How an account stands with the rules of a group, by the word of the node. */
export interface GroupAccess extends AccessRules {
  readonly mayEnter: boolean;
  readonly mayWrite: boolean;
  /** Name of the node whose word it is; undefined where a page brought its own way to one. */
  readonly saidBy: string | undefined;
}

const MAX_DEPTH = 6;
const UNKNOWN: AccessTree = { condition: { kind: 'unknown' }, met: null };

/**
 * Rules in words; total, since what is not understood is said to be so.
 * @param rules of a group, or of a node's answer, where each condition says whether it is met
 */
export function describeRules(rules: unknown): AccessRules {
  const placeOf = (name: 'entry' | 'chat'): AccessTree | null => {
    const conditions = fieldsOf(fieldsOf(rules)?.[name])?.['conditions'];
    return conditions === undefined ? null : describe(conditions, 0);
  };
  return { entry: placeOf('entry'), chat: placeOf('chat') };
}

/** Reads a node's answer about one account (protocol 5.4). @throws {PushChatError} `PayloadMalformed` */
export function parseAccess(value: unknown, saidBy: string | undefined): GroupAccess {
  const fields = objectOf(value, 'access');
  return {
    ...describeRules(fields['rules']),
    mayEnter: booleanOf(fields, 'entry'),
    mayWrite: booleanOf(fields, 'chat'),
    saidBy,
  };
}

const fieldsOf = (value: unknown): Fields | undefined =>
  typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as Fields) : undefined;

function describe(tree: unknown, depth: number): AccessTree {
  if (depth > MAX_DEPTH) return UNKNOWN;
  if (Array.isArray(tree)) return joined('all', tree, depth);
  const node = fieldsOf(tree);
  if (!node) return UNKNOWN;
  if (Array.isArray(node['any'])) return joined('any', node['any'], depth);
  if (Array.isArray(node['all'])) return joined('all', node['all'], depth);
  return { condition: conditionOf(node), met: typeof node['access'] === 'boolean' ? node['access'] : null };
}

function joined(join: 'any' | 'all', inner: readonly unknown[], depth: number): AccessTree {
  const of = inner.map((each) => describe(each, depth + 1));
  const known = of.every(({ met }) => met !== null);
  const met = known ? (join === 'any' ? of.some((each) => each.met) : of.every((each) => each.met)) : null;
  return { join, of, met };
}

function conditionOf(node: Fields): AccessCondition {
  const data = fieldsOf(node['data']) ?? {};
  switch ([node['type'], node['category'], node['subcategory']].join(' ')) {
    case 'PUSH ERC20 holder':
      return holding('erc20', data);
    case 'PUSH ERC721 holder':
      return holding('erc721', data);
    case 'PUSH INVITE DEFAULT':
      return { kind: 'invite', roles: rolesOf(data['inviterRoles']) };
    case 'PUSH CustomEndpoint GET':
      return endpoint(data['url']);
    case 'GUILD ROLES DEFAULT': {
      const { id, role, comparison } = data;
      const asked = comparison === 'all' || comparison === 'any' ? comparison : null;
      return { kind: 'guild', guild: textOf(id), role: textOf(role), comparison: asked };
    }
    default:
      return { kind: 'unknown' };
  }
}

const CAIP10 = /^eip155:([1-9]\d{0,15}):(0x[0-9a-fA-F]{40})$/;
const COMPARISONS: ReadonlySet<unknown> = new Set(['>', '<', '>=', '<=', '==', '!=']);

function holding(kind: 'erc20' | 'erc721', { contract, amount, comparison }: Fields): AccessCondition {
  const [, chain, address] = CAIP10.exec(textOf(contract)) ?? [];
  if (chain === undefined || address === undefined || typeof amount !== 'number') return { kind: 'unknown' };
  const asked = COMPARISONS.has(comparison) ? (comparison as Comparison) : '>=';
  return { kind, chain: Number(chain), contract: parseAddress(address.toLowerCase()), amount, comparison: asked };
}

const rolesOf = (roles: unknown): ('ADMIN' | 'OWNER')[] =>
  Array.isArray(roles) ? roles.filter((role): role is 'ADMIN' | 'OWNER' => role === 'ADMIN' || role === 'OWNER') : [];

function endpoint(url: unknown): AccessCondition {
  try {
    const { host } = new URL(textOf(url));
    return { kind: 'endpoint', host, url: textOf(url) };
  } catch {
    return { kind: 'unknown' };
  }
}

const textOf = (value: unknown): string =>
  typeof value === 'string' || typeof value === 'number' ? String(value) : '';

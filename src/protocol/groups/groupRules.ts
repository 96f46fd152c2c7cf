import { PushChatError } from '../../errors.ts';
import { malformed, objectOf, stringOf, type Fields } from '../fields.ts';
import type { JsonObject } from '../payload.ts';

/** One condition about an account: a leaf of a group's rules (protocol 5.7). */
export interface RuleCondition {
  /** Who defines the category: `PUSH` or `GUILD`. */
  readonly type: string;
  readonly category: string;
  readonly subcategory: string;
  readonly data: JsonObject;
}

/** Conditions joined by `any` or `all`; a bare list means all of them. */
export type RuleTree =
  RuleCondition | readonly RuleTree[] | { readonly any: readonly RuleTree[] } | { readonly all: readonly RuleTree[] };

/** Who may come in, and who may write, in the words and the key order of whoever signed them. */
export interface GroupRules {
  readonly entry?: { readonly conditions: RuleTree };
  readonly chat?: { readonly conditions: RuleTree };
}

const MAX_DEPTH = 6;
const MAX_CONDITIONS = 32;
const MAX_URL = 2_083;

/**
 * Reads a group's rules. What is not understood is refused: left out, it would open what it was meant to close.
 * @returns the very value, whose keys are in the order that was signed
 * @throws {PushChatError} `PayloadMalformed`, `PayloadTooLarge`
 */
export function parseRules(value: unknown): GroupRules {
  const rules = objectOf(value, 'rules');
  let conditions = 0;
  const checkTree = (tree: unknown, place: 'entry' | 'chat', depth: number): void => {
    if (depth > MAX_DEPTH) throw malformed('rules');
    if (Array.isArray(tree)) {
      for (const inner of tree) checkTree(inner, place, depth + 1);
      return;
    }
    const node = objectOf(tree, 'rules.conditions');
    const join = 'any' in node ? node['any'] : node['all'];
    if (join !== undefined) {
      if (!Array.isArray(join) || Object.keys(node).length !== 1) throw malformed('rules.conditions');
      checkTree(join, place, depth + 1);
      return;
    }
    conditions += 1;
    if (conditions > MAX_CONDITIONS) {
      throw new PushChatError('PayloadTooLarge', `\`rules\` has more than ${MAX_CONDITIONS} conditions.`);
    }
    checkCondition(node, place);
  };
  for (const [place, access] of Object.entries(rules)) {
    if (place !== 'entry' && place !== 'chat') throw malformed(`rules.${place.slice(0, 60)}`);
    checkTree(objectOf(access, `rules.${place}`)['conditions'], place, 0);
  }
  return rules;
}

function checkCondition(condition: Fields, place: 'entry' | 'chat'): void {
  const kind = ['type', 'category', 'subcategory'].map((name) => stringOf(condition, name)).join(' ');
  const data = objectOf(condition['data'], 'data');
  switch (kind) {
    case 'PUSH ERC20 holder':
      amountOf(data, 'decimals');
      return checkHolding(data);
    case 'PUSH ERC721 holder':
      return checkHolding(data);
    case 'PUSH INVITE DEFAULT':
      if (place === 'chat') throw malformed('rules.chat');
      return checkInviters(data['inviterRoles']);
    case 'PUSH CustomEndpoint GET':
      return checkEndpoint(stringOf(data, 'url', MAX_URL));
    case 'GUILD ROLES DEFAULT':
      if (!isWord(data['id']) || !isWord(data['role'])) throw malformed('data');
      return;
    default:
      throw malformed('rules.conditions');
  }
}

const CAIP10 = /^eip155:[1-9]\d{0,15}:0x[0-9a-fA-F]{40}$/;
const COMPARISONS: ReadonlySet<unknown> = new Set([undefined, '>', '<', '>=', '<=', '==', '!=']);

function checkHolding(data: Fields): void {
  if (!CAIP10.test(stringOf(data, 'contract'))) throw malformed('data.contract');
  amountOf(data, 'amount');
  if (!COMPARISONS.has(data['comparison'])) throw malformed('data.comparison');
}

function amountOf(data: Fields, name: string): void {
  const amount = data[name];
  if (typeof amount !== 'number' || !Number.isFinite(amount) || amount < 0) throw malformed(`data.${name}`);
}

function checkInviters(roles: unknown): void {
  const known = Array.isArray(roles) && roles.every((role) => role === 'ADMIN' || role === 'OWNER');
  if (!known || roles.length === 0) throw malformed('data.inviterRoles');
}

function checkEndpoint(url: string): void {
  const once = url.split('{{user_address}}').length === 2;
  if (!once || !/^https?:\/\//.test(url)) throw malformed('data.url');
}

const isWord = (value: unknown): value is string | number => typeof value === 'string' || typeof value === 'number';

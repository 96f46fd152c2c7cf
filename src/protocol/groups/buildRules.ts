import { parseAddress } from '../did.ts';
import type { JsonObject } from '../payload.ts';
import type { Comparison } from './accessRules.ts';
import { parseRules, type GroupRules, type RuleCondition, type RuleTree } from './groupRules.ts';

/** A contract: its address, and the EIP-155 id of its chain. */
export interface ContractPlace {
  readonly chain: number;
  readonly contract: string;
}

export interface Holding extends ContractPlace {
  /** In whole tokens; for ERC-20 it may have a fraction. */
  readonly amount: number;
  /** @default '>=' */
  readonly comparison?: Comparison;
}

const leaf = (type: string, category: string, subcategory: string, data: JsonObject): RuleCondition => ({
  type,
  category,
  subcategory,
  data,
});

const placed = ({ chain, contract }: ContractPlace): string => `eip155:${chain}:${parseAddress(contract)}`;

/**
 * Who holds so many of an ERC-20 token, which has so many decimals.
 * @throws {PushChatError} `InvalidAddress`
 */
export const holdsErc20 = ({
  amount,
  comparison = '>=',
  decimals,
  ...place
}: Holding & { readonly decimals: number }): RuleCondition =>
  leaf('PUSH', 'ERC20', 'holder', { contract: placed(place), amount, decimals, comparison });

/** Who holds so many of an ERC-721 collection. @throws {PushChatError} `InvalidAddress` */
export const holdsErc721 = ({ amount, comparison = '>=', ...place }: Holding): RuleCondition =>
  leaf('PUSH', 'ERC721', 'holder', { contract: placed(place), amount, comparison });

/** Who was invited by an admin, or by who made the group. For coming in only. */
export const isInvitedBy = (...roles: readonly ('ADMIN' | 'OWNER')[]): RuleCondition =>
  leaf('PUSH', 'INVITE', 'DEFAULT', { inviterRoles: [...roles] });

/**
 * Whom another service says yes to: it is asked with the account's address in the place of `{{user_address}}`, and 200
 * is a yes.
 */
export const passesEndpoint = (url: string): RuleCondition => leaf('PUSH', 'CustomEndpoint', 'GET', { url });

/** Who has a role of a guild on guild.xyz, by the role's id or name; `*` for all or any of them. */
export const hasGuildRole = ({
  guild,
  role,
  comparison,
}: {
  readonly guild: string;
  readonly role: string;
  readonly comparison?: 'all' | 'any';
}): RuleCondition => leaf('GUILD', 'ROLES', 'DEFAULT', { id: guild, role, ...(comparison && { comparison }) });

export const anyOf = (...conditions: readonly RuleTree[]): RuleTree => ({ any: conditions });
export const allOf = (...conditions: readonly RuleTree[]): RuleTree => ({ all: conditions });

/**
 * Rules of a group: who may come in, and who may write.
 * @throws {PushChatError} `PayloadMalformed` for conditions that no node takes, `PayloadTooLarge`
 * @example groupRules({ entry: anyOf(isInvitedBy('ADMIN'), holdsErc721({ chain: 1, contract: '0x…', amount: 1 })) })
 */
export const groupRules = ({ entry, chat }: { readonly entry?: RuleTree; readonly chat?: RuleTree }): GroupRules =>
  parseRules({ ...(entry && { entry: { conditions: entry } }), ...(chat && { chat: { conditions: chat } }) });

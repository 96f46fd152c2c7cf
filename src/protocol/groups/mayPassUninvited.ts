import type { RuleTree } from './groupRules.ts';

/**
 * Whether entry conditions can let in somebody whom no admin invited. What asks a chain or another service may; a
 * condition that asks for an invitation never does, so that it needs no node to say who is kept out.
 */
export function mayPassUninvited(conditions: RuleTree): boolean {
  if ('category' in conditions) return conditions.category !== 'INVITE';
  if ('any' in conditions) return conditions.any.some(mayPassUninvited);
  return ('all' in conditions ? conditions.all : conditions).every(mayPassUninvited);
}

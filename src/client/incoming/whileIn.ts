import { inPeriods } from '../../protocol/groups/periods.ts';
import type { GroupId } from '../../protocol/peer.ts';
import { requireAccount, type ClientContext } from '../context.ts';
import { relationOfStanding } from '../reduceGroups.ts';

/** The times of which a group's messages are for this account. */
export interface TimesIn {
  /** Nothing before is, in milliseconds since the epoch. */
  readonly since: number;
  readonly has: (timestamp: number) => boolean;
}

/**
 * When this account was in a group, by the acts that members signed: a node tells it nothing of other times, and a public
 * group's past is not put to a program that has just come in. Where the node shows no acts, its word counts.
 * @param told since when, as the node says, in milliseconds since the epoch
 */
export function timesIn(client: ClientContext, chatId: GroupId, told: number): TimesIn {
  const file = client.groups.get(chatId);
  if (!file || file.membership === 'unchecked') {
    const isIn = file !== undefined && relationOfStanding(file.standing) === 'chat';
    return { since: told, has: (at) => isIn && at >= told };
  }
  const periods = file.roster.periodsOf(requireAccount(client).did);
  return { since: periods[0]?.from ?? Infinity, has: (at) => inPeriods(periods, { at, tolerance: 0 }) };
}

import { sameDid, type Did } from '../did.ts';
import type { Poll } from './poll.ts';

/** A choice that its voter signed. */
export interface CastVote {
  /** Id of the message. */
  readonly id: string;
  /** Names the signed act: a node that stores one twice under two ids makes no second vote of it. */
  readonly digest: string;
  readonly voter: Did;
  /** As its signer says, in milliseconds since the epoch. */
  readonly signedAt: number;
  /** As the node says. */
  readonly storedAt: number;
  /** From 0. */
  readonly option: number;
}

/** Why a vote does not count. */
export type IgnoredReason = 'repeated' | 'not-a-voter' | 'no-such-option' | 'late' | 'superseded';

/** What came out; the same for everybody who has the same votes, in whatever order. */
export interface Tally {
  /** Votes by option. */
  readonly counts: readonly number[];
  /** Those that count, by voter. */
  readonly counted: readonly CastVote[];
  readonly ignored: readonly { readonly id: string; readonly reason: IgnoredReason }[];
}

/**
 * Counts: the last vote of each voter, of those in time. Which one is last is the voter's own word, so that no node can
 * bring an old one up again; late is what either the voter or the node says is.
 */
export function countVotes({ options, closes, voters }: Poll, votes: readonly CastVote[]): Tally {
  const ignored: { id: string; reason: IgnoredReason }[] = [];
  const acts = new Set<string>();
  const last = new Map<Did, CastVote>();
  for (const vote of [...votes].sort(byTime)) {
    const { id, digest, voter, option } = vote;
    const ignore = (reason: IgnoredReason, which = id): void => void ignored.push({ id: which, reason });
    const before = last.get(voter);
    if (acts.has(digest)) ignore('repeated');
    else if (voters && !voters.some((did) => sameDid(did, voter))) ignore('not-a-voter');
    else if (option >= options.length) ignore('no-such-option');
    else if (Math.max(vote.signedAt, vote.storedAt) > closes) ignore('late');
    else {
      if (before) ignore('superseded', before.id);
      last.set(voter, vote);
    }
    acts.add(digest);
  }
  const counted = [...last.values()];
  const counts = options.map((_, option) => counted.filter((vote) => vote.option === option).length);
  return { counts, counted: counted.sort(byVoter), ignored: ignored.sort((a, b) => compare(a.id, b.id)) };
}

const compare = (a: string, b: string): number => (a < b ? -1 : Number(a > b));

/** Signatures tell seconds only; within one, the node's order decides. */
const byTime = (a: CastVote, b: CastVote): number =>
  a.signedAt - b.signedAt || a.storedAt - b.storedAt || compare(a.id, b.id);

const byVoter = (a: CastVote, b: CastVote): number => compare(a.voter, b.voter);

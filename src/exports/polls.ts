/**
 * Polls that anybody can count again.
 * @module push-chat-kit/polls
 */
export { PollCard, type PollCardProps } from '../components/PollCard/PollCard.tsx';
export { usePoll, type PollOptions, type PollView } from '../hooks/polls/usePoll.ts';
export type { RecountState } from '../hooks/polls/useRecount.ts';
export {
  pollContent,
  pollId,
  tallyContent,
  voteContent,
  type Poll,
  type PublishedTally,
  type Vote,
} from '../protocol/polls/poll.ts';
export type { CastVote, IgnoredReason, Tally } from '../protocol/polls/countVotes.ts';
export type { Recount } from '../protocol/polls/recountPoll.ts';

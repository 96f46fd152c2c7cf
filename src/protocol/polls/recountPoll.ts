import { asPushChatError, PushChatError, type ErrorCode } from '../../errors.ts';
import { parseDid, sameDid, type Did } from '../did.ts';
import { verifyProofFile, type ProvenMessage } from '../portableProof.ts';
import { countVotes, type CastVote, type Tally } from './countVotes.ts';
import { pollContent, pollId, voteContent, type Poll } from './poll.ts';

export interface Recount extends Tally {
  readonly id: string;
  readonly poll: Poll;
  /** Who asked. */
  readonly asker: Did;
  /** Proofs that prove nothing, by their place among those given, and why. */
  readonly refused: readonly { readonly index: number; readonly code: ErrorCode }[];
}

/**
 * Counts a poll from portable proofs, without asking anybody: of the question, and of votes. Whoever voted and is not in
 * it adds the proof of their own vote, and counts again.
 * @param proofs texts of proof files: of the question at least once, and of votes, disclosed where they are encrypted
 * @param now signatures may be up to a day younger
 * @param id which poll, where proofs of several are given
 * @throws {PushChatError} `NotFound` where no poll, or more than one, is among the proofs
 */
export async function recountPoll(proofs: readonly string[], now: Date, id?: string): Promise<Recount> {
  const refused: { index: number; code: ErrorCode }[] = [];
  const proven: ProvenMessage[] = [];
  for (const [index, proof] of proofs.entries()) {
    try {
      proven.push(await verifyProofFile(proof, now));
    } catch (error) {
      refused.push({ index, code: asPushChatError(error).code });
    }
  }
  const asked = proven.flatMap(questionOf).filter((question) => id === undefined || question.id === id);
  const [first] = asked;
  if (!first || asked.some((question) => question.id !== first.id)) {
    throw new PushChatError(
      'NotFound',
      'Give the proof of one question; where there are several, say which by its id.',
    );
  }
  const questions = new Set(asked.map(({ cid }) => cid));
  const votes = proven.flatMap((message) => voteOf(message, first, questions));
  return { id: first.id, poll: first.poll, asker: first.asker, ...countVotes(first.poll, votes), refused };
}

interface Question {
  readonly id: string;
  readonly poll: Poll;
  readonly asker: Did;
  readonly cid: string;
}

function questionOf({ content, from, cid }: ProvenMessage): Question[] {
  const poll = content ? pollContent.read(content) : undefined;
  return poll ? [{ id: pollId(from, poll), poll, asker: parseDid(from), cid }] : [];
}

function voteOf(message: ProvenMessage, { id: poll, asker }: Question, questions: ReadonlySet<string>): CastVote[] {
  const { content, from, to, cid, digest, signedAt, storedAt } = message;
  if (!content || !sameDid(to, asker)) return [];
  const vote = voteContent.read(content);
  const option = vote ? (vote.poll === poll ? vote.option : undefined) : numberIn(content, questions);
  return option === undefined ? [] : [{ id: cid, digest, voter: parseDid(from), signedAt, storedAt, option }];
}

/** Whose app knows no polls replies to the question with a number. */
function numberIn(content: NonNullable<ProvenMessage['content']>, questions: ReadonlySet<string>): number | undefined {
  if (content.type !== 'Reply' || content.content.type !== 'Text' || !questions.has(content.reference))
    return undefined;
  const [, digits] = /^\s*(\d{1,2})\.?\s*$/.exec(content.content.content) ?? [];
  return digits === undefined || Number(digits) < 1 ? undefined : Number(digits) - 1;
}

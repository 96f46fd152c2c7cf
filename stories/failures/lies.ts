import { inUser, LIES, type Lie } from '../../src/testing/hostileNode.ts';

/** A lie, what it does, and what a reader of the thread ought to see of it. */
export interface ToldLie {
  readonly lie: Lie;
  readonly does: string;
  readonly shows: string;
}

const HIDDEN = 'Every message hidden, with the reason under “Details”.';
const UNREAD = 'That messages could not be loaded, and a way to try again.';

const WORDS: Readonly<Record<string, readonly [does: string, shows: string]>> = {
  'CR-02': ['Strips proofs and signatures', HIDDEN],
  'CR-11': [
    'Strips the newer proofs alone',
    'Words that the older proof still holds; notices that messages may be missing.',
  ],
  'KI-06': ['Writes the receiver in as sender', HIDDEN],
  'KI-07': ['Swaps sender and receiver', HIDDEN],
  'CH-03': ['Replays messages under new ids', 'Each message once.'],
  'CH-04': ['Changes the time of messages', HIDDEN],
  'CH-05': ['Leaves out every third message', 'All of them: those left out are found by the links to them.'],
  'CH-06': ['Links each message to itself', 'Messages hidden, and a notice that the history was rewritten.'],
  'CH-10': ['Gives messages impossible times', 'Notices that messages may be missing.'],
  'CH-11': ['Breaks the links', 'Messages that do not match their id hidden.'],
  'CH-12': ['Serves the page twice', 'Each message once.'],
  'CH-12 out of order': ['Serves the page backwards', 'The right order.'],
  'PA-01': ['Answers in another shape', UNREAD],
  'PA-05': ['Answers with a web page', UNREAD],
  'NW-01': ['Says that it is overloaded', UNREAD],
  'NW-06 dropped': ['Tells nothing live', 'What Bob writes now, as soon as something is sent after it.'],
  'NW-06 duplicated': ['Tells everything five times', 'What Bob writes now, once.'],
};

/** Those that somebody who reads a thread may notice. */
export const TOLD_LIES: readonly ToldLie[] = LIES.flatMap((lie) => {
  const words = WORDS[lie.name];
  return words ? [{ lie, does: words[0], shows: words[1] }] : [];
});

/** An account’s key without the word of its wallet. */
export const unvouched = (did: string): ToldLie => ({
  lie: { name: 'KI-02', answer: inUser(did, (user) => ({ ...user, verificationProof: '' })) },
  does: 'Hides that Bob’s wallet vouches for his key',
  shows: 'Bob’s messages as signed only, and no way to write to him.',
});

import { asPushChatError, PushChatError } from '../../errors.ts';
import type { Peer } from './peer.ts';

export interface Pace {
  /** Waits for some milliseconds, or until the signal is aborted; never rejects. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Hears why a peer could not be read, once until it can be again. */
  readonly warn: (error: PushChatError) => void;
}

/** Between two looks at a peer that has nothing new and does not say that it has. */
const IDLE_MS = 500;
/** Longest time between two tries of a peer that does not answer. */
const LONGEST_WAIT_MS = 5_000;
/** A peer that takes longer to answer does not. */
const ANSWER_MS = 10_000;

/**
 * Keeps reading the journals of other nodes, each at its own pace: at once where there is more or a hint of it, soon
 * where there is not, and ever less often where a peer fails. Gives hints to the same nodes.
 * @param also is kept going in the same way
 * @param news has events `hinted`, by another node, and `grown`, of this node's journal
 * @returns stops; resolves when what is under way is finished
 */
export function follow(
  peers: readonly Peer[],
  news: EventTarget,
  pace: Pace,
  also: readonly Pull[] = [],
): () => Promise<void> {
  const over = new AbortController();
  for (const peer of peers) giveHints(peer, news, pace, over.signal);
  const pulls = [...peers.map(({ pull }) => pull), ...also];
  const following = pulls.map((pull) => keepPulling(pull, news, pace, over.signal));
  return async () => {
    over.abort();
    await Promise.all(following);
  };
}

/** Does the next part of some work. @returns whether there is more */
export type Pull = (signal?: AbortSignal) => Promise<boolean>;

async function keepPulling(pull: Pull, news: EventTarget, pace: Pace, over: AbortSignal): Promise<void> {
  const { wait, random, warn } = pace;
  const isOver = (): boolean => over.aborted;
  let hinted = new AbortController();
  const wake = (): void => hinted.abort();
  news.addEventListener('hinted', wake, { signal: over });
  over.addEventListener('abort', wake);
  for (let failures = 0; !isOver();) {
    // What was hinted at from here on may be missing in what is read now.
    hinted = new AbortController();
    try {
      const more = await inTime(pull, pace, over);
      failures = 0;
      if (!more && !isOver()) await wait(spread(IDLE_MS, random), hinted.signal);
    } catch (error) {
      if (!isOver() && failures === 0) warn(asPushChatError(error));
      failures += 1;
      if (!isOver()) await wait(spread(Math.min(LONGEST_WAIT_MS, IDLE_MS * 2 ** failures), random), over);
    }
  }
}

/** Gives work up, even where nobody hears that it was aborted: a node must not wait for another for ever. */
async function inTime<Result>(
  work: (signal: AbortSignal) => Promise<Result>,
  { wait }: Pace,
  over: AbortSignal,
): Promise<Result> {
  const end = new AbortController();
  const stop = (): void => end.abort();
  over.addEventListener('abort', stop);
  const late = wait(ANSWER_MS, end.signal).then(() => {
    throw new PushChatError('NetworkTimeout', 'A peer did not answer in time.');
  });
  try {
    return await Promise.race([work(end.signal), late]);
  } finally {
    over.removeEventListener('abort', stop);
    stop();
  }
}

/** Nodes that failed together must not all come back at one moment. */
const spread = (ms: number, random: () => number): number => ms * (0.5 + random());

/** One hint at a time; what happens meanwhile is one more. */
function giveHints(peer: Peer, news: EventTarget, pace: Pace, over: AbortSignal): void {
  let waiting = 0;
  const give = async (): Promise<void> => {
    waiting += 1;
    if (waiting > 1) return;
    await inTime(peer.hint, pace, over).catch(() => undefined);
    const again = waiting > 1 && !over.aborted;
    waiting = 0;
    if (again) await give();
  };
  news.addEventListener('grown', () => void give(), { signal: over });
}

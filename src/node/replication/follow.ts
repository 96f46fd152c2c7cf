import { asPushChatError, type PushChatError } from '../../errors.ts';
import type { Peer } from './peer.ts';

export interface Pace {
  /** Waits for some milliseconds, or until the signal is aborted. */
  readonly wait: (ms: number, signal: AbortSignal) => Promise<void>;
  /** From 0 to 1. */
  readonly random: () => number;
  /** Hears why a peer could not be read. */
  readonly warn: (error: PushChatError) => void;
}

/** Between two looks at a peer that has nothing new. */
const IDLE_MS = 500;
/** Longest time between two tries of a peer that does not answer. */
const LONGEST_WAIT_MS = 5_000;
/** A peer that takes longer to answer does not. */
const ANSWER_MS = 30_000;

/**
 * Keeps reading the journals of other nodes, each at its own pace: at once where there is more, soon where there is
 * not, and ever less often where a peer fails.
 * @returns stops; resolves when what is under way is finished
 */
export function follow(peers: readonly Peer[], pace: Pace): () => Promise<void> {
  const over = new AbortController();
  const following = peers.map((peer) => followOne(peer, pace, over.signal));
  return async () => {
    over.abort();
    await Promise.all(following);
  };
}

async function followOne(peer: Peer, { wait, random, warn }: Pace, over: AbortSignal): Promise<void> {
  let failures = 0;
  while (!over.aborted) {
    const pause = await peer.pull(AbortSignal.any([over, AbortSignal.timeout(ANSWER_MS)])).then(
      (more) => {
        failures = 0;
        return more ? 0 : IDLE_MS;
      },
      (error: unknown) => {
        if (!over.aborted && failures === 0) warn(asPushChatError(error));
        failures += 1;
        return Math.min(LONGEST_WAIT_MS, IDLE_MS * 2 ** failures);
      },
    );
    // Nodes that failed together must not all come back at one moment.
    if (pause > 0) await wait(pause * (0.5 + random()), over);
  }
}

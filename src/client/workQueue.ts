import { PushChatError } from '../errors.ts';
import type { Peer } from '../protocol/peer.ts';

/** What somebody waits for most comes first: what is live, then the rows on the screen, the lists, and the rest. */
const URGENCIES = ['live', 'screen', 'list', 'rest'] as const;

export type Urgency = (typeof URGENCIES)[number];

export interface Work {
  readonly urgency: Urgency;
  /** In whose thread: threads of one urgency take turns, so that a flood in one delays no other (security RX-03). */
  readonly peer: Peer;
}

/** Work that takes private keys, in the order in which it is wanted. */
export interface WorkQueue {
  readonly run: <Result>(work: Work, task: () => Promise<Result>) => Promise<Result>;
  /** Nobody looks at the thread with a peer any more: what waits for that rejects with `Aborted`. */
  readonly leave: (peer: Peer) => void;
}

interface Job {
  readonly start: () => Promise<void>;
  readonly abort: () => void;
}

/** @param width how many tasks may run at once */
export function createWorkQueue(width: () => number): WorkQueue {
  const waiting = new Map<Urgency, Map<Peer, Job[]>>(URGENCIES.map((urgency) => [urgency, new Map<Peer, Job[]>()]));
  let running = 0;

  const next = (): Job | undefined => {
    for (const threads of waiting.values()) {
      const [first] = threads;
      if (!first) continue;
      const [peer, jobs] = first;
      const job = jobs.shift();
      threads.delete(peer);
      // Behind all others.
      if (jobs.length > 0) threads.set(peer, jobs);
      return job;
    }
    return undefined;
  };

  const work = (): void => {
    while (running < width()) {
      const job = next();
      if (!job) return;
      running += 1;
      void job.start().finally(() => {
        running -= 1;
        work();
      });
    }
  };

  return {
    run: ({ urgency, peer }, task) =>
      new Promise((resolve, reject) => {
        const threads = waiting.get(urgency);
        const jobs = threads?.get(peer) ?? [];
        threads?.set(peer, jobs);
        jobs.push({
          start: () => task().then(resolve, reject),
          abort: () => reject(new PushChatError('Aborted', 'Nobody looks at this chat any more.')),
        });
        work();
      }),
    leave: (peer) => {
      for (const urgency of ['screen', 'rest'] as const) {
        for (const { abort } of waiting.get(urgency)?.get(peer) ?? []) abort();
        waiting.get(urgency)?.delete(peer);
      }
    },
  };
}

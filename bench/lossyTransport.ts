import type { Transport } from '../src/client/transport.ts';
import { PushChatError } from '../src/errors.ts';

/** A number from 0 to 1, the same sequence for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/** How often each thing goes wrong: the node takes a message and its answer is lost; events come twice, late or never. */
const LOST_ANSWER = 0.05;
const LOST_EVENT = 0.1;
const DOUBLED_EVENT = 0.1;
const LATE_EVENT = 0.2;
const LATE_MS = 400;

/** The way to a node as the worst network makes it, while `isBad`. */
export function lossyTransport(through: Transport, random: () => number, isBad: () => boolean): Transport {
  const happens = (share: number): boolean => isBad() && random() < share;
  return {
    ...through,
    request: async (...call) => {
      const answer = await through.request(...call);
      if (happens(LOST_ANSWER)) throw new PushChatError('NetworkUnavailable', 'The answer was lost on its way.');
      return answer;
    },
    subscribe: (did, listener, ...rest) =>
      through.subscribe(
        did,
        {
          ...listener,
          event: (payload) => {
            if (happens(LOST_EVENT)) return;
            if (happens(DOUBLED_EVENT)) listener.event(payload);
            if (happens(LATE_EVENT)) setTimeout(() => listener.event(payload), random() * LATE_MS);
            else listener.event(payload);
          },
        },
        ...rest,
      ),
  };
}

import { useEffect, useState } from 'react';
import { asPushChatError, type PushChatError } from '../../errors.ts';
import type { PublishedTally } from '../../protocol/polls/poll.ts';
import type { Recount } from '../../protocol/polls/recountPoll.ts';

/** How counting again stands. */
export type RecountState =
  | { readonly status: 'none' }
  | { readonly status: 'counting' }
  | {
      readonly status: 'counted';
      readonly recount: Recount;
      /** Whether it is what was published; undefined where nothing was. */
      readonly agrees: boolean | undefined;
    }
  | { readonly status: 'failed'; readonly error: PushChatError };

type Counted = Extract<RecountState, { status: 'failed' }> | { readonly status: 'counted'; readonly recount: Recount };

/** Counts a poll from its proofs, with code that is loaded for it. */
export function useRecount(
  proofs: readonly string[] | undefined,
  id: string | undefined,
  published: PublishedTally | undefined,
): RecountState {
  const [counted, setCounted] = useState<{ readonly proofs: readonly string[]; readonly result: Counted }>();
  useEffect(() => {
    if (!proofs || id === undefined) return undefined;
    let isWanted = true;
    const count = async (): Promise<Counted> => {
      try {
        const { recountPoll } = await import('../../protocol/polls/recountPoll.ts');
        return { status: 'counted', recount: await recountPoll(proofs, new Date(), id) };
      } catch (error) {
        return { status: 'failed', error: asPushChatError(error) };
      }
    };
    void count().then((result) => {
      if (isWanted) setCounted({ proofs, result });
    });
    return () => {
      isWanted = false;
    };
  }, [proofs, id]);

  if (!proofs || id === undefined) return { status: 'none' };
  if (counted?.proofs !== proofs) return { status: 'counting' };
  const { result } = counted;
  if (result.status === 'failed') return result;
  const agrees = published?.counts.every((count, option) => count === result.recount.counts[option]);
  return { ...result, agrees };
}

import { useCallback, useMemo } from 'react';
import type { ThreadItem } from '../../client/state.ts';
import { PushChatError } from '../../errors.ts';
import { sameDid, type Did } from '../../protocol/did.ts';
import type { ContentType } from '../../protocol/defineContent.ts';
import {
  pollContent,
  pollId,
  tallyContent,
  voteContent,
  type Poll,
  type PublishedTally,
} from '../../protocol/polls/poll.ts';
import { useAction, type ActionState } from '../useAction.ts';
import { usePeer } from '../usePeer.ts';
import { useNow } from '../useNow.ts';
import { usePushChat } from '../usePushChat.ts';
import { useStore } from '../useStore.ts';
import { useRecount, type RecountState } from './useRecount.ts';

export interface PollOptions {
  /** The account whose chat the question stands in. */
  readonly peer: string;
  /** The message that asks. */
  readonly item: ThreadItem;
  /** Texts of proof files, where whoever asked published them: they are counted again here. */
  readonly proofs?: readonly string[] | undefined;
}

export interface PollView {
  /** Undefined where the message asks nothing. */
  readonly poll: Poll | undefined;
  readonly isOpen: boolean;
  /** Whether this user may vote now: was asked, by a message that passed its checks, and it is open. */
  readonly mayVote: boolean;
  /** What this user chose last; undefined for nothing. */
  readonly choice: number | undefined;
  /** Votes, or votes again: the last vote counts. Never rejects; `voting` says how it went. */
  readonly vote: (option: number) => Promise<string | undefined>;
  readonly voting: ActionState<[option: number]>;
  /** What whoever asked says came out. */
  readonly published: PublishedTally | undefined;
  /** What the proofs say. */
  readonly recount: RecountState;
}

/**
 * A poll in a chat: its question, this user's vote, what came out, and whether the signed votes say the same.
 * @example const { poll, vote, choice } = usePoll({ peer, item });
 */
export function usePoll({ peer, item, proofs }: PollOptions): PollView {
  const client = usePushChat();
  const session = useStore((state) => state.session);
  const now = useNow();
  const me = 'did' in session ? session.did : undefined;
  const other = usePeer(peer);
  const asker = item.from === 'me' ? me : other;
  const poll = useMemo(() => readItem(item, pollContent), [item]);
  const id = useMemo(() => (poll && asker !== undefined ? pollId(asker, poll) : undefined), [poll, asker]);
  const items = useStore((state) => other && state.threads[other]?.items);
  const choice = useMemo(() => lastOf(items, 'me', voteContent, (vote) => vote.poll === id)?.option, [items, id]);
  const published = useMemo(
    () => lastOf(items, item.from, tallyContent, (tally) => tally.poll === id),
    [items, item.from, id],
  );
  const recount = useRecount(proofs, id, published);
  const isOpen = poll !== undefined && now < poll.closes && published === undefined;
  const isAsked = item.from === 'peer' && item.state === 'verified' && maySay(poll, me);

  const send = useCallback(
    async (option: number) => {
      const chosen = poll?.options[option];
      if (!other || chosen === undefined || id === undefined)
        throw new PushChatError('NotFound', 'There is no such option.');
      return client.sendMessage(other, voteContent.create({ poll: id, option, choice: chosen }));
    },
    [client, other, poll, id],
  );
  const [voting, vote] = useAction(send);
  const mayVote = isOpen && isAsked && session.status === 'ready';
  return { poll, isOpen, mayVote, choice, vote, voting, published, recount };
}

const maySay = (poll: Poll | undefined, me: Did | undefined): boolean =>
  poll !== undefined && me !== undefined && (poll.voters?.some((did) => sameDid(did, me)) ?? true);

/** What a message that passed its checks, or that is on its way, says in a type. */
function readItem<Value>(item: ThreadItem, type: ContentType<Value>): Value | undefined {
  return 'content' in item && item.state !== 'failed' ? type.read(item.content) : undefined;
}

function lastOf<Value>(
  items: readonly ThreadItem[] | undefined,
  from: ThreadItem['from'],
  type: ContentType<Value>,
  fits: (value: Value) => boolean,
): Value | undefined {
  for (const item of items?.toReversed() ?? []) {
    const value = item.from === from ? readItem(item, type) : undefined;
    if (value !== undefined && fits(value)) return value;
  }
  return undefined;
}

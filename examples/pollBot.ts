import {
  parseDid,
  pollContent,
  pollId,
  recountPoll,
  tallyContent,
  voteContent,
  type Poll,
  type PushChatClient,
  type Recount,
} from 'push-chat-kit/core';

/** A poll whose voters are named. */
export type VotersPoll = Poll & Required<Pick<Poll, 'voters'>>;

/** Asks each voter; again and again, as often as you like. @returns the id of the poll */
export async function openPoll(chat: PushChatClient, poll: VotersPoll): Promise<string> {
  const id = pollId(me(chat), poll);
  for (const voter of poll.voters) await chat.sendMessage(voter, pollContent.create(poll), { once: `poll ${id}` });
  return id;
}

/** Tells voters that their votes arrived. @returns how to stop */
export const confirmVotes = (chat: PushChatClient): (() => void) =>
  chat.on({ content: voteContent }, (message) => message.react('👍'), { name: 'votes' });

/**
 * Counts, and tells each voter what came out.
 * @returns the count, and the proofs by which anybody can count again: publish them, such as beside the question
 */
export async function closePoll(
  chat: PushChatClient,
  poll: VotersPoll,
  now: Date,
): Promise<{ readonly recount: Recount; readonly proofs: readonly string[] }> {
  const id = pollId(me(chat), poll);
  const proofs: string[] = [];
  for (const voter of poll.voters) {
    for (const message of await since(chat, voter, id)) {
      proofs.push(JSON.stringify(await chat.exportProof(message, { disclose: true })));
    }
  }
  const recount = await recountPoll(proofs, now, id);
  const { question, options } = poll;
  const result = tallyContent.create({ poll: id, question, options, counts: recount.counts });
  for (const voter of poll.voters) await chat.sendMessage(voter, result, { once: `tally ${id}` });
  return { recount, proofs };
}

/** The question in a voter's chat, and what may be votes after it: nothing else is anybody's business. */
async function since(chat: PushChatClient, voter: string, id: string): Promise<readonly string[]> {
  await chat.openThread(voter);
  const asker = me(chat);
  for (;;) {
    const thread = chat.store.get().threads[parseDid(voter)];
    const items = thread?.items.flatMap((item) => ('content' in item ? [item] : [])) ?? [];
    const at = items.findIndex(({ from, content }) => {
      const asked = from === 'me' ? pollContent.read(content) : undefined;
      return asked !== undefined && pollId(asker, asked) === id;
    });
    const question = items[at];
    if (question) {
      const votes = items.slice(at + 1).filter(({ from, content }) => {
        const isNumber = content.type === 'Reply' && content.reference === question.id;
        return from === 'peer' && (isNumber || voteContent.read(content)?.poll === id);
      });
      return [question, ...votes].map((item) => item.id);
    }
    if (thread?.older == null) return [];
    await chat.loadOlder(voter);
  }
}

/** Of an unlocked chat. */
function me({ store }: PushChatClient): string {
  const { session } = store.get();
  return 'did' in session ? session.did : '';
}

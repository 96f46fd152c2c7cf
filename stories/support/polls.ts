import type { TestUser, TestWorld } from '../../src/testing/testWorld.ts';
import { until } from '../../src/testing/until.ts';
import { pollContent, pollId, tallyContent, voteContent, type Poll } from '../../src/protocol/polls/poll.ts';

/** A voter who was asked, and whoever asked. */
export interface PollCast {
  readonly voter: TestUser;
  readonly asker: TestUser;
  /** Texts of proof files: of the question and all votes. */
  readonly proofs: readonly string[];
}

export interface PollScene {
  /** Milliseconds from now. @default a day */
  readonly closesIn?: number;
  /** What the voters choose, from 0; the first is the one whose page is shown. @default nobody votes */
  readonly votes?: readonly number[];
  /** What the asker says came out. */
  readonly published?: readonly number[];
}

export const OPTIONS = ['Ship on Friday', 'Wait until Monday', 'Ask again next month'];
const DAY_MS = 24 * 60 * 60 * 1000;

/** Asks, votes and publishes, with real keys and signatures. */
export const pollScene =
  ({ closesIn = DAY_MS, votes = [], published }: PollScene = {}) =>
  async (world: TestWorld): Promise<PollCast> => {
    const join = (name: string): Promise<TestUser> => world.join(name, { keyType: 'curve25519' });
    const asker = await join('Treasury');
    const names = ['Ann', 'Ben', 'Cem', 'Dua', 'Eli'].slice(0, Math.max(1, votes.length));
    const voters = await Promise.all(names.map(join));
    const poll: Poll = {
      question: 'When do we ship version 2?',
      options: OPTIONS,
      closes: Date.now() + closesIn,
      voters: voters.map(({ did }) => did),
      nonce: 'version 2',
    };
    const id = pollId(asker.did, poll);
    const messages: string[] = [];
    for (const [index, voter] of voters.entries()) {
      messages.push(await asker.client.sendMessage(voter.did, pollContent.create(poll)));
      const option = votes[index];
      if (option === undefined) continue;
      const choice = OPTIONS[option] ?? '';
      messages.push(await voter.client.sendMessage(asker.did, voteContent.create({ poll: id, option, choice })));
    }
    const proofs = await Promise.all(messages.map((message) => asker.client.exportProof(message, { disclose: true })));
    const [voter] = voters;
    if (!voter) throw new RangeError('nobody was asked');
    if (published) {
      const { question, options } = poll;
      const tally = tallyContent.create({ poll: id, question, options, counts: published });
      await asker.client.sendMessage(voter.did, tally);
    }
    await until(voter.client, ({ requests, chats }) => requests.items[0] ?? chats.items[0]);
    return { voter, asker, proofs: proofs.map((proof) => JSON.stringify(proof)) };
  };

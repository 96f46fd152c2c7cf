import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { createPushNode } from '../../src/node/createPushNode.ts';
import type { Did } from '../../src/protocol/did.ts';
import type { MessageContent } from '../../src/protocol/messageContent.ts';
import { pollContent, pollId, voteContent, type Poll } from '../../src/protocol/polls/poll.ts';
import { recountPoll } from '../../src/protocol/polls/recountPoll.ts';
import type { PortableProof } from '../../src/protocol/portableProof.ts';
import { renamed } from '../../src/testing/hostileNode.ts';
import { createTestWorld, type TestUser, type TestWorld } from '../../src/testing/testWorld.ts';
import { until } from '../support/until.ts';

const OPTIONS = ['Yes', 'No', 'Later'];

/** A real vote, and what the test knows of it. */
interface Cast {
  readonly proof: PortableProof;
  readonly voter: Did;
  readonly option: number;
  readonly at: number;
  readonly counts: boolean;
}

let world: TestWorld;
let asker: TestUser;
let clock = Date.now() - 3_600_000;
let poll: Poll;
let id: string;
let question: PortableProof;
const cast: Cast[] = [];

const now = (): number => clock;
const LATER = new Date(Date.now() + 60_000);

beforeAll(async () => {
  world = createTestWorld({ node: createPushNode({ now }) });
  const join = (name: string): Promise<TestUser> => world.join(name, { now });
  const [ann, ben, cem, eve] = [await join('Ann'), await join('Ben'), await join('Cem'), await join('Eve')];
  asker = await join('Asker');
  poll = {
    question: 'Ship it?',
    options: OPTIONS,
    closes: clock + 100_000,
    voters: [ann.did, ben.did, cem.did],
    nonce: 'a',
  };
  id = pollId(asker.did, poll);
  const asked = new Map<Did, string>();
  for (const { did } of [ann, ben, cem, eve]) {
    asked.set(did, await asker.client.sendMessage(did, pollContent.create(poll)));
  }
  question = await asker.client.exportProof(asked.get(ann.did) ?? '', { disclose: true });

  const vote = async (by: TestUser, option: number, content?: MessageContent, counts = true): Promise<void> => {
    clock += 2_000;
    const said = content ?? voteContent.create({ poll: id, option, choice: OPTIONS[option] ?? 'Never' });
    const cid = await by.client.sendMessage(asker.did, said);
    cast.push({
      proof: await asker.client.exportProof(cid, { disclose: true }),
      voter: by.did,
      option,
      at: clock,
      counts,
    });
  };
  await vote(ann, 0);
  await vote(ben, 1);
  await vote(cem, 2);
  await vote(ann, 1);
  await vote(eve, 0, undefined, false);
  await vote(ben, 7, undefined, false);
  const words = { type: 'Text', content: ' 1. ' } as const;
  const reference = asked.get(cem.did) ?? '';
  question = await asker.client.exportProof(reference, { disclose: true });
  await vote(cem, 0, { type: 'Reply', content: words, reference });
  await vote(ann, 0, voteContent.create({ poll: id.replaceAll(/[0-9]/g, '0'), option: 0, choice: 'Yes' }), false);
  await vote(ben, 0, { type: 'Text', content: '1' }, false);
  clock = poll.closes;
  await vote(ann, 2, undefined, false);
}, 60_000);
afterAll(() => {
  world.close();
});

const recount = (proofs: readonly unknown[]): ReturnType<typeof recountPoll> =>
  recountPoll(
    proofs.map((proof) => JSON.stringify(proof)),
    LATER,
  );

/** What comes out, worked out another way: for each voter, the newest of theirs that may count. */
function model(votes: readonly Cast[]): number[] {
  const counts = OPTIONS.map(() => 0);
  for (const voter of new Set(votes.map((vote) => vote.voter))) {
    const theirs = votes.filter((vote) => vote.voter === voter && vote.counts);
    const newest = theirs.find(({ at }) => at === Math.max(...theirs.map((vote) => vote.at)));
    if (newest) counts[newest.option] = (counts[newest.option] ?? 0) + 1;
  }
  return counts;
}

describe('a poll', () => {
  it('counts the last vote of each voter in time, by a button or by a number, and says why others do not count', async () => {
    const { counts, counted, ignored, refused, ...rest } = await recount([question, ...cast.map(({ proof }) => proof)]);
    expect(rest).toMatchObject({ id, asker: asker.did, poll: { question: 'Ship it?' } });
    // Ann went from yes to no, Ben said no, Cem went from later to yes.
    expect(counts).toEqual([1, 2, 0]);
    expect(counts).toEqual(model(cast));
    expect(counted).toHaveLength(3);
    expect(ignored.map(({ reason }) => reason).sort()).toEqual([
      'late',
      'no-such-option',
      'not-a-voter',
      'superseded',
      'superseded',
    ]);
    expect(refused).toEqual([]);
  });

  it('property: whatever is left out, doubled, replayed, forged, and in whatever order, everybody counts the same', async () => {
    const forge = ({ proof }: Cast): PortableProof => ({
      ...proof,
      message: { ...proof.message, encryptedSecret: `${proof.message.encryptedSecret ?? ''}x` },
    });
    /** Another voter's disclosure, and another time: both would change what a vote says. */
    const undisclosed = ({ proof }: Cast): PortableProof => ({ ...proof, disclosure: cast[1]?.proof.disclosure ?? '' });
    const replay = ({ proof }: Cast): unknown => {
      const { cid, ...message } = renamed({
        ...proof.message,
        timestamp: proof.message.timestamp + 1,
      });
      return { ...proof, message: { ...message, cid } };
    };
    const some = fc.subarray([...cast.keys()], { minLength: 0 });
    await fc.assert(
      fc.asyncProperty(
        some,
        some,
        some,
        some,
        fc.infiniteStream(fc.nat()),
        async (kept, again, forged, stolen, noise) => {
          const votes = kept.flatMap((index) => cast[index] ?? []);
          const pick = (indexes: readonly number[]): Cast[] => indexes.flatMap((index) => cast[index] ?? []);
          const replayed = pick(again).filter((vote) => votes.includes(vote));
          const wrong = [
            ...pick(forged).map(forge),
            ...pick(stolen)
              .filter((vote) => vote !== cast[1])
              .map(undisclosed),
          ];
          const proofs = [question, question, ...votes.map(({ proof }) => proof), ...replayed.map(replay), ...wrong]
            .map((proof) => ({ proof, at: noise.next().value as number }))
            .sort((a, b) => a.at - b.at)
            .map(({ proof }) => proof);
          const { counts, refused, ignored } = await recount(proofs);
          expect(counts).toEqual(model(votes));
          expect(refused).toHaveLength(wrong.length);
          expect(ignored.filter(({ reason }) => reason === 'repeated').length).toBeLessThanOrEqual(replayed.length);
        },
      ),
      { numRuns: 25 },
    );
  }, 120_000);

  it('is not counted without its question, nor where two are given and none is named', async () => {
    await expect(recount(cast.map(({ proof }) => proof))).rejects.toMatchObject({ code: 'NotFound' });
    const [voter] = poll.voters ?? [];
    const other = await asker.client.sendMessage(voter ?? '', pollContent.create({ ...poll, nonce: 'b' }));
    const both = [question, await asker.client.exportProof(other, { disclose: true })];
    await expect(recount(both)).rejects.toMatchObject({ code: 'NotFound' });
    expect(
      await recountPoll(
        both.map((proof) => JSON.stringify(proof)),
        LATER,
        id,
      ),
    ).toMatchObject({ id, counts: [0, 0, 0] });
  });

  it('nobody can put a question of theirs under another one’s name, or change it for some', () => {
    expect(pollId(world.wallet('Ann').address, poll)).not.toBe(id);
    expect(pollId(asker.did, { ...poll, closes: poll.closes + 1 })).not.toBe(id);
    expect(pollId(asker.did.toLowerCase(), poll)).toBe(id);
  });

  it('a vote that was not disclosed stays between its two, and does not count', async () => {
    const sealed = cast.map(({ proof: { disclosure: _, ...proof } }) => proof);
    expect((await recount([question, ...sealed])).counts).toEqual([0, 0, 0]);
    await until(asker.client, ({ session }) => session.status === 'ready');
  });
});

import fc from 'fast-check';
import { beforeEach, describe, expect, it } from 'vitest';
import { createCommit } from '../../../src/node/commit.ts';
import type { NodeContext } from '../../../src/node/context.ts';
import { createDelivery } from '../../../src/node/delivery.ts';
import { GROUP_VERBS } from '../../../src/node/groups/groupVerbs.ts';
import { groupFeed, groupWithMembers } from '../../../src/node/groups/readGroups.ts';
import { historyOf } from '../../../src/node/readChats.ts';
import { createUser } from '../../../src/node/saveUser.ts';
import { createMemoryStore } from '../../../src/node/store/memoryStore.ts';
import { requireGroup } from '../../../src/node/tables/groups.ts';
import { journalAfter, type JournalEntry } from '../../../src/node/tables/journal.ts';
import { newestOf } from '../../../src/node/tables/messages.ts';
import { parseDid } from '../../../src/protocol/did.ts';
import { didOf, NOW } from '../../support/builders.ts';
import { vectorUser } from '../../support/vectors.ts';
import { createGroupWorld, type GroupWorld } from './groupWorld.ts';

const NAMES = ['alice', 'bob', 'carol', 'dave'];
const VERBS = new Map(GROUP_VERBS);
const fails = (error: unknown): void => {
  throw error;
};

interface Place {
  readonly node: NodeContext;
  readonly clock: { time: number };
}

async function newNode(): Promise<Place> {
  const clock = { time: NOW.getTime() };
  const store = createMemoryStore();
  const now = (): number => clock.time;
  const commit = createCommit({ store, delivery: createDelivery(fails), now }, fails);
  const open = { check: () => Promise.resolve({ access: true as const }) };
  const node: NodeContext = { store, commit, now, chains: new Map(), rules: { entry: open, chat: open }, warn: fails };
  for (const name of NAMES) await createUser(node, vectorUser(name).creation);
  return { node, clock };
}

const journalOf = async ({ node }: Place): Promise<JournalEntry[]> =>
  (await node.store.read((rows) => journalAfter(rows, 0, 1_000))).filter(({ verb }) => VERBS.has(verb));

/** Hands a node the acts in the given order, and again those that it could not take yet. */
async function receive({ node }: Place, entries: readonly JournalEntry[]): Promise<void> {
  let left = entries;
  for (let before = Infinity; left.length > 0 && left.length < before;) {
    before = left.length;
    const again: JournalEntry[] = [];
    for (const entry of left) {
      const { verb, at, cid, link } = entry;
      const arrival = { at, ...(cid !== undefined && { cid }), ...(link !== undefined && { link }) };
      await VERBS.get(verb)?.(node, entry, arrival).catch(() => again.push(entry));
    }
    left = again;
  }
  expect(left).toEqual([]);
}

/** Everything that readers see of a group. */
async function seen({ node }: Place, chatId: string): Promise<unknown> {
  return node.store.read(async (rows) => {
    const group = await requireGroup(rows, chatId);
    const head = await newestOf(rows, chatId);
    const feeds = [];
    for (const name of NAMES) feeds.push(await groupFeed(rows, chatId, parseDid(didOf(name))));
    const history = head === undefined ? [] : await historyOf(rows, head, 30, fails);
    return { group, withMembers: await groupWithMembers(rows, group), feeds, history };
  });
}

const wordsIn = async (place: Place, chatId: string): Promise<string[]> => {
  const { history } = (await seen(place, chatId)) as { history: { messageContent: string }[] };
  return history.map(({ messageContent }) => messageContent).reverse();
};

let signer: GroupWorld;
let left: Place;
let right: Place;
let chatId: string;

/** Does an act at one node, a second after what it did before. */
async function act(place: Place, verb: string, body: object): Promise<unknown> {
  place.clock.time += 1_000;
  const entry = { verb, body: body as never, target: chatId, at: 0 };
  return VERBS.get(verb)?.(place.node, entry, undefined as never);
}

describe('a group on several nodes', () => {
  beforeEach(async () => {
    signer = createGroupWorld();
    [left, right] = [await newNode(), await newNode()];
    const creation = await signer.creation('alice', { members: ['carol'], admins: ['bob'] });
    chatId = ((await act(left, 'group', creation)) as { chatId: string }).chatId;
    await act(left, 'groupAccept', await signer.yes('bob', chatId));
    await receive(right, await journalOf(left));
  });

  it('is the same everywhere after each took acts of its own, in whatever order they come together', async () => {
    right.clock.time = left.clock.time + 500;
    await act(left, 'groupMessage', await signer.message('bob', chatId, { words: 'before' }));
    await act(left, 'groupMembers', await signer.membersUpdate('alice', { remove: ['bob'] }));
    await act(left, 'groupProfile', await signer.profileUpdate('alice', { groupName: 'Without bob' }));
    await act(right, 'groupMessage', await signer.message('bob', chatId, { words: 'also before' }));
    await act(right, 'groupMembers', await signer.membersUpdate('bob', { members: ['dave'] }));
    await act(right, 'groupAccept', await signer.yes('carol', chatId));
    await act(right, 'groupMessage', await signer.message('bob', chatId, { words: 'after' }));
    await act(right, 'groupMessage', await signer.message('carol', chatId, { words: 'still here' }));

    const entries = [...(await journalOf(left)), ...(await journalOf(right))];
    await receive(left, await journalOf(right));
    await receive(right, entries);
    const expected = await seen(left, chatId);
    expect(await seen(right, chatId)).toEqual(expected);
    expect(await wordsIn(left, chatId)).toEqual(['before', 'also before', 'still here']);
    expect(expected).toMatchObject({ group: { profile: { groupName: 'Without bob' }, size: 2, approved: 2 } });

    await fc.assert(
      fc.asyncProperty(fc.shuffledSubarray(entries, { minLength: entries.length }), async (order) => {
        const third = await newNode();
        await receive(third, order);
        await receive(third, order);
        expect(await seen(third, chatId)).toEqual(expected);
      }),
      { numRuns: 12 },
    );
  });

  it('brings back what a removal took, when it turns out that the remover had been removed before', async () => {
    right.clock.time = left.clock.time + 5_000;
    await act(right, 'groupMembers', await signer.membersUpdate('bob', { remove: ['carol'] }));
    await act(left, 'groupMembers', await signer.membersUpdate('alice', { remove: ['bob'] }));
    await receive(right, await journalOf(left));
    await receive(left, await journalOf(right));
    expect(await seen(right, chatId)).toEqual(await seen(left, chatId));
    expect(await seen(left, chatId)).toMatchObject({ withMembers: { pendingMembers: [{ wallet: didOf('carol') }] } });
  });

  it('has one group, one act and one message of what was posted to two nodes', async () => {
    const body = await signer.message('bob', chatId, { words: 'twice' });
    const invitation = await signer.membersUpdate('alice', { members: ['dave'] });
    for (const place of [left, right]) {
      await act(place, 'groupMessage', body);
      await act(place, 'groupMembers', invitation);
    }
    const [ofLeft, ofRight] = [await journalOf(left), await journalOf(right)];
    await receive(left, ofRight);
    await receive(right, ofLeft);
    expect(await seen(right, chatId)).toEqual(await seen(left, chatId));
    expect(await wordsIn(right, chatId)).toEqual(['twice']);
  });
});

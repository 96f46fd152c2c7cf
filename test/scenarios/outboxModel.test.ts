import fc from 'fast-check';
import { expect, it } from 'vitest';
import type { ChatState } from '../../src/client/state.ts';
import { createTestWorld, type TestWorld, type TestUser } from '../../src/testing/testWorld.ts';
import { deviceIn, type DevicePage } from '../support/device.ts';
import { itemsOf, text, textsOf, until } from '../support/until.ts';
import { parseDid } from '../../src/protocol/did.ts';

/** How many stories are told; a long run tells more: `MODEL_RUNS=200`. */
const RUNS = Number(process.env['MODEL_RUNS'] ?? 8);

/** What must come of it all. */
interface Model {
  /** Words that alice wrote and did not take back, by the tab she wrote them in. */
  readonly written: string[];
  /** Words that she took back; a node may have had them by then. */
  readonly tookBack: string[];
  /** Words of bob's. */
  readonly heard: string[];
  tabs: number;
  /** The tab before her. */
  at: number;
  unlocked: boolean;
  words: number;
}

interface Real {
  readonly world: TestWorld;
  readonly bob: TestUser;
  readonly open: () => Promise<DevicePage>;
  readonly pages: DevicePage[];
}

type Act = fc.AsyncCommand<Model, Real>;

const alice = ({ world }: Real): string => world.wallet('Alice').address;
const pageAt = ({ at }: Model, { pages }: Real): DevicePage => {
  const page = pages[at];
  if (!page) throw new RangeError('no such tab');
  return page;
};

const act = (name: string, run: (model: Model, real: Real) => Promise<void> | void, check?: Act['check']): Act => ({
  check: check ?? (() => true),
  run: async (model, real) => run(model, real),
  toString: () => name,
});

const whenUnlocked = ({ unlocked }: Readonly<Model>): boolean => unlocked;

const write = act(
  'write',
  async (model, real) => {
    const { client } = pageAt(model, real);
    const word = `${model.at}: ${model.words}`;
    model.words += 1;
    model.written.push(word);
    void client.sendMessage(real.bob.did, text(word)).catch(() => undefined);
    // What is shown is kept.
    await until(client, () => textsOf(client, real.bob.did).includes(word));
  },
  whenUnlocked,
);

/** Takes back what waits: a node may have it already, and nobody knows. */
const takeBack = act(
  'take back',
  (model, real) => {
    const { client } = pageAt(model, real);
    const waiting = itemsOf(client, real.bob.did).findLast((item) => item.state === 'pending' && item.delay);
    if (!waiting) return;
    const word = textsOf(client, real.bob.did)[itemsOf(client, real.bob.did).indexOf(waiting)] ?? '';
    client.discardMessage(real.bob.did, waiting.id);
    model.written.splice(model.written.indexOf(word), 1);
    model.tookBack.push(word);
  },
  whenUnlocked,
);

const cut = act('cut', (model, real) => pageAt(model, real).wire.set({ offline: true }));
const mend = act('mend', (model, real) => pageAt(model, real).wire.set({ offline: false }));
const lose = act('lose an answer', (model, real) => pageAt(model, real).wire.set({ lostAnswers: 1 }));
const deafen = act('hear nothing', (model, real) => pageAt(model, real).wire.set({ deaf: true }));
const hear = act('hear again', (model, real) => pageAt(model, real).wire.set({ deaf: false }));

const reload = act(
  'reload',
  async (model, real) => {
    const { client, tab } = pageAt(model, real);
    tab.close();
    client.close();
    real.pages[model.at] = await real.open();
  },
  whenUnlocked,
);

const otherTab = act(
  'other tab',
  async (model, real) => {
    if (model.tabs === 1) {
      real.pages.push(await real.open());
      model.tabs = 2;
    }
    model.at = 1 - model.at;
  },
  whenUnlocked,
);

const lock = act(
  'lock',
  async (model, real) => {
    pageAt(model, real).client.lock();
    for (const { client } of real.pages) await until(client, ({ session }) => session.status === 'locked');
    model.unlocked = false;
  },
  whenUnlocked,
);

const unlock = act(
  'unlock',
  async (model, real) => {
    for (const { client, wire } of real.pages) {
      wire.set({ offline: false });
      await client.unlock();
    }
    model.unlocked = true;
  },
  ({ unlocked }) => !unlocked,
);

const answer = act('bob answers', async (model, real) => {
  const word = `bob: ${model.words}`;
  model.words += 1;
  model.heard.push(word);
  await real.bob.client.sendMessage(alice(real), text(word));
});

const STORY = fc.commands(
  [write, write, write, takeBack, cut, mend, lose, deafen, hear, reload, otherTab, lock, unlock, answer].map((one) =>
    fc.constant(one),
  ),
  { maxCommands: 14 },
);

/** What bob's device has of the thread, the oldest first, as he reads it anew. */
async function truth({ world }: Real): Promise<string[]> {
  const { client } = await world.join('Bob');
  const did = parseDid(world.wallet('Alice').address);
  await client.openThread(did);
  while (client.store.get().threads[did]?.older != null) await client.loadOlder(did);
  const texts = textsOf(client, did);
  client.close();
  return texts;
}

async function settle(model: Model, real: Real): Promise<void> {
  if (!model.unlocked) await unlock.run(model, real);
  for (const { client, wire } of real.pages) {
    wire.set({ deaf: false });
    wire.set({ lostAnswers: 0 });
    wire.set({ offline: false });
    await client.refresh();
  }
  const isQuiet = ({ threads }: ChatState): boolean =>
    (threads[real.bob.did]?.items ?? []).every(({ state }) => state === 'verified');
  for (const { client } of [...real.pages, ...real.pages]) {
    await until(client, isQuiet);
    await client.refresh();
    await client.openThread(real.bob.did);
  }
}

it('F15 model: each message is stored once, in the order of its tab, and every tab shows what is stored', async () => {
  await fc.assert(
    fc.asyncProperty(STORY, async (story) => {
      const world = createTestWorld();
      const bob = await world.join('Bob');
      const device = deviceIn(world);
      const open = (): Promise<DevicePage> => device.open();
      const model: Model = { written: [], tookBack: [], heard: [], tabs: 1, at: 0, unlocked: true, words: 0 };
      const real: Real = { world, bob, open, pages: [await open()] };
      try {
        await fc.asyncModelRun(() => ({ model, real }), story);
        await settle(model, real);
        const stored = await truth(real);
        const sure = stored.filter((word) => !model.tookBack.includes(word));
        expect([...sure].sort()).toEqual([...model.written, ...model.heard].sort());
        expect(new Set(stored).size).toBe(stored.length);
        for (const tab of ['0', '1', 'bob']) {
          const of = (words: readonly string[]): string[] => words.filter((word) => word.startsWith(`${tab}:`));
          expect(of(sure)).toEqual(of([...model.written, ...model.heard]));
        }
        for (const { client } of real.pages) expect(textsOf(client, bob.did)).toEqual(stored);
      } finally {
        for (const { client, tab } of real.pages) {
          tab.close();
          client.close();
        }
        world.close();
      }
    }),
    { numRuns: RUNS },
  );
}, 600_000);

import { afterAll, beforeAll, expect, it } from 'vitest';
import { directTransport } from '../../src/client/directTransport.ts';
import type { ThreadItem } from '../../src/client/state.ts';
import { PushChatError } from '../../src/errors.ts';
import { createTestWorld, type TestWorld, type TestUser } from '../../src/testing/testWorld.ts';
import { hostileNode, inHistory, inUser, LIES, renamed, type Lie } from '../../src/testing/hostileNode.ts';
import { vectorUser } from '../support/vectors.ts';
import { resigned, sealed } from '../support/builders.ts';
import { itemsOf, text, until } from '../support/until.ts';

/** `SEED=7 RUNS=2000 npx vitest …` repeats a run, or makes a long one. */
const SEED = Number(process.env['SEED'] ?? Date.now() % 1_000_000);
const RUNS = Number(process.env['RUNS'] ?? 100);

/** Numbers in [0, 1) that follow from a seed (mulberry32). */
function randomOf(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const JUNK: readonly unknown[] = [
  null,
  true,
  -1,
  0,
  2 ** 63,
  '',
  'x',
  '\u0000',
  '../../v2',
  '%2e%2e',
  [],
  {},
  [[[]]],
  { __proto__: null },
  '🦊'.repeat(99),
  'x'.repeat(70_000),
  'eip155:0x0000000000000000000000000000000000000000',
  'PlainText',
  'pgp',
  'verified',
];

/** Puts junk in one random place of an answer. */
function spoil(value: unknown, random: () => number): unknown {
  if (typeof value !== 'object' || value === null || random() < 0.05) return JUNK[Math.floor(random() * JUNK.length)];
  const entries = Object.entries(value);
  const [key] = entries[Math.floor(random() * entries.length)] ?? [];
  if (key === undefined) return JUNK[Math.floor(random() * JUNK.length)];
  const spoilt = spoil((value as Record<string, unknown>)[key], random);
  if (Array.isArray(value)) return value.map((item: unknown, i) => (String(i) === key ? spoilt : item));
  return random() < 0.2
    ? Object.fromEntries(entries.filter(([name]) => name !== key))
    : Object.fromEntries(entries.map(([name, item]) => [name, name === key ? spoilt : item]));
}

let world: TestWorld;
let alice: TestUser;
let bob: TestUser;
const said = { me: new Set<string>(), peer: new Set<string>() };
const loose: unknown[] = [];
const onLoose = (reason: unknown): void => void loose.push(reason);

beforeAll(async () => {
  process.on('unhandledRejection', onLoose);
  world = createTestWorld();
  [alice, bob] = await Promise.all([world.join('Alice'), world.join('Bob')]);
  const say = async (who: TestUser, to: TestUser, words: string): Promise<void> => {
    said[who === bob ? 'me' : 'peer'].add(words);
    await who.client.sendMessage(to.did, text(words));
  };
  await say(alice, bob, 'may I?');
  await until(bob.client, ({ requests }) => requests.items.length === 1);
  await bob.client.acceptRequest(alice.did);
  for (let i = 0; i < 4; i += 1) {
    await say(alice, bob, `alice ${i}`);
    await say(bob, alice, `bob ${i}`);
  }
});
afterAll(() => {
  world.close();
  process.off('unhandledRejection', onLoose);
});

/** Lies that know who is lied to: another key, and a message that it rightly signed in Alice's name. */
async function personalLies(): Promise<readonly Lie[]> {
  const { publicKey, creation } = vectorUser('carol');
  const sides = { fromDID: alice.did, fromCAIP10: alice.did, toDID: bob.did, toCAIP10: bob.did };
  const plain = { ...(await sealed(text('forged'), { plain: true })), ...sides };
  // Right in everything, but that it is Carol's key that signed it.
  const forged = await resigned(plain, {}, { signer: 'carol' });
  const forging = inHistory((all) => all.map((m) => renamed({ ...m, ...forged })));
  const carolsKey = inUser(alice.did, (user) => ({ ...user, publicKey }));
  return [
    { name: 'KI-01', answer: carolsKey },
    { name: 'KI-01 and signed with it', answer: (answer, call) => forging(carolsKey(answer, call), call) },
    { name: 'KI-01 own', answer: inUser(bob.did, (user) => ({ ...user, publicKey })) },
    { name: 'KI-03', answer: inUser(alice.did, (user) => ({ ...user, ...creation, did: alice.did })) },
    { name: 'GR-04', answer: inUser(alice.did, (user) => ({ ...user, publicKey: '' })) },
    { name: 'forged', answer: forging },
  ];
}

const isTrue = (item: ThreadItem): boolean =>
  item.state !== 'verified' || (typeof item.content.content === 'string' && said[item.from].has(item.content.content));

it(
  `a node that tells random lies makes nothing verified that nobody signed, and no error without a name (SEED=${SEED})`,
  async () => {
    const random = randomOf(SEED);
    const catalogue = [...LIES, ...(await personalLies())];
    const fuzz: Lie = { name: 'junk', answer: (answer) => (random() < 0.5 ? spoil(answer, random) : answer) };
    const seen = new Set<string>();
    let verified = 0;
    const judge = (error: unknown, told: readonly Lie[]): void => {
      const names = told.map(({ name }) => name).join(', ');
      if (!(error instanceof PushChatError)) expect.fail(`untyped error by ${names}: ${String(error)}`);
      if (error.code === 'Internal') expect.fail(`Internal by ${names}: ${String(error.cause)}`);
      seen.add(error.code);
    };
    for (let run = 0; run < RUNS; run += 1) {
      const lies: Lie[] = [];
      const told = Array.from({ length: 1 + Math.floor(random() * 3) }, () =>
        random() < 0.3 ? fuzz : (catalogue[Math.floor(random() * catalogue.length)] ?? fuzz),
      );
      const node = hostileNode(world.node, () => lies.filter(() => random() < 0.8));
      const warned: PushChatError[] = [];
      const device = await world.join('Bob', {
        unlocked: false,
        through: () => directTransport(node),
        logger: { warn: (error) => warned.push(error) },
        wait: () => new Promise((resolve) => setImmediate(resolve)),
      });
      const attempt = (act: () => Promise<unknown>): Promise<void> =>
        act().then(
          () => undefined,
          (error: unknown) => judge(error, told),
        );
      // Half of the time it lies from the first word on, to a client that knows nothing yet.
      if (random() < 0.5) lies.push(...told);
      await attempt(() => device.client.unlock());
      if (lies.length === 0) lies.push(...told);
      await attempt(() => device.client.openThread(alice.did));
      await Promise.all([
        attempt(() => device.client.loadOlder(alice.did)),
        attempt(() => device.client.refresh()),
        attempt(() => device.client.getProfile(alice.did)),
      ]);
      node.say(bob.did, spoil({ ...vectorUser('carol').creation, messageCategory: 'Chat', hasIntent: true }, random));
      await attempt(() => device.client.openThread(alice.did));
      const { threads, chats, requests } = device.client.store.get();
      const rows = [...chats.items, ...requests.items].flatMap(({ last }) => last ?? []);
      for (const item of [...Object.values(threads).flatMap(({ items }) => items), ...rows]) {
        if (!isTrue(item)) expect.fail(`false "verified" by ${told.map(({ name }) => name).join(', ')}`);
      }
      verified += itemsOf(device.client, alice.did).filter(({ state }) => state === 'verified').length;
      for (const error of warned) judge(error, told);
      device.client.close();
    }
    await new Promise((resolve) => setImmediate(resolve));
    expect(loose).toEqual([]);
    // The lies did something, and the truth came through beside them.
    expect(seen.size).toBeGreaterThan(3);
    expect(verified).toBeGreaterThan(RUNS / 2);
  },
  60_000 + RUNS * 2_000,
);

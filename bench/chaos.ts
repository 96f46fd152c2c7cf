import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { createPushChat } from '../src/client/createPushChat.ts';
import { httpTransport } from '../src/client/httpTransport.ts';
import type { PushChatClient } from '../src/client/PushChatClient.ts';
import { asPushChatError } from '../src/errors.ts';
import { parseDid, type Did } from '../src/protocol/did.ts';
import { checkHistory, type Act } from './checkHistory.ts';
import { inWords, round } from './figures.ts';
import { lossyTransport, seededRandom } from './lossyTransport.ts';
import { startNode, type NodeProcess } from './nodeProcess.ts';
import { openWire, type Wire } from './proxy.ts';
import { walletNumber } from './users.ts';

const USAGE = `Kills, cuts and confuses Push Nodes while people chat through them, then checks that nothing was lost.

  npm run chaos -- [--kills 20] [--nodes 3] [--users 4] [--seed 1] [--database URL]

  --kills N   how often a node is killed with SIGKILL; as often the wires between nodes, or to a client, are cut
  --nodes N   nodes that follow each other
  --users N   accounts, in pairs, each pair on different nodes
  --seed N    of everything that happens by chance
  --database URL  one PostgreSQL for all: the nodes are processes of one, and do not follow each other
`;

export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      kills: { type: 'string', default: '20' },
      nodes: { type: 'string', default: '3' },
      users: { type: 'string', default: '4' },
      seed: { type: 'string', default: '1' },
      database: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const folder = await mkdtemp(join(tmpdir(), 'push-node-chaos-'));
  const world = await openWorld({
    count: Number(values.nodes),
    random: seededRandom(Number(values.seed)),
    folder,
    database: values.database,
  });
  try {
    const figures = await run(world, Number(values.users), Number(values.kills));
    process.stdout.write(`${inWords(figures)}\n`);
    return figures.faults === 0 ? 0 : 1;
  } finally {
    await world.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** A node that may be killed, and the wires that lead to it: one for clients, one for each of the other nodes. */
interface Place {
  readonly front: Wire;
  readonly kill: () => Promise<void>;
}

interface World {
  readonly places: readonly Place[];
  /** Between nodes. */
  readonly wires: readonly Wire[];
  readonly random: () => number;
  /** Whether things go wrong now. */
  bad: boolean;
  readonly close: () => Promise<void>;
}

interface Setting {
  readonly count: number;
  readonly random: () => number;
  /** For the stores of the nodes. */
  readonly folder: string;
  /** Instead, one for all. */
  readonly database: string | undefined;
}

/** How long whatever was under way may take once nothing goes wrong any more. */
const PATIENCE_MS = 30_000;

const NOWHERE = 'http://127.0.0.1:1';

async function openWorld({ count, random, folder, database }: Setting): Promise<World> {
  const numbers = Array.from({ length: count }, (_, i) => i);
  const fronts = await Promise.all(numbers.map(() => openWire(NOWHERE)));
  // wires[from][to]: what node `from` reaches node `to` through.
  const wires = await Promise.all(numbers.map(() => Promise.all(numbers.map(() => openWire(NOWHERE)))));
  const nodes: NodeProcess[] = [];

  const start = async (i: number): Promise<void> => {
    const others = numbers.filter((j) => j !== i).flatMap((j) => ['--peer', wires[i]?.[j]?.url ?? NOWHERE]);
    const home = database === undefined ? ['--data', join(folder, String(i)), ...others] : ['--database', database];
    const node = await startNode('--port', '0', '--limits', 'off', ...home);
    nodes[i] = node;
    fronts[i]?.lead(node.url);
    for (const from of wires) from[i]?.lead(node.url);
  };
  await Promise.all(numbers.map(start));

  return {
    places: fronts.map((front, i) => ({
      front,
      kill: async () => {
        await nodes[i]?.stop('SIGKILL');
        await start(i);
      },
    })),
    wires: wires.flat(),
    random,
    bad: false,
    close: async () => {
      await Promise.all(nodes.map((node) => node.stop('SIGTERM')));
      for (const wire of [...fronts, ...wires.flat()]) wire.close();
    },
  };
}

interface Person {
  readonly did: Did;
  readonly number: number;
  readonly place: Place;
  readonly client: PushChatClient;
}

async function joinAt(world: World, number: number, place: Place): Promise<Person> {
  const wallet = walletNumber(number);
  const transport = lossyTransport(httpTransport(place.front.url), world.random, () => world.bad);
  const client = createPushChat({ signer: wallet, transport });
  client.start();
  await client.unlock();
  return { did: parseDid(wallet.address), number, place, client };
}

async function run(world: World, users: number, kills: number): Promise<Record<string, unknown> & { faults: number }> {
  const people: Person[] = [];
  for (let i = 0; i < users; i += 1) {
    const place = world.places[i % world.places.length];
    if (place) people.push(await joinAt(world, i, place));
  }
  const acts: Act[] = [];
  for (const [asker, answerer] of pairsOf(people)) await befriend(asker, answerer, acts);

  const began = performance.now();
  world.bad = true;
  let over = false;
  const writers = people.map((person) => write(person, peerOf(people, person), acts, () => over));
  const figures = { killed: 0, cut: 0 };
  while (figures.killed < kills) {
    await sleep(world.random() * 1_500);
    await disturb(world, figures);
  }
  world.bad = false;
  over = true;
  const stuck = sleep(PATIENCE_MS, 'stuck', { ref: false });
  if ((await Promise.race([Promise.all(writers), stuck])) === 'stuck') {
    for (const { cid, text, refused } of acts.filter((act) => act.cid === undefined)) {
      process.stdout.write(`FAULT "${text}" is not acknowledged, in good weather: ${String(refused ?? cid)}\n`);
    }
  }
  const seconds = (performance.now() - began) / 1000;

  const faults = await checkHistory(
    people.map(({ did, number, place, client }) => ({
      did,
      wallet: walletNumber(number),
      url: place.front.url,
      client,
      peer: peerOf(people, { number }).did,
    })),
    world.places.map(({ front }) => front.url),
    acts,
  );
  for (const { client } of people) client.close();
  for (const fault of faults) process.stdout.write(`FAULT ${fault}\n`);
  return {
    nodes: world.places.length,
    users,
    ...figures,
    seconds: round(seconds),
    written: acts.length,
    acknowledged: acts.filter(({ cid }) => cid !== undefined).length,
    faults: faults.length,
  };
}

const pairsOf = (people: readonly Person[]): [Person, Person][] =>
  people.flatMap((person, i) => {
    const peer = people[i + 1];
    return i % 2 === 0 && peer ? [[person, peer] as [Person, Person]] : [];
  });

function peerOf(people: readonly Person[], { number }: { readonly number: number }): Person {
  const peer = people[number ^ 1];
  if (!peer) throw new Error('--users must be even.');
  return peer;
}

async function disturb(world: World, figures: { killed: number; cut: number }): Promise<void> {
  const any = <Value>(values: readonly Value[]): Value => values[Math.floor(world.random() * values.length)] as Value;
  const place = any(world.places);
  const wire = any([...world.wires, place.front]);
  figures.cut += 1;
  wire.cut();
  figures.killed += 1;
  await place.kill();
  await sleep(world.random() * 500);
  wire.mend();
}

/** A request and its acceptance, in good weather: several nodes take a moment to hear of a new account. */
async function befriend(asker: Person, answerer: Person, acts: Act[]): Promise<void> {
  await until(async () => (await asker.client.getProfile(answerer.did)) !== null);
  const text = `${asker.number}: request`;
  acts.push({
    from: asker.did,
    to: answerer.did,
    text,
    cid: await asker.client.sendMessage(answerer.did, { type: 'Text', content: text }),
  });
  await until(async () => {
    await answerer.client.acceptRequest(asker.did);
    return true;
  });
  await until(async () => {
    await asker.client.refresh();
    return asker.client.store.get().chats.items.some(({ peer }) => peer === answerer.did);
  });
  await answerer.client.openThread(asker.did);
  await asker.client.openThread(answerer.did);
}

/** Tries until it is true; what fails meanwhile is tried again. */
async function until(isTrue: () => Promise<boolean>): Promise<void> {
  while (!(await isTrue().catch(() => false))) await sleep(100);
}

/** Writes one message after the other, each until it is acknowledged. */
async function write(from: Person, to: Person, acts: Act[], isOver: () => boolean): Promise<void> {
  for (let i = 0; !isOver(); i += 1) {
    const act: Act = { from: from.did, to: to.did, text: `${from.number}: ${i}`, cid: undefined };
    acts.push(act);
    act.cid = await send(from.client, to.did, act);
    await sleep(20);
  }
}

async function send(client: PushChatClient, peer: Did, act: Act): Promise<string | undefined> {
  const content = act.text;
  let tried = await attempt(client.sendMessage(peer, { type: 'Text', content }), act);
  for (;;) {
    if (tried !== undefined) return tried;
    await sleep(100);
    const written = client.store
      .get()
      .threads[peer]?.items.find((item) => 'content' in item && item.content.content === content);
    // It came back live: it is stored, though the answer was lost.
    if (written && written.state !== 'failed') return written.id;
    const again = written ? client.retryMessage(peer, written.id) : client.sendMessage(peer, { type: 'Text', content });
    tried = await attempt(again, act);
  }
}

const FLEETING: ReadonlySet<string> = new Set([
  'NetworkUnavailable',
  'NetworkTimeout',
  'NodeError',
  'StoreUnavailable',
]);

async function attempt(sending: Promise<string>, act: Act): Promise<string | undefined> {
  try {
    return await sending;
  } catch (thrown) {
    const { code, message } = asPushChatError(thrown);
    if (code === 'NotFound') return 'live';
    act.refused = `${code}: ${message}`;
    if (!FLEETING.has(code)) process.stdout.write(`FAULT a send failed with ${code}: ${message}\n`);
    return undefined;
  }
}

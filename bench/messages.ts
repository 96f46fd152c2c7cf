import { existsSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import http from 'node:http';
import { createRequire } from 'node:module';
import { cpus } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { Wallet } from 'ethers';
import { createPushChat } from '../src/client/createPushChat.ts';
import { httpTransport } from '../src/client/httpTransport.ts';
import type { PushChatClient } from '../src/client/PushChatClient.ts';
import { memoryStorage } from '../src/client/storage/memoryStorage.ts';
import type { DeviceStorage } from '../src/client/storage/storage.ts';
import type { Transport } from '../src/client/transport.ts';
import { parseDid, type Did } from '../src/protocol/did.ts';
import { median, round } from './figures.ts';
import { browserTable, CHROMIUM, compareInChromium } from './inChromium.ts';
import { startNode } from './nodeProcess.ts';

const USAGE = `Compares this client with the official one: the same account and messages, the same node, one after the other in
each round, so that both meet the same machine. The official client must be installed (npm run test:interop does it), and
port 4000 free.

  npm run bench -- [--node] [--browser] [--messages 300] [--rounds 5] [--json FILE]

  --node     in Node.js only
  --browser  in Chromium only: keys in a worker, what is read kept in IndexedDB; with neither, both
`;

const NODE = 'http://localhost:4000';
const FIRST_SCREEN = 12;
const PAGE = 30;
const SENT = 5;

/** Median milliseconds, and requests of one time. */
interface Figure {
  readonly ms: number;
  readonly requests: number;
}

type Step = () => Promise<Figure>;

export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      messages: { type: 'string', default: '300' },
      rounds: { type: 'string', default: '5' },
      json: { type: 'string' },
      node: { type: 'boolean', default: false },
      browser: { type: 'boolean', default: false },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const node = await startNode('--port', '4000', '--memory', '--limits', 'off');
  try {
    const [messages, rounds] = [Number(values.messages), Number(values.rounds)];
    const inChromium =
      values.browser || (!values.node && existsSync(CHROMIUM))
        ? await compareInChromium(NODE, messages, rounds)
        : undefined;
    if (inChromium) process.stdout.write(browserTable(inChromium));
    const inNode = values.node || !values.browser ? await compare(messages, rounds) : undefined;
    if (inNode) process.stdout.write(table(inNode));
    const machine = `${cpus().length} cores, Node ${process.version}`;
    if (values.json !== undefined) {
      await writeFile(values.json, JSON.stringify({ machine, messages, rounds, ...inNode, inChromium }, null, 2));
    }
    return 0;
  } finally {
    await node.stop('SIGTERM');
  }
}

interface Compared {
  readonly name: string;
  readonly official: Figure;
  readonly ours: Figure;
  /** Median of how many times as fast in each round. */
  readonly ratio: number;
}

async function compare(messages: number, rounds: number): Promise<{ steps: Compared[]; prompts: object }> {
  const reader = countingWallet();
  const official = await openOfficial(reader.wallet);
  const officialPrompts = reader.prompts();
  const writer = createPushChat({ signer: Wallet.createRandom(), node: NODE });
  await writer.unlock();
  const writerDid = (writer.store.get().session as { did: Did }).did;
  const readerDid = parseDid(reader.wallet.address);
  await writer.sendMessage(readerDid, { type: 'Text', content: 'May I write to you?' });
  await official.chat.accept(writerDid);
  for (let i = 1; i < messages; i += 1) await writer.sendMessage(readerDid, { type: 'Text', content: `Message ${i}` });

  const storage = memoryStorage();
  const [first] = await openOurs(reader.wallet, storage);
  await readAll(first, writerDid, messages);
  await untilKept(storage);
  const before = reader.prompts();
  await openOurs(reader.wallet, memoryStorage());
  const prompts = { official: officialPrompts, ours: reader.prompts() - before };

  const steps: [name: string, official: Step, ours: Step][] = [
    [
      'first screen of a chat',
      () => readOfficial(official, writerDid, PAGE),
      () => firstScreen(reader.wallet, writerDid),
    ],
    [
      `open ${PAGE} messages`,
      () => readOfficial(official, writerDid, PAGE),
      () => openAll(reader.wallet, writerDid, PAGE),
    ],
    [
      `open ${messages} messages`,
      () => readOfficial(official, writerDid, messages),
      () => openAll(reader.wallet, writerDid, messages),
    ],
    [
      `${messages} messages readable`,
      () => readOfficial(official, writerDid, messages),
      () => firstScreen(reader.wallet, writerDid),
    ],
    [
      `reload a chat of ${messages}`,
      () => readOfficial(official, writerDid, messages),
      () => firstScreen(reader.wallet, writerDid, storage),
    ],
    [`send ${SENT} messages`, () => sendOfficial(official, writerDid), () => sendOurs(reader.wallet, writerDid)],
  ];
  const compared: Compared[] = [];
  for (const [name, theirs, ours] of steps) {
    const figures: [Figure, Figure][] = [];
    for (let i = 0; i < rounds; i += 1) figures.push([await theirs(), await ours()]);
    compared.push({
      name,
      official: middle(figures.map(([figure]) => figure)),
      ours: middle(figures.map(([, figure]) => figure)),
      ratio: round(median(figures.map(([a, b]) => a.ms / b.ms))),
    });
  }
  writer.close();
  return { steps: compared, prompts };
}

const middle = (figures: readonly Figure[]): Figure => ({
  ms: round(median(figures.map(({ ms }) => ms))),
  requests: median(figures.map(({ requests }) => requests)),
});

/** A wallet that counts what it is asked to sign. */
function countingWallet(): { wallet: Wallet; prompts: () => number } {
  const wallet = new Wallet(Wallet.createRandom().privateKey);
  const sign = wallet.signMessage.bind(wallet);
  let prompts = 0;
  wallet.signMessage = (message) => {
    prompts += 1;
    return sign(message);
  };
  return { wallet, prompts: () => prompts };
}

async function timed(work: () => Promise<unknown>, requests: () => number): Promise<Figure> {
  const [before, start] = [requests(), performance.now()];
  await work();
  return { ms: performance.now() - start, requests: requests() - before };
}

interface OfficialChat {
  readonly accept: (peer: string) => Promise<unknown>;
  readonly history: (peer: string, page: object) => Promise<readonly { link: string | null; cid: string }[]>;
  readonly send: (peer: string, message: object) => Promise<unknown>;
}

let asked = 0;

/** The official client as it is published; it writes much to the console, which is no part of what is measured. */
async function openOfficial(wallet: Wallet): Promise<{ chat: OfficialChat }> {
  for (const name of ['log', 'warn', 'error', 'info'] as const) console[name] = () => undefined;
  const request = http.request.bind(http);
  Object.assign(http, {
    request: (...call: Parameters<typeof http.request>) => {
      asked += 1;
      return request(...call);
    },
  });
  const require = createRequire(join(process.cwd(), 'test/interop/package.json'));
  const { PushAPI, CONSTANTS } = require('@pushprotocol/restapi') as {
    PushAPI: { initialize: (signer: Wallet, options: object) => Promise<{ chat: OfficialChat }> };
    CONSTANTS: { ENV: { LOCAL: string } };
  };
  return PushAPI.initialize(wallet, { env: CONSTANTS.ENV.LOCAL });
}

async function readOfficial({ chat }: { chat: OfficialChat }, peer: Did, count: number): Promise<Figure> {
  const read = async (): Promise<void> => {
    let reference: string | null | undefined;
    for (let got = 0; got < count && reference !== null;) {
      const page = await chat.history(peer, { limit: PAGE, ...(reference !== undefined && { reference }) });
      got += page.length;
      reference = page.at(-1)?.link ?? null;
    }
  };
  return timed(read, () => asked);
}

const sendOfficial = ({ chat }: { chat: OfficialChat }, peer: Did): Promise<Figure> =>
  timed(
    async () => {
      for (let i = 0; i < SENT; i += 1) await chat.send(peer, { type: 'Text', content: `Answer ${i}` });
    },
    () => asked,
  );

async function openOurs(
  wallet: Wallet,
  storage: DeviceStorage,
): Promise<[client: PushChatClient, requests: () => number]> {
  const way = httpTransport(NODE);
  let count = 0;
  const transport: Transport = {
    ...way,
    request: (...call) => {
      count += 1;
      return way.request(...call);
    },
  };
  const client = createPushChat({ signer: wallet, transport, storage });
  await client.unlock();
  return [client, () => count];
}

async function firstScreen(wallet: Wallet, peer: Did, storage: DeviceStorage = memoryStorage()): Promise<Figure> {
  const [client, requests] = await openOurs(wallet, storage);
  let opening: Promise<void> | undefined;
  const figure = await timed(
    () =>
      new Promise<void>((resolve) => {
        const stop = client.store.subscribe(() => {
          if ((client.store.get().threads[peer]?.items.length ?? 0) < FIRST_SCREEN) return;
          stop();
          resolve();
        });
        opening = client.openThread(peer);
      }),
    requests,
  );
  await opening;
  client.close();
  return figure;
}

async function openAll(wallet: Wallet, peer: Did, count: number): Promise<Figure> {
  const [client, requests] = await openOurs(wallet, memoryStorage());
  const figure = await timed(() => readAll(client, peer, count), requests);
  client.close();
  return figure;
}

async function readAll(client: PushChatClient, peer: Did, count: number): Promise<void> {
  await client.openThread(peer);
  const thread = () => client.store.get().threads[peer];
  while ((thread()?.items.length ?? 0) < count && thread()?.older != null) await client.loadOlder(peer);
}

async function sendOurs(wallet: Wallet, peer: Did): Promise<Figure> {
  const [client, requests] = await openOurs(wallet, memoryStorage());
  const figure = await timed(async () => {
    for (let i = 0; i < SENT; i += 1) await client.sendMessage(peer, { type: 'Text', content: `Answer ${i}` });
  }, requests);
  client.close();
  return figure;
}

/** What is kept is written behind what is shown. */
async function untilKept(storage: DeviceStorage): Promise<void> {
  while (!(await storage.list('')).some(([key]) => key.includes('/thread/'))) {
    await new Promise((resolve) => setTimeout(resolve, 10));
  }
  await new Promise((resolve) => setTimeout(resolve, 500));
}

function table({ steps, prompts }: Awaited<ReturnType<typeof compare>>): string {
  const rows = steps.map(({ name, official, ours, ratio }) =>
    [
      name.padEnd(26),
      `${official.ms} ms`.padStart(12),
      `${ours.ms} ms`.padStart(12),
      `${ratio} ×`.padStart(10),
      `${official.requests} / ${ours.requests}`.padStart(14),
    ].join(''),
  );
  const head = ['', 'official', 'ours', 'faster', 'requests'];
  const title = [26, 12, 12, 10, 14].map((width, i) => (i === 0 ? ' '.repeat(width) : (head[i] ?? '').padStart(width)));
  return `${title.join('')}\n${rows.join('\n')}\nsignatures to start         ${JSON.stringify(prompts)}\n`;
}

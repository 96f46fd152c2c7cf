import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Wallet } from 'ethers';
import { chromium, type Page } from 'playwright-core';
import { build, preview } from 'vite';
import { createPushChat } from '../src/client/createPushChat.ts';
import type { BenchPage, PageFigure, Reading } from './browser/benchPage.ts';
import { median, round } from './figures.ts';

export const CHROMIUM = '/usr/bin/chromium';

const ROOT = 'bench/browser';
const INSTALLED = join(process.cwd(), 'test/interop/node_modules');
const SENT = 5;

declare const bench: BenchPage;

/** What one client did in one step of one round. */
interface Figure extends PageFigure {
  readonly requests: number;
  /** Questions of the browser to the node, whether the page may ask (CORS). */
  readonly preflights: number;
}

export interface BrowserStep {
  readonly name: string;
  readonly official: Figure;
  readonly ours: Figure;
  /** Medians of how many times as fast ours is in each round. */
  readonly ratio: { readonly first: number; readonly all: number };
}

/** Compares the two clients in one page of Chromium, in turns, against a node that runs at `node`. */
export async function compareInChromium(node: string, messages: number, rounds: number): Promise<BrowserStep[]> {
  const reader = Wallet.createRandom().privateKey;
  const peers = new Map<number, string>();
  for (const count of new Set([1, 30, messages])) peers.set(count, await writeChat(node, reader, count));
  const folder = await mkdtemp(join(tmpdir(), 'push-chat-bench-'));
  const site = await serve(folder);
  const browser = await chromium.launch({
    executablePath: CHROMIUM,
    args: ['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
  });
  try {
    const page = await browser.newPage();
    page.on('pageerror', (error) => process.stderr.write(`${error.stack}\n`));
    await page.goto(site.url);
    await page.waitForFunction(() => 'bench' in globalThis);
    const measure = await counted(page, node);
    return await compareSteps(measure, { key: reader, node }, peers, rounds);
  } finally {
    await browser.close();
    await site.close();
    await rm(folder, { recursive: true, force: true });
  }
}

/** @returns who wrote so many messages to the reader, who accepted them */
async function writeChat(node: string, readerKey: string, count: number): Promise<string> {
  const [wallet, reader] = [Wallet.createRandom(), new Wallet(readerKey)];
  const [writing, reading] = [createPushChat({ signer: wallet, node }), createPushChat({ signer: reader, node })];
  await reading.unlock();
  await writing.unlock();
  for (let i = 0; i < count; i += 1) {
    await writing.sendMessage(reader.address, { type: 'Text', content: `Message ${i}` });
    if (i === 0) await reading.acceptRequest(wallet.address);
  }
  writing.close();
  reading.close();
  return wallet.address;
}

async function serve(outDir: string): Promise<{ url: string; close: () => Promise<void> }> {
  const shared = { configFile: false, root: ROOT, logLevel: 'error' } as const;
  await build({
    ...shared,
    build: { outDir, emptyOutDir: true, target: 'esnext', chunkSizeWarningLimit: 10_000 },
    worker: { format: 'es' },
    resolve: {
      alias: [
        { find: '@pushprotocol/restapi', replacement: join(INSTALLED, '@pushprotocol/restapi/src/index.js') },
        // What bundlers for the official client are told to put in the place of Node.js.
        { find: /^buffer\/?$/, replacement: join(INSTALLED, 'buffer/index.js') },
        { find: /^events$/, replacement: join(INSTALLED, 'eventemitter3/index.js') },
        { find: 'simple-peer', replacement: join(INSTALLED, 'simple-peer/simplepeer.min.js') },
      ],
    },
  });
  const server = await preview({ ...shared, build: { outDir }, preview: { port: 0, host: '127.0.0.1' } });
  return { url: server.resolvedUrls?.local[0] ?? '', close: () => server.close() };
}

type Measure = (work: keyof BenchPage, reading: Reading) => Promise<Figure>;

async function counted(page: Page, node: string): Promise<Measure> {
  const counts = { requests: 0, preflights: 0 };
  const devtools = await page.context().newCDPSession(page);
  devtools.on('Network.requestWillBeSent', ({ request }) => {
    if (!request.url.startsWith(node) || request.url.includes('/socket.io/')) return;
    counts[request.method === 'OPTIONS' ? 'preflights' : 'requests'] += 1;
  });
  await devtools.send('Network.enable');
  return async (work, reading) => {
    Object.assign(counts, { requests: 0, preflights: 0 });
    const figure = await page.evaluate(
      ([name, asked]) =>
        name === 'startOfficial' || name === 'startOurs' ? bench[name](asked.key, asked.node) : bench[name](asked),
      [work, reading] as const,
    );
    return { ...figure, ...counts };
  };
}

async function compareSteps(
  measure: Measure,
  reader: { key: string; node: string },
  peers: ReadonlyMap<number, string>,
  rounds: number,
): Promise<BrowserStep[]> {
  const reading = (count: number): Reading => ({ ...reader, peer: peers.get(count) ?? '', count });
  const steps = [await compareStep(measure, rounds, 'start', ['startOfficial', 'startOurs'], reading(1))];
  for (const count of peers.keys()) {
    const read = ['readOfficial', 'readOurs'] as const;
    steps.push(await compareStep(measure, rounds, `open ${count}`, read, reading(count)));
    const kept = { ...reading(count), device: `kept-${count}` };
    // The visit before the reload.
    await measure('readOurs', kept);
    steps.push(await compareStep(measure, rounds, `reload ${count}`, read, kept));
  }
  const sending = { ...reading(1), count: SENT };
  steps.push(await compareStep(measure, rounds, `send ${SENT}`, ['sendOfficial', 'sendOurs'], sending));
  return steps;
}

async function compareStep(
  measure: Measure,
  rounds: number,
  name: string,
  [theirs, ours]: readonly [keyof BenchPage, keyof BenchPage],
  reading: Reading,
): Promise<BrowserStep> {
  const pairs: [Figure, Figure][] = [];
  for (let i = 0; i < rounds; i += 1) pairs.push([await measure(theirs, reading), await measure(ours, reading)]);
  const ratioOf = (field: 'first' | 'all'): number => round(median(pairs.map(([a, b]) => a[field] / b[field])));
  return {
    name,
    official: middle(pairs.map(([figure]) => figure)),
    ours: middle(pairs.map(([, figure]) => figure)),
    ratio: { first: ratioOf('first'), all: ratioOf('all') },
  };
}

function middle(figures: readonly Figure[]): Figure {
  const of = (field: keyof Figure): number => round(median(figures.map((figure) => figure[field] ?? 0)));
  return {
    first: of('first'),
    all: of('all'),
    longTasks: of('longTasks'),
    longest: of('longest'),
    blocking: of('blocking'),
    prompts: of('prompts'),
    requests: of('requests'),
    preflights: of('preflights'),
  };
}

const COLUMNS = ['first screen ms', 'x', 'all ms', 'x', 'requests+preflights', 'blocking ms', 'longest ms', 'prompts'];

/** Each cell: the official client's figure, a slash, ours. */
export function browserTable(steps: readonly BrowserStep[]): string {
  const rows = steps.map(({ name, official: a, ours: b, ratio }) => [
    name,
    `${a.first} / ${b.first}`,
    `${ratio.first}`,
    `${a.all} / ${b.all}`,
    `${ratio.all}`,
    `${a.requests}+${a.preflights} / ${b.requests}+${b.preflights}`,
    `${a.blocking} / ${b.blocking}`,
    `${a.longest} / ${b.longest}`,
    `${a.prompts} / ${b.prompts}`,
  ]);
  const widths = [12, 18, 8, 20, 8, 22, 16, 16, 9];
  const lines = [['in Chromium', ...COLUMNS], ...rows].map((row) =>
    row.map((cell, i) => (i === 0 ? cell.padEnd(widths[0] ?? 0) : cell.padStart(widths[i] ?? 0))).join(' '),
  );
  return `${lines.join('\n')}\n`;
}

/// <reference types="vite/client" />
import { Wallet } from 'ethers';
import { createPushChat, indexedDbStorage, workerKeys, type PushChatClient } from '../../src/exports/core.ts';
import KeyWorker from '../../src/exports/worker.ts?worker';
import { CONSTANTS, PushAPI, type OfficialChat } from './official.mjs';
import type { BenchPage, PageFigure, Reading } from './benchPage.ts';
import { parseDid } from '../../src/protocol/did.ts';

declare global {
  var bench: BenchPage;
}

const PAGE = 30;
const FIRST_SCREEN = 12;
/** A task that lasts longer keeps the user waiting (W3C Long Tasks). */
const LONG_MS = 50;

// The official client writes much to the console, which is no part of what is measured.
for (const name of ['log', 'warn', 'error', 'info'] as const) console[name] = () => undefined;

let tasks: number[] = [];
const observer = new PerformanceObserver((list) => {
  tasks.push(...list.getEntries().map(({ duration }) => duration));
});
observer.observe({ type: 'longtask' });

const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Runs it, and says how long it took and how much of that the page could not answer its user. */
async function timed(work: (marks: { first: number }, start: number) => Promise<unknown>): Promise<PageFigure> {
  await pause(LONG_MS);
  tasks = [];
  const marks = { first: 0 };
  const start = performance.now();
  await work(marks, start);
  const all = performance.now() - start;
  // Long tasks are reported after they end.
  await pause(2 * LONG_MS);
  return {
    first: marks.first || all,
    all,
    longTasks: tasks.length,
    longest: Math.max(0, ...tasks),
    blocking: tasks.reduce((sum, ms) => sum + ms - LONG_MS, 0),
  };
}

/** A wallet that counts what it is asked to sign. */
function countingWallet(key: string): { wallet: Wallet; prompts: () => number } {
  const wallet = new Wallet(key);
  const sign = wallet.signMessage.bind(wallet);
  let prompts = 0;
  wallet.signMessage = (message) => {
    prompts += 1;
    return sign(message);
  };
  return { wallet, prompts: () => prompts };
}

let theirs: { chat: OfficialChat } | undefined;

async function startOfficial(key: string): Promise<PageFigure> {
  const { wallet, prompts } = countingWallet(key);
  const figure = await timed(async () => {
    theirs = await PushAPI.initialize(wallet, { env: CONSTANTS.ENV.LOCAL });
  });
  return { ...figure, prompts: prompts() };
}

function official(): OfficialChat {
  if (!theirs) throw new Error('The official client is not started.');
  return theirs.chat;
}

const readOfficial = ({ peer, count }: Reading): Promise<PageFigure> =>
  timed(async (marks, start) => {
    let reference: string | null | undefined;
    for (let got = 0; got < count && reference !== null;) {
      const page = await official().history(peer, {
        limit: Math.min(PAGE, count),
        ...(reference !== undefined && { reference }),
      });
      got += page.length;
      marks.first ||= performance.now() - start;
      reference = page.at(-1)?.link ?? null;
    }
  });

let devices = 0;

/** As a host has it: keys in a worker, IndexedDB, nothing kept from before unless the device is named. */
function ours(wallet: Wallet, node: string, device = `device-${(devices += 1)}`): PushChatClient {
  return createPushChat({
    signer: wallet,
    node,
    keys: workerKeys(() => new KeyWorker()),
    storage: indexedDbStorage(device),
  });
}

async function startOurs(key: string, node: string): Promise<PageFigure> {
  const { wallet, prompts } = countingWallet(key);
  const client = ours(wallet, node);
  const figure = await timed(() => client.unlock());
  client.close();
  return { ...figure, prompts: prompts() };
}

async function readOurs({ key, node, peer, count, device }: Reading): Promise<PageFigure> {
  const client = ours(new Wallet(key), node, device);
  await client.unlock();
  const thread = () => client.store.get().threads[parseDid(peer)];
  const shown = (): number => thread()?.items.length ?? 0;
  const figure = await timed(async (marks, start) => {
    const stop = client.store.subscribe(() => {
      if (marks.first === 0 && shown() >= Math.min(FIRST_SCREEN, count)) marks.first = performance.now() - start;
    });
    await client.openThread(peer);
    while (shown() < count && thread()?.older != null) await client.loadOlder(peer);
    stop();
  });
  if (shown() < count) throw new Error(`Only ${shown()} of ${count} messages were shown.`);
  // What is kept is written behind what is shown.
  if (device !== undefined) await pause(1_500);
  client.close();
  return figure;
}

const sendOfficial = ({ peer, count }: Reading): Promise<PageFigure> =>
  timed(async () => {
    for (let i = 0; i < count; i += 1) await official().send(peer, { type: 'Text', content: `Answer ${i}` });
  });

async function sendOurs({ key, node, peer, count }: Reading): Promise<PageFigure> {
  const client = ours(new Wallet(key), node);
  await client.unlock();
  const figure = await timed(async () => {
    for (let i = 0; i < count; i += 1) await client.sendMessage(peer, { type: 'Text', content: `Answer ${i}` });
  });
  client.close();
  return figure;
}

globalThis.bench = { startOfficial, startOurs, readOfficial, readOurs, sendOfficial, sendOurs };

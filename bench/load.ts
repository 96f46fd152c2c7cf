import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { cpus, tmpdir } from 'node:os';
import { join } from 'node:path';
import { monitorEventLoopDelay } from 'node:perf_hooks';
import { setTimeout as sleep } from 'node:timers/promises';
import { parseArgs } from 'node:util';
import { Wallet } from 'ethers';
import { io, type Socket } from 'socket.io-client';
import type { MessageBody } from '../src/protocol/payload.ts';
import { routes } from '../src/protocol/routes.ts';
import { sealMessage } from '../src/protocol/sealMessage.ts';
import { CHATS } from '../src/protocol/socketEvents.ts';
import { inWords, round, summary } from './figures.ts';
import { startNode, type NodeProcess } from './nodeProcess.ts';
import { makeUsers, type User } from './users.ts';

const USAGE = `Puts a Push Node under load: real keys, every proof verified, every message durable before it is answered.

  npm run load -- [--messages 2000] [--flight 16] [--users 4] [--sockets 1000] [--database URL] [--json FILE]

  --messages N    messages to send, sealed beforehand
  --flight N      how many are under way at a time
  --users N       accounts that write to one another, in pairs
  --sockets N     idle live connections that are held meanwhile
  --database URL  PostgreSQL instead of the embedded store
  --json FILE     also write the figures there
`;

export async function main(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      messages: { type: 'string', default: '2000' },
      flight: { type: 'string', default: '16' },
      users: { type: 'string', default: '4' },
      sockets: { type: 'string', default: '1000' },
      database: { type: 'string' },
      json: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  });
  if (values.help) {
    process.stdout.write(USAGE);
    return 0;
  }
  const folder = await mkdtemp(join(tmpdir(), 'push-node-load-'));
  const home = values.database === undefined ? ['--data', folder] : ['--database', values.database];
  const node = await startNode('--port', '0', '--limits', 'off', ...home);
  try {
    const figures = await measure(node, {
      messages: Number(values.messages),
      flight: Number(values.flight),
      users: Number(values.users),
      sockets: Number(values.sockets),
    });
    const report = { machine: `${cpus().length} cores, Node ${process.version}`, store: home[0], ...figures };
    process.stdout.write(`${inWords(report)}\n`);
    if (values.json !== undefined) await writeFile(values.json, JSON.stringify(report, null, 2));
    return 0;
  } finally {
    await node.stop('SIGTERM');
    await rm(folder, { recursive: true, force: true });
  }
}

interface Load {
  readonly messages: number;
  readonly flight: number;
  readonly users: number;
  readonly sockets: number;
}

const LATEST_MS = 5_000;

async function measure(node: NodeProcess, { messages, flight, users, sockets }: Load): Promise<object> {
  const memoryBefore = node.memory();
  const idle = await Promise.all(
    Array.from({ length: sockets }, () => connected(node.url, Wallet.createRandom().address)),
  );
  const memoryPerSocket = (node.memory() - memoryBefore) / Math.max(1, sockets);

  const accounts = await makeUsers(node.url, users);
  const bodies = await seal(accounts, messages + users);
  for (const body of bodies.splice(0, users / 2)) await post(node.url, routes.sendRequest().path, body);

  const sent = new Map<string, number>();
  const acked: number[] = [];
  const delivered: number[] = [];
  const listening = await Promise.all(accounts.map(({ did }) => connected(node.url, did)));
  for (const socket of listening) {
    socket.on(CHATS, ({ verificationProof, messageOrigin }: Record<string, string>) => {
      const start = sent.get(verificationProof ?? '');
      if (start !== undefined && messageOrigin === 'other') delivered.push(performance.now() - start);
    });
  }

  const lag = monitorEventLoopDelay({ resolution: 5 });
  const cpuBefore = node.cpu();
  lag.enable();
  const began = performance.now();
  const write = async (): Promise<void> => {
    for (let body = bodies.pop(); body; body = bodies.pop()) {
      const start = performance.now();
      sent.set(body.verificationProof ?? '', start);
      await post(node.url, routes.sendMessage().path, body);
      acked.push(performance.now() - start);
    }
  };
  await Promise.all(Array.from({ length: flight }, write));
  const seconds = (performance.now() - began) / 1000;
  lag.disable();
  // The last events may still be on their way when the last answer is here.
  for (let waited = 0; delivered.length < acked.length && waited < LATEST_MS; waited += 50) await sleep(50);

  const held = idle.filter(({ connected: still }) => still).length;
  for (const socket of [...idle, ...listening]) socket.close();
  return {
    messages: acked.length,
    'under way at a time': flight,
    'messages per second': round(acked.length / seconds),
    'node CPU per message, ms': round((node.cpu() - cpuBefore) / acked.length),
    'ack, ms': summary(acked),
    'send to delivery, ms': summary(delivered),
    delivered: delivered.length,
    'sockets held': `${held} of ${sockets}`,
    'memory per socket, kB': round(memoryPerSocket / 1024),
    'node memory, MB': round(node.memory() / 1024 / 1024),
    'own event loop lag p99, ms': round(lag.percentile(99) / 1e6),
  };
}

/** The first `accounts / 2` are requests, one of each pair; what follows goes both ways. */
async function seal(accounts: readonly User[], count: number): Promise<MessageBody[]> {
  const bodies: MessageBody[] = [];
  for (let i = 0; i < count; i += 1) {
    const from = accounts[i < accounts.length / 2 ? 2 * i : i % accounts.length];
    const to = accounts[i < accounts.length / 2 ? 2 * i + 1 : (i % accounts.length) ^ 1];
    if (!from || !to) throw new Error('--users must be even.');
    const content = { type: 'Text', content: `Message ${i}. ${'x'.repeat(80)}` } as const;
    bodies.push(
      await sealMessage(content, { from: from.did, to: to.did, receiverKey: to.publicKey, senderKey: from.privateKey }),
    );
  }
  return bodies;
}

async function post(url: string, path: string, body: object): Promise<void> {
  const answer = await fetch(url + path, { method: 'POST', body: JSON.stringify(body) });
  const text = await answer.text();
  if (answer.status !== 201) throw new Error(`${answer.status}: ${text}`);
}

function connected(url: string, did: string): Promise<Socket> {
  const socket = io(url, { transports: ['websocket'], query: { mode: 'chat', did }, forceNew: true });
  return new Promise((resolve) => {
    socket.once('connect', () => resolve(socket));
  });
}

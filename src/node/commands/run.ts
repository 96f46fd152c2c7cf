import { PushChatError } from '../../errors.ts';
import type { Chains } from '../../protocol/chain.ts';
import { rpcChains } from '../../chains/ethersChains.ts';
import { startPushNode, type PushServerConfig, type RunningNode } from '../httpServer.ts';
import { createLog } from '../log.ts';
import type { WebPushConfig } from '../push/webPush.ts';
import type { Options } from './options.ts';

/** Starts a node, says where it is, and keeps it until it is told to stop. */
export async function run(options: Options): Promise<number> {
  const stopped = untilStopped();
  const server = await startPushNode(configOf(options));
  process.stdout.write(`${banner(server, options)}\n`);
  await stopped;
  await server.close();
  return 0;
}

const DEFAULT_DATA = 'push-node-data';

/** The one place that a node keeps everything in. */
export function homeOf({ data, memory, database }: Options): Pick<PushServerConfig, 'dataDir' | 'memory' | 'database'> {
  if ([data !== undefined, memory === true, database !== undefined].filter(Boolean).length > 1) {
    throw new PushChatError('InvalidConfig', 'Give only one of --data, --database and --memory.');
  }
  if (database !== undefined) return { database };
  return memory ? { memory } : { dataDir: data ?? DEFAULT_DATA };
}

const MEGABYTE = 1024 * 1024;

function configOf(options: Options): PushServerConfig {
  const { port, host, auth, limits, peer, ipfs } = options;
  const maxSize = options['max-size'];
  const peerSecret = options['peer-secret'];
  const write = (line: string): void => void process.stderr.write(line);
  const log = options.log === 'off' ? undefined : createLog(write, { level: options.log ?? 'warn', now: Date.now });
  return {
    ...homeOf(options),
    ...(port !== undefined && { port }),
    ...(host !== undefined && { host }),
    ...(auth && { auth }),
    ...(limits === 'off' && { limits: false }),
    ...(peer && { peers: peer }),
    ...(ipfs !== undefined && { ipfs }),
    ...(peerSecret !== undefined && { peerSecret }),
    chains: chainsOf(options),
    push: pushOf(options),
    ...(maxSize !== undefined && { maxBytes: maxSize * MEGABYTE }),
    ...(options['trust-proxy'] && { trustProxy: true }),
    ...(options.metrics === 'on' && { metrics: true }),
    ...(log && { logger: log, observers: [log] }),
  };
}

/** Web Push, where there are keys for it. @throws {PushChatError} `InvalidConfig` when something of it is missing */
function pushOf(options: Options): WebPushConfig | undefined {
  const publicKey = options['vapid-public-key'];
  const privateKey = options['vapid-private-key'];
  const subject = options['vapid-subject'];
  if (publicKey === undefined && privateKey === undefined && subject === undefined) return undefined;
  if (publicKey === undefined || privateKey === undefined || subject === undefined) {
    throw new PushChatError('InvalidConfig', 'Web Push needs both --vapid keys and --vapid-subject.');
  }
  return { publicKey, privateKey, subject, hosts: options['push-host'] };
}

/** The blockchains of `--chain ID=URL`. @throws {PushChatError} `InvalidConfig` */
export function chainsOf({ chain = [] }: Options): Chains {
  const urls = chain.map((item) => {
    const [, id, url] = /^(\d+)=(.+)$/.exec(item) ?? [];
    if (id === undefined || url === undefined) {
      throw new PushChatError('InvalidConfig', '--chain must be ID=URL, such as 1=https://rpc.example.');
    }
    return [Number(id), url] as const;
  });
  return rpcChains(Object.fromEntries(urls));
}

function banner({ url }: RunningNode, options: Options): string {
  const { dataDir, database } = homeOf(options);
  const place =
    dataDir === undefined ? (database === undefined ? 'in memory' : 'data in PostgreSQL') : `data in ${dataDir}`;
  const notes = [
    ...(options.auth === 'required' ? ['reading needs proof'] : []),
    ...(options.limits === 'off' ? ['no limits'] : []),
    ...(options['vapid-public-key'] === undefined ? [] : ['wakes devices by Web Push']),
    ...(options.ipfs === undefined ? [] : [`pins on ${options.ipfs}`]),
    ...(options.peer ? [`follows ${options.peer.join(', ')}`] : []),
  ];
  return [`Push Node at ${url}, ${place}`, ...notes].join('; ');
}

function untilStopped(): Promise<void> {
  return new Promise((resolve) => {
    for (const signal of ['SIGTERM', 'SIGINT'] as const) process.once(signal, () => resolve());
  });
}

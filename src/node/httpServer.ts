import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { createServer as createRelay, type AddressInfo, type Server as Relay } from 'node:net';
import { Readable } from 'node:stream';
import { setTimeout as wait } from 'node:timers/promises';
import type * as SocketIo from 'socket.io';
import { asPushChatError, PushChatError } from '../errors.ts';
import { callerOf } from './callerOf.ts';
import { createPushNode, type PushNode, type PushNodeConfig } from './createPushNode.ts';
import { openMetrics, type Metrics } from './metrics.ts';
import { openProcessBus } from './processBus.ts';
import { openWebPush, type WebPushConfig } from './push/webPush.ts';
import { admitSockets, SOCKETS } from './sockets.ts';
import { openLibsqlStore } from './store/libsqlStore.ts';
import { createMemoryStore } from './store/memoryStore.ts';
import { openPostgresStore } from './store/postgresStore.ts';
import type { NodeStore } from './store/store.ts';
import { missingPackage } from './missingPackage.ts';

export interface PushServerConfig extends Omit<PushNodeConfig, 'store' | 'bus' | 'peers' | 'ipfs' | 'push'> {
  /** 0 takes any free port. @default 4000, the only one that official clients know on this machine */
  readonly port?: number;
  /** An address to listen on. @default this machine alone: `127.0.0.1` and, where there is IPv6, `::1` */
  readonly host?: string;
  /** Folder of the durable store, made when missing; one node at a time. */
  readonly dataDir?: string;
  /** What its file may grow to; writes beyond it are refused. @default as the disk allows */
  readonly maxBytes?: number;
  /** A PostgreSQL database instead, `postgres://…`; any number of processes with the same one are one node. */
  readonly database?: string;
  /** Origins of other nodes, whose users are to chat with this one's. @default none */
  readonly peers?: readonly string[];
  /** RPC of an IPFS node (Kubo), such as `http://127.0.0.1:5001`, that every block is put to and pinned on. */
  readonly ipfs?: string;
  /** Wakes devices whose pages are closed, through the push services of their browsers. @default none */
  readonly push?: WebPushConfig | undefined;
  /** Takes callers' addresses from the last `X-Forwarded-For`, which a proxy must set. @default false */
  readonly trustProxy?: boolean;
  /** Serve figures for Prometheus at `/metrics`, to whoever can reach the port. @default false */
  readonly metrics?: boolean;
  /** Forget everything on close. */
  readonly memory?: boolean;
}

export interface RunningNode {
  readonly port: number;
  /** Origin to give to clients, such as `http://localhost:4000`. */
  readonly url: string;
  readonly node: PushNode;
  /** Answers what was already asked, disconnects everybody, then closes the store. */
  readonly close: () => Promise<void>;
}

const DEFAULT_PORT = 4000;
const LOOPBACK = ['127.0.0.1', '::1'];

/**
 * Starts a Push Node behind HTTP and socket.io (protocol 1.2, 6.1).
 * @throws {PushChatError} `InvalidConfig` when port or folder cannot be used, with its cause
 */
export async function startPushNode(config: PushServerConfig): Promise<RunningNode> {
  const { port = DEFAULT_PORT, host, database, peers = [], ipfs, push, observers = [], ...nodeConfig } = config;
  const { Server: SocketServer } = await loadSocketIo();
  const report = (error: unknown): void => config.logger?.warn(asPushChatError(error));
  const service = push && (await openWebPush(push));
  const store = await openStore(config, report);
  const server = createServer(BOUNDS);
  server.maxHeadersCount = MAX_HEADERS;
  server.maxConnections = MAX_CONNECTIONS;
  const sockets = new SocketServer(server, SOCKETS);
  const bus = database === undefined ? undefined : await openProcessBus(sockets, database, report);
  const metrics = config.metrics ? await openMetrics(() => sockets.engine.clientsCount) : undefined;
  const node = createPushNode({
    observers: [...observers, ...(metrics ? [metrics] : [])],
    ...nodeConfig,
    store,
    peers: peers.map((url) => ({ url })),
    ...(ipfs !== undefined && { ipfs: { url: ipfs } }),
    ...(bus && { bus }),
    ...(service && { push: service }),
  });
  serve(server, node, { trustProxy: config.trustProxy ?? false, metrics });
  admitSockets(sockets, node, { trustProxy: config.trustProxy ?? false, now: config.now ?? Date.now });
  const close = async (): Promise<void> => {
    await node.close();
    await bus?.close();
  };
  try {
    const relays = await listen(server, port, host === undefined ? LOOPBACK : [host]);
    const bound = (server.address() as AddressInfo).port;
    const stopFollowing = node.follow({ wait: waitFor, random: Math.random, warn: report });
    return {
      port: bound,
      url: `http://${host === undefined ? 'localhost' : bracketed(host)}:${bound}`,
      node,
      close: async () => {
        await Promise.all([stopFollowing(), closeServer(server, sockets), ...relays.map(closeRelay)]);
        await close();
      },
    };
  } catch (cause) {
    await close();
    throw new PushChatError(
      'InvalidConfig',
      `Port ${port} cannot be listened on. Stop what has it, or choose another.`,
      { cause },
    );
  }
}

const waitFor = (ms: number, signal: AbortSignal): Promise<void> =>
  wait(ms, undefined, { signal }).catch(() => undefined);

const bracketed = (host: string): string => (host.includes(':') ? `[${host}]` : host);

async function openStore(
  { dataDir, maxBytes, database, memory = false }: PushServerConfig,
  report: (error: unknown) => void,
): Promise<NodeStore> {
  if ([dataDir !== undefined, database !== undefined, memory].filter(Boolean).length !== 1) {
    throw new PushChatError(
      'InvalidConfig',
      'Give one of `dataDir`, `database` (where to keep everything) and `memory: true`.',
    );
  }
  if (database !== undefined) return openPostgresStore(database, report);
  return dataDir === undefined
    ? createMemoryStore()
    : openLibsqlStore(dataDir, maxBytes === undefined ? {} : { maxBytes });
}

/** Against callers who send a byte a minute, or headers without end (security ND-07). */
const BOUNDS = {
  headersTimeout: 15_000,
  requestTimeout: 30_000,
  connectionsCheckingInterval: 5_000,
  maxHeaderSize: 16_384,
};
const MAX_HEADERS = 100;
const MAX_CONNECTIONS = 50_000;

interface Surroundings {
  readonly trustProxy: boolean;
  readonly metrics: Metrics | undefined;
}

function serve(server: Server, node: PushNode, { trustProxy, metrics }: Surroundings): void {
  server.on('request', (request, response) => {
    // socket.io answers its own path.
    if (request.url?.startsWith('/socket.io/')) return;
    const answering =
      metrics && request.url === '/metrics'
        ? answerMetrics(metrics, response)
        : answer(node, request, response, trustProxy);
    answering.catch(() => response.destroy());
  });
}

async function answerMetrics({ contentType, text }: Metrics, outgoing: ServerResponse): Promise<void> {
  outgoing.writeHead(200, { 'content-type': contentType }).end(await text());
}

async function answer(
  node: PushNode,
  incoming: IncomingMessage,
  outgoing: ServerResponse,
  trustProxy: boolean,
): Promise<void> {
  const response = await node.fetch(toRequest(incoming), callerOf(incoming, trustProxy));
  const body = Buffer.from(await response.arrayBuffer());
  // A caller whose body was not read to its end would take this answer for one to its next request.
  if (!incoming.complete) outgoing.setHeader('connection', 'close');
  const length = response.status !== 204 && { 'content-length': body.length };
  outgoing.writeHead(response.status, { ...Object.fromEntries(response.headers), ...length });
  outgoing.end(body);
}

function toRequest(incoming: IncomingMessage): Request {
  const { method = 'GET', url = '/' } = incoming;
  const headers = new Headers();
  for (const [name, value] of Object.entries(incoming.headers)) if (typeof value === 'string') headers.set(name, value);
  const withBody = method === 'POST' || method === 'PUT';
  const body = withBody && { body: Readable.toWeb(incoming) as ReadableStream<Uint8Array>, duplex: 'half' as const };
  // What the caller calls this host is of no interest, and could be no address at all.
  return new Request(new URL(`http://push-node.local${url.startsWith('/') ? url : '/'}`), { method, headers, ...body });
}

/** Loaded only when needed: pages that embed the widgets do without it, so it is an optional peer. */
async function loadSocketIo(): Promise<typeof SocketIo> {
  try {
    return await import('socket.io');
  } catch (cause) {
    throw missingPackage('A Push Node on a port needs', 'socket.io', cause);
  }
}

/** Listens on the first address and, where there are more, hands their connections to the same server. */
async function listen(server: Server, port: number, [first, ...others]: readonly string[]): Promise<Relay[]> {
  await listening(server, port, first);
  const bound = (server.address() as AddressInfo).port;
  const relays: Relay[] = [];
  try {
    for (const host of others) {
      const relay = createRelay({ noDelay: true }, (socket) => server.emit('connection', socket));
      if (await listeningWhereThere(relay, bound, host)) relays.push(relay);
    }
    return relays;
  } catch (error) {
    await Promise.all([server, ...relays].map(closeRelay));
    throw error;
  }
}

function listening(server: Relay, port: number, host: string | undefined): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen({ port, host }, () => {
      server.off('error', reject);
      resolve();
    });
  });
}

const NO_SUCH_ADDRESS: ReadonlySet<unknown> = new Set(['EADDRNOTAVAIL', 'EAFNOSUPPORT', 'EINVAL']);

async function listeningWhereThere(server: Relay, port: number, host: string): Promise<boolean> {
  try {
    await listening(server, port, host);
    return true;
  } catch (error) {
    if (error instanceof Error && 'code' in error && NO_SUCH_ADDRESS.has(error.code)) return false;
    throw error;
  }
}

/** Longest wait for answers under way. */
const DRAIN_MS = 3_000;

async function closeServer(server: Server, sockets: SocketIo.Server): Promise<void> {
  const late = setTimeout(() => {
    server.closeAllConnections();
  }, DRAIN_MS);
  await sockets.close();
  clearTimeout(late);
}

const closeRelay = (relay: Relay): Promise<void> => new Promise((resolve) => relay.close(() => resolve()));

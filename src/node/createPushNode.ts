import { bytesToHex } from '@noble/hashes/utils.js';
import type { Hono } from 'hono';
import { routePath } from 'hono/route';
import { Hono as TinyHono } from 'hono/tiny';
import { randomBytes } from '../crypto/random.ts';
import { asPushChatError, PushChatError } from '../errors.ts';
import { formatNodeError } from '../protocol/nodeError.ts';
import type { Chains } from '../protocol/chain.ts';
import { createHolderRules } from './chain/holderRules.ts';
import { rememberAccess } from './chain/rememberAccess.ts';
import type { NodeContext } from './context.ts';
import { createCommit } from './commit.ts';
import { createAuth, type Auth } from './auth.ts';
import { createConnections, type Connection } from './connections.ts';
import { createDelivery, type Bus, type NodeListener } from './delivery.ts';
import { bindHealth } from './health.ts';
import type { Caller } from './caller.ts';
import { resumeSpreading } from './notifications/placeNotification.ts';
import type { NodeObserver } from './observer.ts';
import { createPinner, type PinnerConfig } from './ipfs/pinner.ts';
import { createLimits, type LimitRates } from './limits/limits.ts';
import type { PushService } from './push/pushService.ts';
import { wakingDelivery } from './push/wakeDevices.ts';
import { follow, type Pace } from './replication/follow.ts';
import { openPeer, type Peer, type PeerConfig } from './replication/peer.ts';
import { binder } from './routes/answer.ts';
import { bindAuth, guardReads } from './routes/auth.ts';
import { bindChats } from './routes/chats.ts';
import { bindGateway } from './routes/gateway.ts';
import { bindGroups } from './routes/groups.ts';
import { bindMessages } from './routes/messages.ts';
import { bindNotifications } from './routes/notifications.ts';
import { bindPush } from './routes/push.ts';
import { bindReplication } from './routes/replication.ts';
import { bindUsers } from './routes/users.ts';
import type { RuleChecker } from './rules.ts';
import { createMemoryStore } from './store/memoryStore.ts';
import type { NodeStore } from './store/store.ts';

export interface PushNodeConfig {
  /** @default a store in memory */
  readonly store?: NodeStore;
  /** Carries live events between the processes that share one store. */
  readonly bus?: Bus;
  /**
   * Blockchains to ask about contract wallets and tokens (`ethersChains`). Accounts and conditions on all others are
   * refused, since nobody could check them. @default none
   */
  readonly chains?: Chains;
  /** Judges the conditions of groups. @default who holds which tokens on `chains`; all else is refused */
  readonly rules?: RuleChecker;
  /** Other nodes, whose users are to chat with this one's. @default none */
  readonly peers?: readonly PeerConfig[];
  /** An IPFS node that every block is put to and pinned on. @default none */
  readonly ipfs?: PinnerConfig;
  /** What nodes tell each other before they may read a journal. @default anybody may read it, as they may read everything else */
  readonly peerSecret?: string;
  /** What callers may do at most, or false for no limits. @default `DEFAULT_RATES` */
  readonly limits?: Partial<LimitRates> | false;
  /**
   * Whether accounts must prove who they are before they read. The official client cannot; ours does by itself.
   * @default 'optional'
   */
  readonly auth?: 'optional' | 'required';
  /** Wakes devices through the push services of their browsers, such as `openWebPush` makes. @default none */
  readonly push?: PushService | undefined;
  /** Milliseconds since the epoch. @default Date.now */
  readonly now?: () => number;
  /** Looks on: for logs and figures. */
  readonly observers?: readonly NodeObserver[];
  /** Hears of unexpected failures, whose reason no caller is told; silent by default. */
  readonly logger?: { readonly warn: (error: PushChatError) => void };
}

/** A Push Node as a pair of functions: the same behind a port, in a browser tab and in a test. */
export interface PushNode {
  /** Answers one call of the protocol; never rejects. */
  readonly fetch: (request: Request, caller?: Caller) => Promise<Response>;
  /**
   * Hears an account's live events until it is stopped.
   * @param host the name that the caller knows this node by
   * @throws {PushChatError} `InvalidAddress`
   */
  readonly connect: (did: string, listener: NodeListener, host?: string) => Connection;
  /** The nodes that this one follows. */
  readonly peers: readonly Peer[];
  /** Keeps reading the journals of the peers, and pinning, until the returned stop is called. */
  readonly follow: (pace: Pace) => () => Promise<void>;
  /** Finishes what is under way and closes the store. */
  readonly close: () => Promise<void>;
}

/** No cookies, no credentials: any page may call, and none gets more than another (protocol 1.3). */
const HEADERS = {
  'access-control-allow-origin': '*',
  'access-control-allow-methods': 'GET, POST, PUT, OPTIONS',
  'access-control-allow-headers': 'accept, authorization, content-type, x-js-sdk-version',
  'access-control-expose-headers': 'retry-after, x-request-id',
  'access-control-max-age': '86400',
  'x-content-type-options': 'nosniff',
} as const;

/** Makes a reference Push Node: accounts, chats, groups and notifications (protocol 1 to 7). */
export function createPushNode(config: PushNodeConfig = {}): PushNode {
  const { store = createMemoryStore(), bus, chains = new Map(), now = Date.now, logger } = config;
  const { rules: entry = createHolderRules(chains) } = config;
  const rules = { entry, chat: rememberAccess(entry, now) };
  const warn = (error: unknown): void => logger?.warn(asPushChatError(error));
  const plain = createDelivery(warn, bus);
  const delivery = config.push ? wakingDelivery(plain, config.push, () => node) : plain;
  const news = new EventTarget();
  const observers = config.observers ?? [];
  const taken = (verb: string): void => observers.forEach((observer) => observer.taken?.(verb));
  const commit = createCommit({ store, delivery, now, news, taken }, warn);
  const limits = config.limits !== false && { limits: createLimits(config.limits ?? {}, now) };
  const node: NodeContext = { store, commit, chains, rules, now, warn, ...limits };
  resumeSpreading(node).catch(warn);
  const auth = createAuth(node, config.auth === 'required');
  const peers = (config.peers ?? []).map((peer) => openPeer(node, peer, config.peerSecret));
  const pinner = config.ipfs && createPinner(node, config.ipfs);
  const app = createApp(node, auth, news, config);
  const connect = createConnections(delivery, auth, now);
  return {
    fetch: async (request, caller = {}) => app.fetch(request, caller),
    connect: (did, listener, host = IN_PROCESS) => connect(did, listener, host),
    peers,
    follow: (pace) => follow(peers, news, pace, pinner ? [pinner.pin] : []),
    close: store.close,
  };
}

/** The host of requests that never leave the process. */
const IN_PROCESS = 'push-node.local';

function createApp(
  node: NodeContext,
  auth: Auth,
  news: EventTarget,
  { peerSecret, push, observers = [] }: PushNodeConfig,
): Hono {
  const app: Hono = new TinyHono({ strict: false });
  app.use(async (context, next) => {
    for (const [name, value] of Object.entries(HEADERS)) context.header(name, value);
    // The caller's to quote and the operator's to find; it says nothing about either.
    const requestId = bytesToHex(randomBytes(8));
    context.header('x-request-id', requestId);
    const began = performance.now();
    await next();
    const { method } = context.req;
    const answered = {
      method,
      status: context.res.status,
      ms: Math.round((performance.now() - began) * 100) / 100,
      requestId,
    };
    for (const observer of observers) observer.answered?.({ ...answered, route: routePath(context, -1) });
  });
  app.options('*', (context) => context.body(null, 204));
  bindHealth(app, node);
  app.use(async ({ req, env }, next) => {
    node.limits?.call(req.method, (env as Caller).ip);
    await next();
  });
  const bind = binder(app);
  bindAuth(bind, auth);
  if (auth.required) guardReads(app, node, auth);
  bindUsers(bind, node);
  bindMessages(bind, node);
  bindChats(bind, node);
  bindGroups(bind, node);
  bindNotifications(bind, node);
  if (push) bindPush(bind, node, push);
  bindGateway(bind, node);
  // A journal holds what nobody may read without proof.
  if (!auth.required || peerSecret !== undefined) bindReplication(bind, node, news, peerSecret);
  app.notFound(() => {
    throw new PushChatError('NotFound', 'This node has no such address.');
  });
  app.onError((thrown, context) => {
    const error = asPushChatError(thrown);
    if (error.code === 'Internal') node.warn(error);
    const { status, body } = formatNodeError(
      error,
      new Date(node.now()),
      context.res.headers.get('x-request-id') ?? undefined,
    );
    if (error.retryAfter !== undefined) context.header('retry-after', String(error.retryAfter));
    return context.json(body, status as 400);
  });
  return app;
}

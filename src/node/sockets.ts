import type * as SocketIo from 'socket.io';
import { PushChatError } from '../errors.ts';
import { CHALLENGE, CHAT_GROUPS, CHATS, PROOF, PROVEN, USER_FEEDS, USER_SPAM_FEEDS } from '../protocol/socketEvents.ts';
import { callerOf, hostOf } from './callerOf.ts';
import type { Connection } from './connections.ts';
import type { PushNode } from './createPushNode.ts';
import type { NodeListener } from './delivery.ts';
import { createTokenBuckets } from './limits/tokenBuckets.ts';

/** Clients of this protocol send almost nothing over their live connection. */
export const SOCKETS = {
  transports: ['websocket'],
  perMessageDeflate: false,
  serveClient: false,
  cors: { origin: '*' },
  maxHttpBufferSize: 10_000,
  connectTimeout: 10_000,
} satisfies Partial<SocketIo.ServerOptions>;

/**
 * Chat connections say `mode=chat&did=…`, those for notifications `address=…`, and each gets its own events alone
 * (protocol 6.1); whatever else comes is disconnected.
 */
export function admitSockets(
  sockets: SocketIo.Server,
  node: Pick<PushNode, 'connect'>,
  { trustProxy, now }: { readonly trustProxy: boolean; readonly now: () => number },
): void {
  const packets = createTokenBuckets(PACKETS, now);
  const perAddress = new Map<string, number>();
  sockets.on('connection', (socket: SocketIo.Socket) => {
    socket.conn.on('packet', () => {
      if (packets.take(socket.id) > 0) socket.disconnect(true);
    });
    try {
      countAddress(socket, perAddress, trustProxy);
      const { account, events } = wishIn(socket);
      const listener: NodeListener = (event, payload) => {
        if (events.has(event)) socket.emit(event, payload);
      };
      askForProof(socket, node.connect(account, listener, hostOf(socket.request, trustProxy)));
    } catch {
      socket.disconnect(true);
    }
  });
}

const CHAT_EVENTS: ReadonlySet<string> = new Set([CHATS, CHAT_GROUPS]);
const FEED_EVENTS: ReadonlySet<string> = new Set([USER_FEEDS, USER_SPAM_FEEDS]);

/** @throws {PushChatError} `PayloadMalformed` */
function wishIn({ handshake }: SocketIo.Socket): { account: string; events: ReadonlySet<string> } {
  const { mode, did, address } = handshake.query;
  if (mode === 'chat' && typeof did === 'string') return { account: did, events: CHAT_EVENTS };
  if (mode === undefined && typeof address === 'string') return { account: address, events: FEED_EVENTS };
  throw new PushChatError('PayloadMalformed', 'Say `mode=chat&did=…` or `address=…`.');
}

/** What one connection may send: answers to challenges and signs of life. */
const PACKETS = { burst: 60, perSecond: 2 };
/** Connections from one address: a whole office may share it. */
const MAX_PER_ADDRESS = 1_000;

/** @throws {PushChatError} `RateLimited` */
function countAddress(socket: SocketIo.Socket, perAddress: Map<string, number>, trustProxy: boolean): void {
  const { ip } = callerOf(socket.request, trustProxy);
  if (ip === undefined) return;
  const before = perAddress.get(ip) ?? 0;
  if (before >= MAX_PER_ADDRESS) throw new PushChatError('RateLimited', 'Too many connections from one address.');
  perAddress.set(ip, before + 1);
  socket.on('disconnect', () => {
    const left = (perAddress.get(ip) ?? 1) - 1;
    if (left === 0) perAddress.delete(ip);
    else perAddress.set(ip, left);
  });
}

/** Who does not listen after this time never proved to be the account, and takes up a connection. */
const PROOF_MS = 15_000;

function askForProof(socket: SocketIo.Socket, connection: Connection): void {
  const giveUp = setTimeout(() => {
    if (!connection.isListening()) socket.disconnect(true);
  }, PROOF_MS);
  socket.on('disconnect', () => {
    clearTimeout(giveUp);
    connection.stop();
  });
  socket.on(PROOF, (answer: unknown) => {
    connection.prove(typeof answer === 'string' ? answer : '').then(
      () => socket.emit(PROVEN),
      () => socket.disconnect(true),
    );
  });
  socket.emit(CHALLENGE, connection.challenge, connection.isListening());
}

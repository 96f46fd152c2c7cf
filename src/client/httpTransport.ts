import type { Socket } from 'socket.io-client';
import { PushChatError } from '../errors.ts';
import { parseJson } from '../protocol/parseJson.ts';
import { CHALLENGE, CHAT_GROUPS, CHATS, FEED_BOXES, PROOF, PROVEN } from '../protocol/socketEvents.ts';
import { parseOrigin } from './origin.ts';
import { readAnswer } from './readAnswer.ts';
import type { LiveListener, Transport } from './transport.ts';

const RECONNECT_MS = 1_000;

export interface HttpLimits {
  /** Until an answer begins, in milliseconds. @default 30,000 */
  readonly beginMs?: number;
  /** Until it has ended, in milliseconds. @default 120,000 */
  readonly endMs?: number;
  /** Bytes of an answer, unpacked. @default 40,000,000 */
  readonly maxBytes?: number;
}

/**
 * Talks to a node over HTTP and socket.io. Nothing is waited for or read without end, and no redirect is followed: what
 * goes to one node goes to no other (security NW-02 to NW-04).
 * @param address origin of the node, such as `https://backend.epns.io`; plain http only on this very machine
 * @throws {PushChatError} `InvalidConfig`
 */
export function httpTransport(
  address: string,
  { beginMs = 30_000, endMs = 120_000, maxBytes }: HttpLimits = {},
): Transport {
  const origin = parseOrigin(address);
  return {
    host: new URL(origin).host,
    request: async ({ method, path }, body, token) => {
      // Without a token a GET has no header that browsers would ask the node's leave for first.
      const headers = {
        ...(body && { 'content-type': 'application/json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      };
      const json = { headers, ...(body && { body: JSON.stringify(body) }) };
      const slow = new AbortController();
      const giveUp = (): void => {
        slow.abort(new DOMException('slow', 'TimeoutError'));
      };
      const begin = setTimeout(giveUp, beginMs);
      const end = setTimeout(giveUp, endMs);
      try {
        const response = await fetch(origin + path, { method, ...json, redirect: 'manual', signal: slow.signal });
        clearTimeout(begin);
        if (isRedirect(response)) throw redirected(origin);
        return await readAnswer(response, maxBytes);
      } catch (cause) {
        throw cause instanceof PushChatError ? cause : networkError(cause, origin);
      } finally {
        clearTimeout(begin);
        clearTimeout(end);
      }
    },
    subscribe: (did, listener) =>
      connect(
        origin,
        { mode: 'chat', did },
        listener,
        new Map([
          [CHATS, (payload) => listener.event(payload)],
          [CHAT_GROUPS, (payload) => listener.groupEvent?.(payload)],
        ]),
      ),
    subscribeFeeds: (address, listener) => {
      const hear = [...FEED_BOXES].map(
        ([event, box]) => [event, (payload: unknown) => listener.notified(box, payload)] as const,
      );
      return connect(origin, { address }, listener, new Map(hear));
    },
  };
}

/** Browsers do not say where to; Node.js does. */
const isRedirect = ({ type, status }: Response): boolean =>
  type === 'opaqueredirect' || (status >= 300 && status < 400);

const redirected = (origin: string): PushChatError =>
  new PushChatError('NodeError', `${origin} sends us elsewhere, which a Push Node does not. Check its address.`);

function networkError(cause: unknown, origin: string): PushChatError {
  const timedOut = cause instanceof Error && cause.name === 'TimeoutError';
  return timedOut
    ? new PushChatError('NetworkTimeout', `${origin} did not answer in time. Try again.`, { cause })
    : new PushChatError('NetworkUnavailable', `${origin} cannot be reached. Check the connection and the node.`, {
        cause,
      });
}

/** What is done when something is told, by the name of the event. */
type Hear = ReadonlyMap<string, (payload: unknown) => void>;

function connect(
  origin: string,
  query: Readonly<Record<string, string>>,
  listener: Pick<LiveListener, 'status' | 'prove'>,
  hear: Hear,
): () => void {
  let isStopped = false;
  let stop: (() => void) | undefined;
  let retry: ReturnType<typeof setTimeout> | undefined;
  // Loaded when it is needed: many pages only offer to chat.
  const begin = (): void => {
    listener.status('connecting');
    import('socket.io-client').then(
      ({ io }) => {
        if (!isStopped) stop = listen(io(origin, { transports: ['websocket'], query }), listener, hear);
      },
      () => {
        if (isStopped) return;
        listener.status('offline');
        retry = setTimeout(begin, RECONNECT_MS);
      },
    );
  };
  begin();
  return () => {
    isStopped = true;
    clearTimeout(retry);
    stop?.();
  };
}

function listen(socket: Socket, listener: Pick<LiveListener, 'status' | 'prove'>, hear: Hear): () => void {
  let retry: ReturnType<typeof setTimeout> | undefined;
  socket.on('connect', () => listener.status('online'));
  socket.on(CHALLENGE, (challenge: unknown, isListening: unknown) => {
    // A node that wants proof tells nothing before it.
    if (isListening === false) {
      listener.status('connecting');
      socket.once(PROVEN, () => listener.status('online'));
    }
    void listener.prove?.(challenge).then((answer) => {
      if (answer !== undefined) socket.emit(PROOF, answer);
    });
  });
  socket.on('connect_error', () => listener.status('offline'));
  socket.on('disconnect', (reason) => {
    listener.status('offline');
    // socket.io itself gives up after a disconnect that the server asked for, such as its restart.
    if (reason === 'io server disconnect') retry = setTimeout(() => socket.connect(), RECONNECT_MS);
  });
  // socket.io parses by itself, so dangerous keys are dropped here (security PA-02).
  for (const [event, told] of hear) {
    socket.on(event, (payload: unknown) => {
      told(parseJson(JSON.stringify(payload)));
    });
  }
  return () => {
    clearTimeout(retry);
    socket.close();
  };
}

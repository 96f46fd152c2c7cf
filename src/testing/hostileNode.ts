import type { LocalNode } from '../client/directTransport.ts';
import { blockCid, encodeBlock } from '../protocol/cid.ts';
import { sameDid } from '../protocol/did.ts';
import type { StoredMessage } from '../protocol/payload.ts';

/** What a client asked for. */
export interface HostileCall {
  readonly method: string;
  /** With its query. */
  readonly path: string;
}

/** One way in which a node lies, named after the case of the threat model that it is. Both parts are pure. */
export interface Lie {
  readonly name: string;
  /** The parsed answer that is told instead of a true one; the same where there is nothing to lie about. */
  readonly answer?: (answer: unknown, call: HostileCall) => unknown;
  /** The whole answer instead, where what matters is not its meaning. */
  readonly response?: (response: Response, call: HostileCall) => Response | Promise<Response>;
  /** What is told live instead of one event: it several times, others, or nothing. */
  readonly event?: (payload: unknown) => readonly unknown[];
}

/** A node that tells lies, each over the answer of those before it. */
export interface HostileNode extends LocalNode {
  /** Tells an account something live that no event caused. */
  readonly say: (did: string, payload: unknown) => void;
}

/**
 * Puts lies between a node and its clients.
 * @param lies told in their order; a function is asked anew each time, so that lies can begin and end
 */
export function hostileNode(node: LocalNode, lies: readonly Lie[] | (() => readonly Lie[])): HostileNode {
  const told = typeof lies === 'function' ? lies : () => lies;
  const heard = new Map<string, Set<(event: string, payload: unknown) => void>>();
  return {
    fetch: async (request) => {
      const { pathname, search } = new URL(request.url);
      const call = { method: request.method, path: pathname + search };
      let response = await node.fetch(request);
      for (const lie of told()) {
        if (lie.answer) response = await retold(response, (answer) => lie.answer?.(answer, call));
        if (lie.response) response = await lie.response(response, call);
      }
      return response;
    },
    connect: (did, listener) => {
      const listeners = heard.get(did) ?? new Set();
      heard.set(did, listeners.add(listener));
      const connection = node.connect(did, (event, payload) => {
        const payloads = told().reduce<readonly unknown[]>(
          (each, lie) => (lie.event ? each.flatMap(lie.event) : each),
          [payload],
        );
        for (const each of payloads) listener(event, each);
      });
      return {
        ...connection,
        stop: () => {
          listeners.delete(listener);
          connection.stop();
        },
      };
    },
    say: (did, payload) => {
      for (const [name, listeners] of heard) {
        if (sameDid(name, did)) for (const listener of listeners) listener('CHATS', payload);
      }
    },
  };
}

async function retold(response: Response, change: (answer: unknown) => unknown): Promise<Response> {
  if (!response.ok) return response;
  const text = await response.text();
  // Headers that described the true body do not describe this one.
  const { status, headers } = response;
  const type = headers.get('content-type') ?? 'application/json';
  return new Response(text === '' ? null : changed(text, change), { status, headers: { 'content-type': type } });
}

/** An answer that another lie left in a shape that cannot be lied about any more stays as that left it. */
function changed(text: string, change: (answer: unknown) => unknown): string {
  try {
    return JSON.stringify(change(JSON.parse(text)));
  } catch {
    return text;
  }
}

type Message = StoredMessage;
type Row = Readonly<Record<string, unknown>>;

/** The message under the id of its new bytes, as a careful liar makes it. */
export function renamed({ cid: _, chatId, ...block }: Message): Message {
  return { ...block, ...(chatId !== undefined && { chatId }), cid: blockCid(encodeBlock(block)) };
}

/** Changes histories, newest message first. */
export const inHistory =
  (change: (messages: readonly Message[]) => readonly unknown[]): NonNullable<Lie['answer']> =>
  (answer, { path }) =>
    path.includes('/conversationhash/') && Array.isArray(answer) ? change(answer as Message[]) : answer;

/** Changes the record of one account, wherever it is served. */
export const inUser =
  (did: string, change: (user: Row) => unknown): NonNullable<Lie['answer']> =>
  (answer, { path }) => {
    const swap = (user: Row): unknown => (sameDid(String(user['did']), did) ? change(user) : user);
    if (path.endsWith('/users/batch')) {
      const { users, ...rest } = answer as { users: Row[] };
      return { ...rest, users: users.map(swap) };
    }
    return path.includes('/v2/users/?') && answer !== null ? swap(answer as Row) : answer;
  };

/** Changes who the newest message of a thread is said to be. */
export const inHeads =
  (change: (head: string | null) => string | null): NonNullable<Lie['answer']> =>
  (answer, { path }) => {
    const row = answer as Row | null;
    if (row && 'threadHash' in row) return { ...row, threadHash: change(row['threadHash'] as string | null) };
    if (row && path.includes('/chat/') && 'threadhash' in row) {
      return { ...row, threadhash: change(row['threadhash'] as string | null) };
    }
    return answer;
  };

/** The lies that need to know nothing of who is lied to. */
export const LIES: readonly Lie[] = [
  {
    name: 'CR-02',
    answer: inHistory((all) => all.map((m) => renamed({ ...m, verificationProof: '', signature: '' }))),
  },
  { name: 'CR-11', answer: inHistory((all) => all.map((m) => renamed({ ...m, verificationProof: null }))) },
  { name: 'KI-06', answer: inHistory((all) => all.map((m) => renamed({ ...m, fromDID: m.toDID }))) },
  {
    name: 'KI-07',
    answer: inHistory((all) =>
      all.map((m) =>
        renamed({ ...m, fromDID: m.toDID, fromCAIP10: m.toCAIP10, toDID: m.fromDID, toCAIP10: m.fromCAIP10 }),
      ),
    ),
  },
  {
    name: 'CH-03',
    answer: inHistory((all) => all.flatMap((m) => [renamed({ ...m, timestamp: m.timestamp + 1 }), m]).slice(0, 30)),
  },
  { name: 'CH-04', answer: inHistory((all) => all.map((m) => ({ ...m, timestamp: m.timestamp + 1 }))) },
  { name: 'CH-05', answer: inHistory((all) => all.filter((_, i) => i % 3 !== 1)) },
  { name: 'CH-06', answer: inHistory((all) => all.map((m) => ({ ...m, link: m.cid }))) },
  { name: 'CH-08', answer: inHeads(() => null) },
  {
    name: 'CH-10',
    answer: inHistory((all) => all.map((m, i) => renamed({ ...m, timestamp: [0, -1, 8.64e15, 2 ** 63][i % 4] ?? 0 }))),
  },
  { name: 'CH-11', answer: inHistory((all) => all.map((m, i) => ({ ...m, link: ['', 5, undefined, null][i % 4] }))) },
  { name: 'CH-12', answer: inHistory((all) => [...all, ...all].slice(0, 30)) },
  { name: 'CH-12 out of order', answer: inHistory((all) => [...all].reverse()) },
  { name: 'PA-01', answer: (answer, { path }) => (path.includes('/chat') ? { answer } : answer) },
  {
    name: 'PA-02',
    answer: inHistory((all) => all.map((m) => ({ ...m, constructor: { prototype: { polluted: true } } }))),
  },
  { name: 'PA-05', response: () => new Response('<html>hello</html>', { headers: { 'content-type': 'text/html' } }) },
  { name: 'PA-07', answer: inHeads(() => '../../v2/users') },
  { name: 'NW-01', response: () => new Response(null, { status: 503 }) },
  { name: 'NW-06 duplicated', event: (payload) => Array<unknown>(5).fill(payload) },
  { name: 'NW-06 dropped', event: () => [] },
  {
    name: 'NW-09',
    event: (payload) => [{ ...(payload as Row), messageContent: 'contradicted', encType: 'PlainText' }],
  },
];

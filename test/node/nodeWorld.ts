import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { onTestFinished } from 'vitest';
import { createPushNode, type PushNode, type PushNodeConfig } from '../../src/node/createPushNode.ts';
import { openLibsqlStore } from '../../src/node/store/libsqlStore.ts';
import { createMemoryStore } from '../../src/node/store/memoryStore.ts';
import { openPostgresStore } from '../../src/node/store/postgresStore.ts';
import type { NodeStore } from '../../src/node/store/store.ts';
import type { MessageBody, ProfileUpdate, RequestAcceptance, RequestRejection } from '../../src/protocol/payload.ts';
import { routes, type Route } from '../../src/protocol/routes.ts';
import { signAcceptance, signProfileUpdate, signRejection } from '../../src/protocol/signProof.ts';
import { emptyDatabase } from '../support/postgres.ts';
import { didOf, NOW, sealed, text } from '../support/builders.ts';
import { privateKeyOf, vectorUser } from '../support/vectors.ts';

export interface Answer {
  readonly status: number;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests look into whatever came
  readonly body: any;
}

/** A node whose clock stands still at the vectors' time, with the calls that tests make of it. */
export interface NodeWorld {
  readonly node: PushNode;
  readonly clock: { time: number };
  readonly call: (route: Route, body?: unknown) => Promise<Answer>;
  /** Publishes the official client's profiles of these vector users. */
  readonly join: (...names: string[]) => Promise<void>;
  /** A first message by one vector user to another, as posted. */
  readonly ask: (from: string, to: string) => Promise<Answer>;
  /** A later message. */
  readonly send: (from: string, to: string, words?: string) => Promise<Answer>;
  readonly accept: (requester: string, acceptor: string) => Promise<Answer>;
  readonly block: (owner: string, ...blocked: string[]) => Promise<Answer>;
  /** Everything that an account hears of chats and groups from now on. */
  readonly listen: (name: string) => Event[];
  /** The whole chat of two accounts, oldest first. */
  readonly history: (me: string, peer: string) => Promise<Stored[]>;
}

export type Event = Stored & {
  readonly messageCategory: string;
  readonly messageOrigin: string;
  readonly hasIntent: boolean;
};
export type Stored = MessageBody & {
  readonly cid: string;
  readonly link: string | null;
  readonly timestamp: number;
  readonly chatId: string;
};

export function createNodeWorld(store?: NodeStore, config: Omit<PushNodeConfig, 'store' | 'now'> = {}): NodeWorld {
  const clock = { time: NOW.getTime() };
  const node = createPushNode({ now: () => clock.time, ...config, ...(store && { store }) });
  const call = async ({ method, path }: Route, body?: unknown): Promise<Answer> => {
    const sent = body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) };
    const response = await node.fetch(new Request(`http://node.test${path}`, { method, ...sent }));
    const answered = await response.text();
    return { status: response.status, body: answered === '' ? null : (JSON.parse(answered) as unknown) };
  };
  return {
    node,
    clock,
    call,
    join: async (...names) => {
      for (const name of names) await call(routes.createUser(), vectorUser(name).creation);
    },
    ask: async (from, to) => call(routes.sendRequest(), await sealed(text('May I?'), { from, to })),
    send: async (from, to, words = 'Hello') => call(routes.sendMessage(), await sealed(text(words), { from, to })),
    accept: async (requester, acceptor) => call(routes.acceptRequest(), await acceptance(requester, acceptor)),
    block: async (owner, ...blocked) =>
      call(routes.updateProfile(didOf(owner)), await profile(owner, blocked.map(didOf))),
    listen: (name) => {
      const events: Event[] = [];
      node.connect(didOf(name), (event, payload) => {
        if (event.startsWith('CHAT')) events.push(payload as Event);
      });
      return events;
    },
    history: async (me, peer) => {
      const { body: head } = await call(routes.head(didOf(me), didOf(peer)));
      const messages: Stored[] = [];
      for (let next: string | null = head.threadHash; next !== null; next = messages.at(-1)?.link ?? null) {
        messages.push(...(await call(routes.history(next, 30))).body);
      }
      return messages.reverse();
    },
  };
}

export const acceptance = async (requester: string, acceptor: string, signer = acceptor): Promise<RequestAcceptance> =>
  signAcceptance({ requester: didOf(requester), acceptor: didOf(acceptor) }, await privateKeyOf(signer), NOW);

export const rejection = async (requester: string, rejector: string, signer = rejector): Promise<RequestRejection> =>
  signRejection({ requester: didOf(requester), rejector: didOf(rejector) }, await privateKeyOf(signer), NOW);

export const profile = async (
  owner: string,
  blockedUsersList: readonly string[],
  name: string | null = null,
  signer = owner,
): Promise<ProfileUpdate> =>
  signProfileUpdate({ name, desc: null, picture: null, blockedUsersList }, await privateKeyOf(signer), NOW);

/** An empty folder that is gone after the test. */
export async function temporaryFolder(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'push-node-test-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  return folder;
}

/** Each kind of store, empty. */
export const STORES: readonly [name: string, open: () => Promise<NodeStore>][] = [
  ['memory', () => Promise.resolve(createMemoryStore())],
  [
    'libsql',
    async () => {
      const store = await openLibsqlStore(await temporaryFolder());
      onTestFinished(() => store.close());
      return store;
    },
  ],
  [
    'PostgreSQL',
    async () => {
      const store = await openPostgresStore(await emptyDatabase());
      onTestFinished(() => store.close());
      return store;
    },
  ],
];

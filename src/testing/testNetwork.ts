import { directTransport, type LocalNode } from '../client/directTransport.ts';
import type { LiveListener, Transport } from '../client/transport.ts';
import { PushChatError } from '../errors.ts';
import type { Route } from '../protocol/routes.ts';
import { hostileNode, LIES, type Lie } from './hostileNode.ts';

/** What goes wrong between one client and its node; everything can change at any time. */
export interface Faults {
  /** Nothing passes, and the client is told so. */
  readonly offline: boolean;
  /** Milliseconds that each call and each live event takes longer. */
  readonly latency: number;
  /** Share of the calls that are lost, from 0 to 1; by counting, so that a test goes the same way each time. */
  readonly lost: number;
  /** Of so many writes, the next ones, the node does what was asked, and its answer is lost. */
  readonly lostAnswers: number;
  /** What the node tells live is dropped, and nobody notices. */
  readonly deaf: boolean;
  /** The error that a call fails with; undefined for one that passes. */
  readonly refuse: (route: Route) => PushChatError | undefined;
  /** What the node lies about, as names of `LIES` or as lies of your own; each over the answer of those before it. */
  readonly lies: readonly (string | Lie)[];
}

/** Nothing goes wrong. */
const NO_FAULTS: Faults = {
  offline: false,
  latency: 0,
  lost: 0,
  lostAnswers: 0,
  deaf: false,
  refuse: () => undefined,
  lies: [],
};

/** The way of one client to its node, which a test breaks and mends. */
export interface TestNetwork {
  readonly transport: Transport;
  /**
   * Changes what goes wrong; the rest stays as it was.
   * @throws {PushChatError} `InvalidConfig` for a lie that has no such name
   */
  readonly set: (faults: Partial<Faults>) => void;
  /** From now on nothing goes wrong. */
  readonly mend: () => void;
}

type Listening = Pick<LiveListener, 'status' | 'prove'>;

/** @param wait resolves after so many milliseconds */
export function createTestNetwork(
  node: LocalNode,
  wait: (ms: number) => Promise<void> = (ms) => new Promise((resolve) => setTimeout(resolve, ms)),
): TestNetwork {
  let faults = NO_FAULTS;
  let lies: readonly Lie[] = [];
  let owed = 0;
  const listeners = new Set<Listening>();
  const calm = directTransport(hostileNode(node, () => lies));
  const isLost = (): boolean => {
    owed += faults.lost;
    if (owed < 1) return false;
    owed -= 1;
    return true;
  };
  const set = (changes: Partial<Faults>): void => {
    lies = changes.lies ? changes.lies.map(lieOf) : lies;
    const turned = changes.offline !== undefined && changes.offline !== faults.offline;
    faults = { ...faults, ...changes };
    if (!turned) return;
    for (const listener of listeners) listener.status(faults.offline ? 'offline' : 'online');
  };
  const tell = (told: () => void): void => {
    if (faults.offline || faults.deaf) return;
    if (faults.latency > 0) void wait(faults.latency).then(told);
    else told();
  };
  const through = (listener: Listening, subscribe: (heard: Listening) => () => void): (() => void) => {
    listeners.add(listener);
    const stop = subscribe({
      ...(listener.prove && { prove: listener.prove }),
      status: (status) => listener.status(faults.offline ? 'offline' : status),
    });
    return () => {
      listeners.delete(listener);
      stop();
    };
  };
  const { subscribeFeeds } = calm;
  return {
    transport: {
      ...calm,
      request: async (...call) => {
        const [route] = call;
        if (faults.latency > 0) await wait(faults.latency);
        if (faults.offline || isLost()) throw unreachable();
        const refusal = faults.refuse(route);
        if (refusal) throw refusal;
        const answer = await calm.request(...call);
        if (route.method === 'GET' || faults.lostAnswers === 0) return answer;
        faults = { ...faults, lostAnswers: faults.lostAnswers - 1 };
        throw unreachable();
      },
      subscribe: (did, listener) =>
        through(listener, (heard) =>
          calm.subscribe(did, {
            ...heard,
            event: (payload) => tell(() => listener.event(payload)),
            groupEvent: (payload) => tell(() => listener.groupEvent?.(payload)),
          }),
        ),
      ...(subscribeFeeds && {
        subscribeFeeds: (account, listener) =>
          through(listener, (heard) =>
            subscribeFeeds(account, {
              ...heard,
              notified: (...told) => tell(() => listener.notified(...told)),
            }),
          ),
      }),
    },
    set,
    mend: () => set(NO_FAULTS),
  };
}

function lieOf(lie: string | Lie): Lie {
  if (typeof lie !== 'string') return lie;
  const known = LIES.find(({ name }) => name === lie);
  if (known) return known;
  const names = LIES.map(({ name }) => name).join(', ');
  throw new PushChatError('InvalidConfig', `There is no lie "${lie}". These have names: ${names}.`);
}

const unreachable = (): PushChatError =>
  new PushChatError('NetworkUnavailable', 'The Push Node cannot be reached. Check the connection.');

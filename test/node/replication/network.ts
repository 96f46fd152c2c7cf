import { createMemoryStore } from '../../../src/node/store/memoryStore.ts';
import type { NodeStore } from '../../../src/node/store/store.ts';
import type { PeerStatus } from '../../../src/node/replication/peer.ts';
import { routes } from '../../../src/protocol/routes.ts';
import { didOf } from '../../support/builders.ts';
import { createNodeWorld, type NodeWorld, type Stored } from '../nodeWorld.ts';

/** What a peer's answer becomes on its way, as JSON; throws where nothing arrives. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any -- tests put anything into it
export type Tamper = (page: any) => any;

export interface Network {
  readonly nodes: readonly NodeWorld[];
  /** Cuts the way between two nodes, in both directions. */
  readonly cut: (a: number, b: number) => void;
  readonly mend: () => void;
  /** Changes all that one node tells another. */
  readonly tamper: (from: number, to: number, how: Tamper | undefined) => void;
  /** Lets a node read one page of another's journal; what fails is dropped. */
  readonly pull: (reader: number, writer: number) => Promise<void>;
  /** Lets every node read every other until nobody has anything new. */
  readonly settle: () => Promise<void>;
  readonly status: (reader: number, writer: number) => Promise<PeerStatus>;
}

/** Nodes that follow each other, each with a store and a clock of its own. */
export function createNetwork(count: number, stores: readonly NodeStore[] = []): Network {
  const numbers = Array.from({ length: count }, (_, i) => i);
  const cuts = new Set<string>();
  const tampers = new Map<string, Tamper>();
  const way = (a: number, b: number): string => `${a}>${b}`;

  const nodes: NodeWorld[] = numbers.map((reader) =>
    createNodeWorld(stores[reader] ?? createMemoryStore(), {
      peers: numbers.map((writer) => ({
        url: `http://node-${writer}.test`,
        fetch: async (request) => {
          if (cuts.has(way(writer, reader))) throw new TypeError('no way');
          const response = await nodes[writer]!.node.fetch(request);
          const tamper = tampers.get(way(writer, reader));
          return tamper && request.method === 'GET' ? Response.json(tamper(await response.json())) : response;
        },
      })),
    }),
  );
  const peerOf = (reader: number, writer: number) => {
    const peer = nodes[reader]?.node.peers[writer];
    if (!peer) throw new Error('There is no such peer.');
    return peer;
  };
  const pull = async (reader: number, writer: number): Promise<void> => {
    await peerOf(reader, writer)
      .pull()
      .catch(() => undefined);
  };

  return {
    nodes,
    cut: (a, b) => cuts.add(way(a, b)).add(way(b, a)),
    mend: () => {
      cuts.clear();
    },
    tamper: (from, to, how) => {
      if (how) tampers.set(way(from, to), how);
      else tampers.delete(way(from, to));
    },
    pull,
    settle: async () => {
      for (let before = ''; ;) {
        for (const reader of numbers) for (const writer of numbers) if (reader !== writer) await pull(reader, writer);
        const after = JSON.stringify(
          await Promise.all(nodes.map(({ node }) => Promise.all(node.peers.map((peer) => peer.status())))),
        );
        if (after === before) return;
        before = after;
      }
    },
    status: (reader, writer) => peerOf(reader, writer).status(),
  };
}

/** Everything that a node answers about some accounts. */
export async function dumpOf({ call }: NodeWorld, names: readonly string[]): Promise<object> {
  const dump: Record<string, unknown> = {};
  const ask = async (route: { method: 'GET'; path: string }): Promise<unknown> => {
    const { status, body } = await call(route);
    dump[route.path] = status === 200 ? body : status;
    return body;
  };
  for (const name of names) {
    const me = didOf(name);
    await ask({ method: 'GET', path: routes.user(me).path });
    await ask({ method: 'GET', path: routes.chats(me, 1, 30).path });
    await ask({ method: 'GET', path: routes.requests(me, 1, 30).path });
    for (const other of names.filter((each) => each !== name)) {
      const peer = didOf(other);
      await ask({ method: 'GET', path: routes.chat(me, peer).path });
      await ask({ method: 'GET', path: `/apis/v1/chat/${peer}/address/${me}` });
      const head = (await ask({ method: 'GET', path: routes.head(me, peer).path })) as { threadHash: string | null };
      if (head.threadHash !== null) await ask({ method: 'GET', path: routes.history(head.threadHash, 30).path });
    }
  }
  return dump;
}

/** The whole chat of two accounts by the node's order, oldest first. */
export async function threadOf({ call }: NodeWorld, me: string, peer: string): Promise<readonly Stored[]> {
  const { body: head } = await call(routes.head(didOf(me), didOf(peer)));
  if (head.threadHash === null) return [];
  const messages: Stored[] = [];
  for (let next: string | undefined = head.threadHash; next !== undefined;) {
    const page: Stored[] = (await call(routes.history(next, 30))).body;
    const fresh = page.slice(messages.length === 0 ? 0 : 1);
    messages.push(...fresh);
    next = fresh.at(-1)?.cid;
  }
  return messages.reverse();
}

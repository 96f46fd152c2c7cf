import type { ClientContext } from '../context.ts';
import type { Peer } from '../../protocol/peer.ts';

/** Runs one task of a client and a peer after the other, each in the order it was given, whatever became of those before. */
export type InTurn = <Result>(client: ClientContext, peer: Peer, task: () => Promise<Result>) => Promise<Result>;

export function createTurns(): InTurn {
  const queues = new WeakMap<ClientContext, Map<Peer, Promise<unknown>>>();
  return (client, peer, task) => {
    const ofClient = queues.get(client) ?? new Map<Peer, Promise<unknown>>();
    queues.set(client, ofClient);
    const done = (ofClient.get(peer) ?? Promise.resolve()).then(task, task);
    ofClient.set(
      peer,
      done.catch(() => undefined),
    );
    return done;
  };
}

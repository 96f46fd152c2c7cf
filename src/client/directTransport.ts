import { readAnswer } from './readAnswer.ts';
import type { Transport } from './transport.ts';

/** A Push Node in this process: what `createPushNode` returns. */
export interface LocalNode {
  readonly fetch: (request: Request) => Promise<Response>;
  readonly connect: (did: string, listener: (event: string, payload: unknown) => void) => () => void;
}

/** Talks to a node in the same process, through the very requests that would go over the network. */
export function directTransport(node: LocalNode): Transport {
  return {
    request: async ({ method, path }, body) => {
      const init = body
        ? { method, body: JSON.stringify(body), headers: { 'content-type': 'application/json' } }
        : { method };
      return readAnswer(await node.fetch(new Request(`http://push-node.local${path}`, init)));
    },
    subscribe: (did, listener) => {
      const stop = node.connect(did, (event, payload) => {
        if (event === 'CHATS') listener.event(payload);
      });
      listener.status('online');
      return stop;
    },
  };
}

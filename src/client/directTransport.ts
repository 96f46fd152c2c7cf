import { CHAT_GROUPS, CHATS, FEED_BOXES } from '../protocol/socketEvents.ts';
import { readAnswer } from './readAnswer.ts';
import type { LiveListener, Transport } from './transport.ts';

/** A Push Node in this process: what `createPushNode` returns. */
export interface LocalNode {
  readonly fetch: (request: Request) => Promise<Response>;
  readonly connect: (did: string, listener: (event: string, payload: unknown) => void) => LocalConnection;
}

export interface LocalConnection {
  readonly challenge: unknown;
  readonly isListening: () => boolean;
  readonly prove: (answer: string) => Promise<void>;
  readonly stop: () => void;
}

/** What a node in this very process is called. */
export const LOCAL_HOST = 'push-node.local';

/** Talks to a node in the same process, through the very requests that would go over the network. */
export function directTransport(node: LocalNode): Transport {
  return {
    host: LOCAL_HOST,
    request: async ({ method, path }, body, token) => {
      const headers = {
        ...(body && { 'content-type': 'application/json' }),
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      };
      const init = { method, headers, ...(body && { body: JSON.stringify(body) }) };
      return readAnswer(await node.fetch(new Request(`http://${LOCAL_HOST}${path}`, init)));
    },
    subscribe: (did, listener) =>
      listen(node, did, listener, (event, payload) => {
        if (event === CHATS) listener.event(payload);
        if (event === CHAT_GROUPS) listener.groupEvent?.(payload);
      }),
    subscribeFeeds: (account, listener) =>
      listen(node, account, listener, (event, payload) => {
        const box = FEED_BOXES.get(event);
        if (box) listener.notified(box, payload);
      }),
  };
}

function listen(
  node: LocalNode,
  did: string,
  listener: Pick<LiveListener, 'status' | 'prove'>,
  hear: (event: string, payload: unknown) => void,
): () => void {
  const connection = node.connect(did, hear);
  listener.status(connection.isListening() ? 'online' : 'connecting');
  void proveTo(connection, listener);
  return connection.stop;
}

/** A node that wants proof tells nobody anything before it; any other is told for the sake of a place of one's own. */
async function proveTo(
  connection: LocalConnection,
  { prove, status }: Pick<LiveListener, 'status' | 'prove'>,
): Promise<void> {
  const heard = connection.isListening();
  try {
    const answer = await prove?.(connection.challenge);
    if (answer !== undefined) await connection.prove(answer);
    if (!heard) status(connection.isListening() ? 'online' : 'offline');
  } catch {
    if (!heard) status('offline');
  }
}

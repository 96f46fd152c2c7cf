import { asPushChatError, PushChatError } from '../../errors.ts';
import type { ClientContext } from '../context.ts';
import { backOffMs } from './backOff.ts';
import { createTurns } from './turns.ts';
import { endOutgoing, keepOutgoing, keepSent } from './keepOutgoing.ts';
import { isPassing, type Sending } from './outgoing.ts';
import { postOutgoing } from './postOutgoing.ts';

const inSending = createTurns();

/**
 * Sends a message, after all that were written to the same peer before, until a node has it: what passes by itself is
 * waited for, whatever else fails waits for the user. Other chats go on meanwhile.
 */
export function deliver(client: ClientContext, sending: Sending): Promise<string> {
  const { outgoing } = sending;
  const { id, peer, content, timestamp, encrypted } = outgoing;
  client.outbox.set(id, sending);
  client.dispatch({
    type: 'sendStarted',
    peer,
    item: { id, from: 'me', timestamp, state: 'pending', content, encrypted },
  });
  // One after the other, so that they arrive in the order they were written.
  inSending(client, peer, () => attempt(client, sending)).catch((error: unknown) =>
    client.warn(asPushChatError(error)),
  );
  return sending.sent;
}

async function attempt(client: ClientContext, sending: Sending): Promise<void> {
  const { outgoing } = sending;
  const { id, peer } = outgoing;
  for (let tries = 0; client.outbox.get(id) === sending; tries += 1) {
    try {
      const cid = await postOutgoing(client, sending);
      await keepSent(client, sending, cid);
      endOutgoing(client, id);
      sending.resolve(cid);
      return;
    } catch (thrown) {
      const error = asPushChatError(thrown);
      if (!client.account) {
        sending.reject(locked());
        return;
      }
      if (!isPassing(error)) return fail(client, sending, error);
      client.dispatch({ type: 'sendDelayed', peer, id, error });
      await pause(client, backOffMs(tries, error.retryAfter, client.random));
    }
  }
}

/** It stays where it is, for the user to send again or to discard. */
async function fail(client: ClientContext, sending: Sending, error: PushChatError): Promise<void> {
  const { outgoing, reject } = sending;
  const { id, peer } = outgoing;
  outgoing.failed = { code: error.code, message: error.message };
  client.dispatch({ type: 'sendFailed', peer, id, error });
  reject(error);
  await keepOutgoing(client, sending);
}

const locked = (): PushChatError =>
  new PushChatError('SessionLocked', 'Chat was locked before this was sent. It is sent when it is unlocked again.');

/** Until so much time has passed, the node can be reached again, or chat is locked. */
function pause(client: ClientContext, ms: number): Promise<void> {
  return new Promise((resolve) => {
    let before = client.get().connection;
    const done = (): void => {
      stop();
      resolve();
    };
    const stop = client.subscribe(() => {
      const { connection } = client.get();
      const isBack = connection === 'online' && before !== 'online';
      before = connection;
      if (isBack || !client.account) done();
    });
    client.wait(ms).then(done, done);
  });
}

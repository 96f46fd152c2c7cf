import { asPushChatError, PushChatError } from '../../errors.ts';
import { requireAccount, type ClientContext } from '../context.ts';
import { deliver } from './deliver.ts';
import { dropSealed, keepOutgoing } from './keepOutgoing.ts';
import { newSending, readOutgoing, type Sending } from './outgoing.ts';

/**
 * Goes on with what an earlier page, or a tab that is gone, had not sent: in the order it was written, each message by
 * one tab alone. What waited for the user waits for the user.
 */
export async function resumeOutbox(client: ClientContext): Promise<void> {
  const { vault, tabs } = requireAccount(client);
  try {
    // One tab at a time looks for what nobody sends any more.
    await tabs.alone(async () => {
      await dropSealed(vault, (id) => client.outbox.has(id));
      const kept = (await vault.list('outgoing')).map(({ value }) => readOutgoing(value));
      for (const outgoing of kept.sort((a, b) => a.timestamp - b.timestamp || a.nth - b.nth)) {
        if (client.outbox.has(outgoing.id) || (await tabs.isOpen(outgoing.tab))) continue;
        outgoing.tab = tabs.me;
        const sending = newSending(outgoing, vault, true);
        await keepOutgoing(client, sending);
        resume(client, sending);
      }
    });
  } catch (error) {
    client.warn(asPushChatError(error));
  }
}

function resume(client: ClientContext, sending: Sending): void {
  const { outgoing } = sending;
  if (!outgoing.failed) {
    void deliver(client, sending).catch(() => undefined);
    return;
  }
  const { id, peer, content, timestamp, encrypted, failed } = outgoing;
  client.outbox.set(id, sending);
  client.dispatch({
    type: 'sendStarted',
    peer,
    item: { id, from: 'me', timestamp, state: 'pending', content, encrypted },
  });
  client.dispatch({ type: 'sendFailed', peer, id, error: new PushChatError(failed.code, failed.message) });
}

import { asPushChatError } from '../../errors.ts';
import type { ClientContext } from '../context.ts';
import type { Sending } from './outgoing.ts';

/** Writes an outgoing message down. Where nothing can be kept, it lives as long as the page. */
export async function keepOutgoing(client: ClientContext, { outgoing, vault }: Sending): Promise<void> {
  try {
    await vault.put('outgoing', outgoing.id, outgoing);
  } catch (error) {
    client.warn(asPushChatError(error));
  }
}

/** Takes an outgoing message out, wherever it is: it is stored by a node, or discarded. */
export function endOutgoing(client: ClientContext, id: string): Sending | undefined {
  const sending = client.outbox.get(id);
  if (!sending) return undefined;
  client.outbox.delete(id);
  client.dispatch({ type: 'sendEnded', peer: sending.outgoing.peer, id });
  sending.vault.delete('outgoing', id).catch((error: unknown) => client.warn(asPushChatError(error)));
  return sending;
}

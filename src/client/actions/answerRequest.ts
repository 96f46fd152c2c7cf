import type { Did } from '../../protocol/did.ts';
import { routes } from '../../protocol/routes.ts';
import { requireAccount, type ClientContext } from '../context.ts';

/** Accepts a stranger's request: from now on it is a chat, with notifications (protocol 4.4). */
export async function acceptRequest(client: ClientContext, peer: Did): Promise<void> {
  const { wireId, keys } = requireAccount(client);
  const parties = { requester: await wireIdOf(client, peer), acceptor: wireId };
  await client.transport.request(routes.acceptRequest(), await keys.acceptRequest(parties, client.now()));
  client.dispatch({ type: 'relationChanged', peer, relation: 'chat' });
}

/** Rejects a request; the stranger may ask again (protocol 4.5). */
export async function rejectRequest(client: ClientContext, peer: Did): Promise<void> {
  const { wireId, keys } = requireAccount(client);
  const parties = { requester: await wireIdOf(client, peer), rejector: wireId };
  await client.transport.request(routes.rejectRequest(), await keys.rejectRequest(parties, client.now()));
  client.dispatch({ type: 'relationChanged', peer, relation: 'none' });
}

const wireIdOf = async (client: ClientContext, peer: Did): Promise<string> =>
  (await client.keyring.find(peer))?.user.did ?? peer;

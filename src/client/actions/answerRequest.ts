import type { Did } from '../../protocol/did.ts';
import { isGroupId, type Peer } from '../../protocol/peer.ts';
import { routes } from '../../protocol/routes.ts';
import { requireAccount, type ClientContext } from '../context.ts';
import type { GroupActOptions } from '../groups/postAct.ts';
import { declineGroup, joinGroup } from './groups/membership.ts';

/** Accepts a stranger's request, with notifications from now on (protocol 4.4), or an invitation to a group. */
export async function acceptRequest(client: ClientContext, peer: Peer, options?: GroupActOptions): Promise<void> {
  if (isGroupId(peer)) return joinGroup(client, peer, options);
  const { wireId, keys } = requireAccount(client);
  const parties = { requester: await wireIdOf(client, peer), acceptor: wireId };
  await client.transport.request(routes.acceptRequest(), await keys.acceptRequest(parties, client.now()));
  client.dispatch({ type: 'relationChanged', peer, relation: 'chat' });
}

/** Rejects a request, or an invitation; they may ask again (protocol 4.5). */
export async function rejectRequest(client: ClientContext, peer: Peer): Promise<void> {
  if (isGroupId(peer)) return declineGroup(client, peer);
  const { wireId, keys } = requireAccount(client);
  const parties = { requester: await wireIdOf(client, peer), rejector: wireId };
  await client.transport.request(routes.rejectRequest(), await keys.rejectRequest(parties, client.now()));
  client.dispatch({ type: 'relationChanged', peer, relation: 'none' });
}

const wireIdOf = async (client: ClientContext, peer: Did): Promise<string> =>
  (await client.keyring.find(peer))?.user.did ?? peer;

import { sha256Hex } from '../../crypto/hash.ts';
import { asPushChatError } from '../../errors.ts';
import type { Did } from '../../protocol/did.ts';
import type { MessageBody } from '../../protocol/payload.ts';
import type { ClientContext } from '../context.ts';
import type { Peer } from '../../protocol/peer.ts';
import type { Vault } from '../storage/vault.ts';
import type { Sending } from './outgoing.ts';

/** Writes an outgoing message down. Where nothing can be kept, it lives as long as the page. */
export async function keepOutgoing(client: ClientContext, { outgoing, vault }: Sending): Promise<void> {
  try {
    const { body: _, sealedFor: __, ...written } = outgoing;
    await vault.put('outgoing', outgoing.id, written);
  } catch (error) {
    client.warn(asPushChatError(error));
  }
}

/**
 * Writes down how a message was sealed. The first body stays the only one, whoever seals the message again: a tab that
 * was thought dead may have posted it, and one body is stored once.
 * @param how it is sealed: should its receiver get a key meanwhile, a message is sealed anew
 * @returns the body to send
 */
export async function keepSealed(
  client: ClientContext,
  sending: Sending,
  body: MessageBody,
  how = sending.outgoing.encrypted ? 'encrypted' : 'plain',
): Promise<MessageBody> {
  try {
    const { outgoing, vault } = sending;
    return (await vault.putIfAbsent('sealed', `${outgoing.id} ${how}`, body)) as MessageBody;
  } catch (error) {
    client.warn(asPushChatError(error));
    return body;
  }
}

/** All bodies that a message was sealed as but for one way: a node may have any of them. */
export async function sealedBefore({ outgoing, vault, resumed }: Sending, how: string): Promise<MessageBody[]> {
  const { id, body } = outgoing;
  if (!resumed && !outgoing.once) return body ? [body] : [];
  const ofMessage = (await vault.list('sealed')).filter(({ name }) => name.startsWith(`${id} `));
  return ofMessage.flatMap(({ name, value }) => (name === `${id} ${how}` ? [] : [value as MessageBody]));
}

/**
 * Drops the bodies of messages that are no longer on their way. They outlive these for a while: of a page that died, a
 * late write may bring a message back, which is then sent as it was, and stored once.
 * @param isSending whether this tab sends a message, which another one may have taken for sent meanwhile
 */
export async function dropSealed(vault: Vault, isSending: (id: string) => boolean): Promise<void> {
  // In this order: a body is written after its message.
  const bodies = await vault.list('sealed');
  if (bodies.length === 0) return;
  const outgoing = (await vault.list('outgoing')).map(({ name }) => name);
  for (const { name } of bodies) {
    const [id = ''] = name.split(' ');
    if (!outgoing.includes(id) && !isSending(id)) await vault.delete('sealed', name);
  }
}

/** Writes down under which id a node has what is sent once, before anything else of it is forgotten. */
export async function keepSent(client: ClientContext, { outgoing, vault }: Sending, cid: string): Promise<void> {
  if (!outgoing.once) return;
  try {
    await vault.put('sent', outgoing.id, cid);
  } catch (error) {
    client.warn(asPushChatError(error));
  }
}

/** The local id of what an account sends to a peer once, under a name. */
export const onceId = (did: Did, peer: Peer, name: string): string =>
  `local:${sha256Hex(JSON.stringify([did, peer, name])).slice(0, 32)}`;

/** Under this name nothing will be sent any more. */
export async function forgetSent(client: ClientContext, peer: Peer, name: string): Promise<void> {
  const { account } = client;
  try {
    await account?.vault.delete('sent', onceId(account.did, peer, name));
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

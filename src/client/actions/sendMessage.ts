import { asPushChatError, PushChatError } from '../../errors.ts';
import { bytesToHex } from '@noble/hashes/utils.js';
import type { Did } from '../../protocol/did.ts';
import { checkSendable, type MessageContent } from '../../protocol/messageContent.ts';
import { parseConversationHead, parseStoredMessage } from '../../protocol/parseAnswer.ts';
import type { MessageBody } from '../../protocol/payload.ts';
import { routes } from '../../protocol/routes.ts';
import { requireAccount, type ClientContext, type Outgoing } from '../context.ts';
import { openItem } from '../openItem.ts';
import type { SendOptions } from '../PushChatClient.ts';
import type { PendingItem } from '../state.ts';
import { fillGaps, levelOf } from './loadHistory.ts';
import type { KnownUser } from '../keyring.ts';

/**
 * Seals and posts a message; it is in the thread at once, as pending.
 * @returns the id under which the node stored it
 * @throws {PushChatError} `PlaintextRefused` without consent, `KeyUnattested`, `BlockedPeer`, `SessionLocked`, whatever
 *   the node or network says; but for the first four the failed message stays in the thread, to send again or discard
 */
export async function sendMessage(
  client: ClientContext,
  peer: Did,
  content: MessageContent,
  { allowPlaintext = false }: SendOptions = {},
): Promise<string> {
  requireAccount(client);
  checkSendable(content);
  const receiver = await receiverOf(client, peer);
  const encrypted = receiver?.key != null;
  if (!encrypted) checkPlaintext(client, peer, allowPlaintext);
  const id = `local:${bytesToHex(client.random(16))}`;
  const item: PendingItem = { id, from: 'me', timestamp: client.now(), state: 'pending', content, encrypted };
  return post(client, peer, item, {});
}

/**
 * Sends a failed message again: the same sealed body, so that a node which has it already stores it once. One that was
 * to go unencrypted is sealed anew when the receiver has a key by now.
 */
export async function retryMessage(client: ClientContext, peer: Did, id: string): Promise<string> {
  const failed = client.get().threads[peer]?.items.find((item) => item.id === id);
  if (failed?.state !== 'failed') throw new PushChatError('NotFound', 'There is no failed message of this id.');
  const receiver = await receiverOf(client, peer);
  const { error: _, ...rest } = failed;
  const encrypted = rest.encrypted || receiver?.key != null;
  const outgoing = encrypted === rest.encrypted ? client.outbox.get(id) : undefined;
  return post(client, peer, { ...rest, encrypted, state: 'pending' }, outgoing ?? {});
}

/** The receiver as known now; one without a key is asked for again, since it may have joined. */
async function receiverOf(client: ClientContext, peer: Did): Promise<KnownUser | null> {
  if (client.get().blocked.includes(peer)) {
    throw new PushChatError('BlockedPeer', 'You have blocked this account. Unblock it to write.');
  }
  const known = await client.keyring.find(peer);
  const receiver = known?.key ? known : await client.keyring.refresh(peer);
  const level = levelOf(receiver?.key);
  client.dispatch({ type: 'peerKeyChanged', peer, peerKey: level });
  if (level === 'signed' || level === 'unattested') {
    throw new PushChatError(
      'KeyUnattested',
      'No wallet vouches for the key of this account, so nothing is sent to it.',
    );
  }
  return receiver;
}

function checkPlaintext(client: ClientContext, peer: Did, allowed: boolean): void {
  const hadKey = client.get().threads[peer]?.items.some((item) => 'encrypted' in item && item.encrypted) ?? false;
  if (hadKey) {
    throw new PushChatError(
      'PlaintextRefused',
      'This chat was encrypted, and the node now hides the key. Nothing was sent.',
    );
  }
  if (!allowed) {
    throw new PushChatError(
      'PlaintextRefused',
      'This account has never used Push Chat: the message would go unencrypted.',
    );
  }
}

async function post(client: ClientContext, peer: Did, item: PendingItem, outgoing: Outgoing): Promise<string> {
  const { id } = item;
  client.outbox.set(id, outgoing);
  client.dispatch({ type: 'sendStarted', peer, item });
  try {
    const cid = await inOrder(client, peer, () => postSealed(client, peer, item, outgoing));
    client.outbox.delete(id);
    return cid;
  } catch (thrown) {
    const error = asPushChatError(thrown);
    client.dispatch({ type: 'sendFailed', peer, id, error });
    throw error;
  }
}

const queues = new WeakMap<ClientContext, Map<Did, Promise<unknown>>>();

/** Messages of one thread are posted one after the other, so that they arrive in the order they were written. */
function inOrder<Result>(client: ClientContext, peer: Did, task: () => Promise<Result>): Promise<Result> {
  const ofClient = queues.get(client) ?? new Map<Did, Promise<unknown>>();
  queues.set(client, ofClient);
  const done = (ofClient.get(peer) ?? Promise.resolve()).then(task, task);
  ofClient.set(
    peer,
    done.catch(() => undefined),
  );
  return done;
}

async function postSealed(client: ClientContext, peer: Did, item: PendingItem, outgoing: Outgoing): Promise<string> {
  const { did, wireId, keys } = requireAccount(client);
  const receiver = await client.keyring.find(peer);
  const sealing = {
    from: wireId,
    to: receiver?.user.did ?? peer,
    receiverKey: item.encrypted ? (receiver?.key?.armored ?? null) : null,
    now: client.now(),
  };
  if (item.encrypted && sealing.receiverKey === null)
    throw new PushChatError('KeyNotFound', 'The receiver’s key is gone.');
  const body: MessageBody = (outgoing.body ??= await keys.seal(item.content, sealing));
  if (!receiver) await client.transport.request(routes.createUser(), blankUser(peer));
  const { threadHash } = parseConversationHead(await client.transport.request(routes.head(did, peer)));
  const route = threadHash === null ? routes.sendRequest() : routes.sendMessage();
  const stored = parseStoredMessage(await client.transport.request(route, body));
  const opened = await openItem(client, peer, stored);
  const chatId = stored.chatId ?? '';
  client.dispatch({ type: 'messageReceived', peer, item: opened, chatId, list: 'chats', unread: false });
  client.dispatch({ type: 'sendEnded', peer, id: item.id });
  fillGaps(client, peer).catch((error: unknown) => client.warn(asPushChatError(error)));
  if (threadHash === null) client.dispatch({ type: 'relationChanged', peer, relation: 'request-sent' });
  return stored.cid;
}

/** The record that makes a node accept a message for an account it does not know (protocol 2.5). */
const blankUser = (did: Did): object => ({
  caip10: did,
  did,
  publicKey: '',
  encryptedPrivateKey: '',
  signature: 'xyz',
  sigType: 'a',
});

import { asPushChatError, PushChatError, type ErrorCode } from '../../errors.ts';
import type { Did } from '../../protocol/did.ts';
import { parseConversationHead, parseStoredMessage } from '../../protocol/parseAnswer.ts';
import type { MessageBody } from '../../protocol/payload.ts';
import { isGroupId } from '../../protocol/peer.ts';
import { routes } from '../../protocol/routes.ts';
import { checkSameKey } from '../actions/keyChange.ts';
import { fillGaps, levelOf } from '../actions/loadHistory.ts';
import { requireAccount, type ClientContext } from '../context.ts';
import type { KnownUser } from '../keyring.ts';
import { openItem } from '../openItem.ts';
import { placeOf } from '../placeOf.ts';
import { keepSealed } from './keepOutgoing.ts';
import type { Sending } from './outgoing.ts';
import { postToGroup } from './postToGroup.ts';

/**
 * Seals a message for whoever its receiver is now, writes the sealed body down, and posts it.
 * @returns the id under which the node stored it
 * @throws {PushChatError} `PlaintextRefused` without consent, `KeyUnattested`, `BlockedPeer`, what the node or network says
 */
export async function postOutgoing(client: ClientContext, sending: Sending): Promise<string> {
  const { peer } = sending.outgoing;
  return isGroupId(peer) ? postToGroup(client, sending, peer) : postToAccount(client, sending, peer);
}

async function postToAccount(client: ClientContext, sending: Sending, peer: Did): Promise<string> {
  const { outgoing } = sending;
  const { did, wireId, keys } = requireAccount(client);
  const receiver = await receiverOf(client, peer);
  const hasKey = receiver?.key != null;
  if (!hasKey) checkPlaintext(client, peer, outgoing.allowPlaintext);
  // A receiver who has a key by now is written to with it, whatever was meant before.
  if (hasKey !== outgoing.encrypted) delete outgoing.body;
  outgoing.encrypted = hasKey;
  if (!outgoing.body) {
    const body = await keys.seal(outgoing.content, {
      from: wireId,
      to: receiver?.user.did ?? peer,
      receiverKey: receiver?.key?.armored ?? null,
      binding: await placeOf(client, { from: did, to: peer }),
      now: client.now(),
    });
    outgoing.body = await keepSealed(client, sending, body);
    // Locked meanwhile: whoever unlocks next sends it.
    requireAccount(client);
  }
  if (!receiver) await client.transport.request(routes.createUser(), blankUser(peer));
  const { answer, isRequest } = await post(client, { me: did, peer, body: outgoing.body });
  const stored = parseStoredMessage(answer);
  const item = await openItem(client, peer, stored);
  const chatId = stored.chatId ?? '';
  client.dispatch({ type: 'messageReceived', peer, item, chatId, list: 'chats', unread: false });
  fillGaps(client, peer).catch((error: unknown) => client.warn(asPushChatError(error)));
  if (isRequest) client.dispatch({ type: 'relationChanged', peer, relation: 'request-sent' });
  return stored.cid;
}

interface Post {
  readonly me: Did;
  readonly peer: Did;
  readonly body: MessageBody;
}

/** One call where the chat is known to have begun; else the node is asked first which of the two calls it takes. */
async function post(client: ClientContext, { me, peer, body }: Post): Promise<{ answer: unknown; isRequest: boolean }> {
  const { transport } = client;
  const send = async (): Promise<unknown> => transport.request(routes.sendMessage(), body);
  const items = client.get().threads[peer]?.items ?? [];
  let refusal: PushChatError | undefined;
  if (items.some(({ state }) => state === 'verified')) {
    try {
      return { answer: await send(), isRequest: false };
    } catch (thrown) {
      const error = asPushChatError(thrown);
      // The chat may have been rejected meanwhile; older nodes say no more than that they refuse.
      if (!UNCLEAR.has(error.code)) throw error;
      refusal = error;
    }
  }
  const { threadHash } = parseConversationHead(await transport.request(routes.head(me, peer)));
  if (threadHash === null) return { answer: await transport.request(routes.sendRequest(), body), isRequest: true };
  if (refusal) throw refusal;
  return { answer: await send(), isRequest: false };
}

const UNCLEAR: ReadonlySet<ErrorCode> = new Set(['NodeError', 'NotPermitted']);

/** The receiver as known now; one without a key is asked for again, since it may have joined. */
export async function receiverOf(client: ClientContext, peer: Did): Promise<KnownUser | null> {
  if (client.get().blocked.includes(peer)) {
    throw new PushChatError('BlockedPeer', 'You have blocked this account. Unblock it to write.');
  }
  const known = await client.keyring.find(peer);
  const receiver = known?.key ? known : await client.keyring.refresh(peer);
  const level = levelOf(receiver?.key);
  client.dispatch({ type: 'peerKeyChanged', peer, peerKey: level });
  if (level === 'unchecked') {
    throw new PushChatError(
      'KeyUnattested',
      'Only a blockchain can tell whose key this is, and this page does not ask it. Nothing was sent.',
    );
  }
  if (level === 'signed' || level === 'unattested') {
    throw new PushChatError(
      'KeyUnattested',
      'No wallet vouches for the key of this account, so nothing is sent to it.',
    );
  }
  checkSameKey(receiver);
  return receiver;
}

/** Nothing goes unencrypted that was not meant to, and nothing at all in a chat that was encrypted (security G3). */
export function checkPlaintext(client: ClientContext, peer: Did, allowPlaintext: boolean): void {
  const items = client.get().threads[peer]?.items ?? [];
  if (items.some((item) => (item.state === 'verified' || item.state === 'signed') && item.encrypted)) {
    throw new PushChatError(
      'PlaintextRefused',
      'This chat was encrypted, and the node now hides the key. Nothing was sent.',
    );
  }
  if (!allowPlaintext) {
    throw new PushChatError(
      'PlaintextRefused',
      'This account has never used Push Chat: the message would go unencrypted.',
    );
  }
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

import { asPushChatError } from '../../errors.ts';
import { parseStoredMessage } from '../../protocol/parseAnswer.ts';
import type { MessageBody } from '../../protocol/payload.ts';
import type { GroupId } from '../../protocol/peer.ts';
import { routes } from '../../protocol/routes.ts';
import { fillGaps } from '../actions/loadHistory.ts';
import { requireAccount, type ClientContext } from '../context.ts';
import { lockFor, type Lock } from '../groups/lockFor.ts';
import { openItem } from '../openItem.ts';
import { placeOf } from '../placeOf.ts';
import { keepSealed } from './keepOutgoing.ts';
import type { Sending } from './outgoing.ts';

/**
 * Seals a message for all who are in a group now, writes the sealed body down, and posts it.
 * @returns the id under which the node stored it
 * @throws {PushChatError} as `lockFor`, and what the node or network says
 */
export async function postToGroup(client: ClientContext, sending: Sending, chatId: GroupId): Promise<string> {
  const { outgoing } = sending;
  for (let isAgain = false; ; isAgain = true) {
    try {
      const body = outgoing.body ?? (await seal(client, sending, chatId, isAgain ? 0 : JUST_READ_MS));
      outgoing.body = body;
      const stored = parseStoredMessage(await client.transport.request(routes.sendMessage(), body));
      const item = await openItem(client, chatId, stored);
      client.dispatch({ type: 'messageReceived', peer: chatId, item, chatId, list: 'chats', unread: false });
      fillGaps(client, chatId).catch((error: unknown) => client.warn(asPushChatError(error)));
      return stored.cid;
    } catch (error) {
      // The secret was renewed meanwhile: a node that had this body would have said so.
      if (isAgain || asPushChatError(error).code !== 'HeadConflict') throw error;
      delete outgoing.body;
    }
  }
}

/** Between writing a message down and sealing it the group is not read again. */
const JUST_READ_MS = 2_000;

async function seal(client: ClientContext, sending: Sending, chatId: GroupId, maxAge: number): Promise<MessageBody> {
  const { outgoing } = sending;
  const { did, wireId, keys } = requireAccount(client);
  const lock = await lockFor(client, chatId, { allowPlaintext: outgoing.allowPlaintext, maxAge });
  outgoing.encrypted = lock !== 'open';
  const body = await keys.seal(outgoing.content, {
    ...{ from: wireId, to: chatId, receiverKey: null, now: client.now() },
    ...(lock !== 'open' && { group: lock }),
    binding: await placeOf(client, { from: did, to: chatId }),
  });
  const kept = await keepSealed(client, sending, body, lockName(lock));
  // Locked meanwhile: whoever unlocks next sends it.
  requireAccount(client);
  return kept;
}

/** A message is sealed anew where the secret that it was sealed with is no longer taken. */
const lockName = (lock: Lock): string => (lock === 'open' ? 'plain' : 'keys' in lock ? 'encrypted' : lock.sessionKey);

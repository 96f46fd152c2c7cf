import { sha256Hex } from '../../crypto/hash.ts';
import { identifyKey } from '../../crypto/identifyKey.ts';
import { asPushChatError, PushChatError } from '../../errors.ts';
import { parseStoredMessage } from '../../protocol/parseAnswer.ts';
import type { MessageBody, StoredMessage } from '../../protocol/payload.ts';
import type { GroupId } from '../../protocol/peer.ts';
import { routes } from '../../protocol/routes.ts';
import { fillGaps } from '../actions/loadHistory.ts';
import { requireAccount, type ClientContext } from '../context.ts';
import { lockFor, type Lock } from '../groups/lockFor.ts';
import { openItem } from '../openItem.ts';
import { placeOf } from '../placeOf.ts';
import { findPosted } from './findPosted.ts';
import { keepSealed, sealedBefore } from './keepOutgoing.ts';
import type { Sending } from './outgoing.ts';

/**
 * Seals a message for all who are in a group now, writes the sealed body down, and posts it. A body that somebody could
 * read who is out by now is never posted.
 * @returns the id under which the node stored it
 * @throws {PushChatError} as `lockFor`, and what the node or network says
 */
export async function postToGroup(client: ClientContext, sending: Sending, chatId: GroupId): Promise<string> {
  for (let isAgain = false; ; isAgain = true) {
    try {
      const stored = await postSealed(client, sending, chatId, isAgain ? 0 : JUST_READ_MS);
      const item = await openItem(client, chatId, stored);
      client.dispatch({ type: 'messageReceived', peer: chatId, item, chatId, list: 'chats', unread: false });
      fillGaps(client, chatId).catch((error: unknown) => client.warn(asPushChatError(error)));
      return stored.cid;
    } catch (error) {
      // The secret was renewed meanwhile: a node that had this body would have said so.
      if (isAgain || asPushChatError(error).code !== 'HeadConflict') throw error;
    }
  }
}

/** Between writing a message down and sealing it the group is not read again. */
const JUST_READ_MS = 2_000;

async function postSealed(
  client: ClientContext,
  sending: Sending,
  chatId: GroupId,
  maxAge: number,
): Promise<StoredMessage> {
  const { outgoing } = sending;
  const lock = await lockFor(client, chatId, { allowPlaintext: outgoing.allowPlaintext, maxAge });
  const how = await lockName(lock);
  if (outgoing.sealedFor !== how) {
    const bodies = await sealedBefore(sending, how);
    const posted = bodies.length > 0 && (await findPosted(client, chatId, { bodies, since: outgoing.timestamp }));
    if (posted) return posted;
    outgoing.encrypted = lock !== 'open';
    outgoing.body = await keepSealed(client, sending, await seal(client, sending, chatId, lock), how);
    outgoing.sealedFor = how;
    // Locked meanwhile: whoever unlocks next sends it.
    requireAccount(client);
  }
  return parseStoredMessage(await client.transport.request(routes.sendMessage(), outgoing.body));
}

async function seal(client: ClientContext, { outgoing }: Sending, chatId: GroupId, lock: Lock): Promise<MessageBody> {
  const { did, wireId, keys } = requireAccount(client);
  const writing = {
    ...{ from: wireId, to: chatId, receiverKey: null, now: client.now() },
    ...(lock !== 'open' && { group: lock }),
    binding: await placeOf(client, { from: did, to: chatId }),
  };
  try {
    return await keys.seal(outgoing.content, writing);
  } catch (cause) {
    if (asPushChatError(cause).code !== 'DecryptFailed') throw cause;
    throw new PushChatError(
      'DecryptFailed',
      'The secret of this group was not made for this account. One of its admins can renew it for everybody.',
      { cause },
    );
  }
}

/** A message is sealed anew where who is to read it, or the secret for it, is another. */
async function lockName(lock: Lock): Promise<string> {
  if (lock === 'open') return 'plain';
  if (!('keys' in lock)) return lock.sessionKey;
  const fingerprints = await Promise.all(lock.keys.map(fingerprintOf));
  return `for ${sha256Hex(fingerprints.sort().join())}`;
}

/** What is no key is nobody's. */
const fingerprintOf = async (armored: string): Promise<string> => {
  try {
    return (await identifyKey(armored)).fingerprint;
  } catch {
    return sha256Hex(armored);
  }
};

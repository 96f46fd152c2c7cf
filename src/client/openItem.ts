import { PushChatError } from '../errors.ts';
import { blockCid, encodeBlock } from '../protocol/cid.ts';
import { sameDid, type Did } from '../protocol/did.ts';
import { MAX_FETCH_LIMIT } from '../protocol/limits.ts';
import { isCid, isMessageId } from '../protocol/messageId.ts';
import type { StoredMessage } from '../protocol/payload.ts';
import { requireAccount, type ClientContext } from './context.ts';
import type { ThreadItem } from './state.ts';

/**
 * Checks and opens one stored message of the chat with `peer`: the only way from the network to an item.
 * @throws {PushChatError} when its sender's key cannot be asked for now, which says nothing about the message
 */
export const openItem = async (client: ClientContext, peer: Did, message: StoredMessage): Promise<ThreadItem> => ({
  ...(await open(client, peer, message)),
  link: message.link,
});

async function open(client: ClientContext, peer: Did, message: StoredMessage): Promise<ThreadItem> {
  const { did, keys } = requireAccount(client);
  const { cid: id, timestamp } = message;
  if (!isMessageId(id) || !matchesCid(message)) {
    client.warn(new PushChatError('CidMismatch', `Message ${id} is not what its id names.`));
    return { id, from: 'peer', timestamp, state: 'quarantined', reason: 'CidMismatch' };
  }
  const sender = await client.keyring.find(sameDid(message.fromDID, did) ? did : peer);
  const opened = await keys.open(message, { me: did, peer, senderKey: sender?.key ?? null, now: client.now() });
  if ('digest' in opened) noteReplay(client, opened.digest, id);
  switch (opened.state) {
    case 'quarantined':
      client.warn(new PushChatError(opened.reason, `Message ${id} is hidden.`));
      return { id, timestamp, ...opened };
    case 'undecryptable':
      return { id, timestamp, ...opened };
    default: {
      const { scheme, mirrorDiffers, ...rest } = opened;
      return {
        id,
        timestamp,
        ...rest,
        ...(mirrorDiffers && { mirrorDiffers }),
        ...(scheme === 'pgp' && { legacy: true }),
      };
    }
  }
}

/** A node that serves one signed act under two ids is worth a word; the timeline shows it once. */
function noteReplay(client: ClientContext, digest: string, id: string): void {
  const first = client.acts.get(digest);
  if (first === undefined) client.acts.set(digest, id);
  else if (first !== id) client.warn(new PushChatError('ReplayDetected', `Message ${id} repeats ${first}.`));
}

/** Ids of the content-addressed generation are recomputed; others cannot be checked (protocol 3.8). */
function matchesCid({ cid, chatId: _, ...block }: StoredMessage): boolean {
  return !isCid(cid) || blockCid(encodeBlock(block)) === cid;
}

/**
 * Where older messages go on: at the last one again, not at the one that it links to. Messages that several nodes took
 * at once link to the same one, and what stands between would be left out. Null at the beginning of the chat.
 */
export function olderThan(messages: readonly StoredMessage[]): string | null {
  const last = messages.at(-1);
  if (!last || messages.length === 1) return null;
  const { cid, link } = last;
  const goesOn = link === null ? messages.length >= MAX_FETCH_LIMIT : isMessageId(link);
  return goesOn && isMessageId(cid) ? cid : null;
}

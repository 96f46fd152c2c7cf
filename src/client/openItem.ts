import { asPushChatError, PushChatError } from '../errors.ts';
import { blockCid, encodeBlock } from '../protocol/cid.ts';
import { isDid, parseDid, sameDid, type Did } from '../protocol/did.ts';
import { isGroupId } from '../protocol/peer.ts';
import { readingOf, stillSays } from './groups/readingOf.ts';
import { MAX_FETCH_LIMIT } from '../protocol/limits.ts';
import { isCid, isMessageId } from '../protocol/messageId.ts';
import type { StoredMessage } from '../protocol/payload.ts';
import type { AttestedKey, Opened } from '../protocol/openMessage.ts';
import { failedAt, type Refused } from '../protocol/verification.ts';
import { requireAccount, type ClientContext } from './context.ts';
import { isOfOne } from './outbox/outgoing.ts';
import type { ThreadItem } from './state.ts';
import type { Urgency, Work } from './workQueue.ts';
import type { Peer } from '../protocol/peer.ts';

/**
 * Checks and opens one stored message of the chat with `peer`: the only way from the network to an item.
 * @throws {PushChatError} when its sender's key cannot be asked for now, which says nothing about the message; `Aborted`
 *   when nobody looks at the thread any more
 */
export async function openItem(
  client: ClientContext,
  peer: Peer,
  message: StoredMessage,
  urgency: Urgency = 'live',
): Promise<ThreadItem> {
  const { cid, link } = message;
  const sender = senderOf(client, peer, message);
  if (sender === undefined || (isGroupId(peer) && client.get().blocked.includes(sender))) {
    return hidden(client, message, failedAt('parties', sender === undefined ? 'SenderMismatch' : 'BlockedPeer'));
  }
  let key: string | undefined;
  try {
    key = (await client.keyring.find(sender))?.key?.armored;
  } catch (thrown) {
    const error = asPushChatError(thrown);
    // One member whose key cannot be told hides what they wrote, and nothing else.
    if (!isGroupId(peer) || !isOfOne(error)) throw error;
    client.warn(error);
    return hidden(client, message, failedAt('key', error.code));
  }
  const before = isCid(cid) && matchesCid(message) ? client.opened.get(peer, cid) : undefined;
  if (before && before.key === key && (await stillSays(client, peer, before.item))) {
    if (before.item.digest !== undefined) noteReplay(client, before.item.digest, cid);
    return before.item;
  }
  const item = { ...(await open(client, message, { peer, urgency })), link };
  if (item.state === 'verified' && key !== undefined && isCid(cid)) client.opened.set(peer, { item, key });
  return item;
}

/** Who says to have written it: one of two, or anybody of a group. */
function senderOf(client: ClientContext, peer: Peer, { fromDID }: StoredMessage): Did | undefined {
  const { did } = requireAccount(client);
  if (!isGroupId(peer)) return sameDid(fromDID, did) ? did : peer;
  return isDid(fromDID) ? parseDid(fromDID) : undefined;
}

function hidden(client: ClientContext, { cid, timestamp, link }: StoredMessage, verification: Refused): ThreadItem {
  const at = Math.min(timestamp, client.now());
  const reason = verification.failed.code;
  return { id: cid, from: 'peer', timestamp: at, link, state: 'quarantined', reason, verification };
}

async function open(client: ClientContext, message: StoredMessage, work: Work): Promise<ThreadItem> {
  const { peer } = work;
  const { did, keys } = requireAccount(client);
  const sender = senderOf(client, peer, message) ?? did;
  const { cid: id } = message;
  if (!isMessageId(id) || !matchesCid(message)) {
    client.warn(new PushChatError('CidMismatch', `Message ${id} is not what its id names.`));
    const timestamp = Math.min(message.timestamp, client.now());
    const verification = failedAt('id', 'CidMismatch');
    return { id, from: 'peer', timestamp, state: 'quarantined', reason: 'CidMismatch', verification };
  }
  const group = isGroupId(peer) ? await readingOf(client, peer, { sender, message }) : undefined;
  const reading = { me: did, peer, ...(group && { group }) };
  const opened = await openWith(message, sender, client.keyring, (senderKey) =>
    client.queue.run(work, () => keys.open(message, { ...reading, senderKey, now: client.now() })),
  );
  const timestamp = plausibleTime(message.timestamp, opened.verification.signedAt, client.now());
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

/**
 * Opens with the sender's key of now, and where the proof is not of that key, with those of before, or with the one that
 * the account may have by now (security KI-08, KI-10).
 */
async function openWith(
  { verificationProof }: StoredMessage,
  sender: Did,
  keyring: ClientContext['keyring'],
  open: (key: AttestedKey | null) => Promise<Opened>,
): Promise<Opened> {
  const known = await keyring.find(sender);
  const opened = await open(known?.key ?? null);
  if (opened.verification.failed?.check !== 'proof' || !verificationProof) return opened;
  const first = await openEarlier(known?.earlier ?? [], open);
  if (first) return first;
  const fresh = await keyring.recheck(sender).catch(() => known);
  if (!fresh?.key || fresh.key.armored === known?.key?.armored) return opened;
  return open(fresh.key);
}

async function openEarlier(
  keys: readonly AttestedKey[],
  open: (key: AttestedKey) => Promise<Opened>,
): Promise<Opened | undefined> {
  for (const key of keys) {
    const opened = await open(key);
    const { failed } = opened.verification;
    if (failed?.check !== 'proof' || failed.code === 'KeyRollback') return opened;
  }
  return undefined;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/**
 * The time of a message: the node's, unless it lies in the future, or before the message was signed. A row is then placed
 * by what its signer says, and one without a signer not after now (security CH-10).
 */
function plausibleTime(stored: number, signedAt: number | null, now: number): number {
  if (signedAt === null) return Math.min(stored, now);
  const plausible = stored <= now + DAY_MS && stored >= signedAt - DAY_MS;
  return plausible ? stored : Math.min(signedAt, now);
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

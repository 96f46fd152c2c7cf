import { bytesToHex } from '@noble/hashes/utils.js';
import { asPushChatError, PushChatError } from '../../errors.ts';
import { checkSendable, type MessageContent } from '../../protocol/messageContent.ts';
import { requireAccount, type ClientContext } from '../context.ts';
import { agreeTo, lockFor } from '../groups/lockFor.ts';
import { deliver } from '../outbox/deliver.ts';
import { endOutgoing, keepOutgoing, onceId } from '../outbox/keepOutgoing.ts';
import { isPassing, newSending, type Outgoing, type Sending } from '../outbox/outgoing.ts';
import { checkPlaintext, receiverOf } from '../outbox/postOutgoing.ts';
import { createTurns } from '../outbox/turns.ts';
import type { SendOptions } from '../sendOptions.ts';
import { acceptKeyChange } from './keyChange.ts';
import { isGroupId, type Peer } from '../../protocol/peer.ts';

/**
 * Writes a message down, shows it, and sends it: at once, or when the network is back, in order, and exactly once.
 * @returns the id under which the node stored it
 * @throws {PushChatError} `PlaintextRefused` without consent, `KeyUnattested`, `BlockedPeer`, `SessionLocked`, and what
 *   the node says; but for these four the failed message stays in the thread, to send again or discard
 */
export async function sendMessage(
  client: ClientContext,
  peer: Peer,
  content: MessageContent,
  options: SendOptions = {},
): Promise<string> {
  requireAccount(client);
  checkSendable(content);
  const allowPlaintext = agrees(options, 'allowPlaintext');
  const accepted = Object.hasOwn(options, 'acceptMembers') ? (options.acceptMembers ?? []) : [];
  if (isGroupId(peer) && accepted.length > 0) await agreeTo(client, peer, accepted);
  if (!isGroupId(peer) && agrees(options, 'acceptKeyChange')) await acceptKeyChange(client, peer);
  const writing = { client, peer, content, allowPlaintext };
  const once = Object.hasOwn(options, 'once') ? options.once : undefined;
  const sending = await inWriting(client, peer, () =>
    once === undefined ? write(writing, newId(client)) : writeOnce(writing, once),
  );
  return sending.sent;
}

/** Consent is the caller's own word, never what a page has put on every object's prototype (security SC-05). */
const agrees = (options: SendOptions, to: 'allowPlaintext' | 'acceptKeyChange'): boolean =>
  Object.hasOwn(options, to) && options[to] === true;

const inWriting = createTurns();

interface Writing {
  readonly client: ClientContext;
  readonly peer: Peer;
  readonly content: MessageContent;
  readonly allowPlaintext: boolean;
}

type Named = Pick<Outgoing, 'id' | 'once'>;

const newId = ({ random }: ClientContext): Named => ({ id: `local:${bytesToHex(random(16))}` });

/** What was written under this name before is what is sent, in whatever state it is by now. */
async function writeOnce(writing: Writing, name: string): Promise<Sending> {
  const { client, peer, content, allowPlaintext } = writing;
  const { did, vault } = requireAccount(client);
  await client.resumed;
  const id = onceId(did, peer, name);
  const underWay = client.outbox.get(id);
  if (underWay && !underWay.outgoing.failed) return underWay;
  if (underWay) return again(client, underWay);
  const cid = await vault.get('sent', id);
  if (typeof cid !== 'string') return write(writing, { id, once: true });
  const sent = { id, peer, content, allowPlaintext, timestamp: 0, nth: 0, encrypted: true, tab: '' };
  const sending = newSending(sent, vault);
  sending.resolve(cid);
  return sending;
}

/** One after the other: writing one down may take longer than writing down the next. */
async function write({ client, peer, content, allowPlaintext }: Writing, named: Named): Promise<Sending> {
  const { tabs, vault } = requireAccount(client);
  const encrypted = await willEncrypt(client, { peer, allowPlaintext });
  const timestamp = client.now();
  written += 1;
  const outgoing: Outgoing = {
    ...named,
    peer,
    content,
    timestamp,
    nth: written,
    allowPlaintext,
    encrypted,
    tab: tabs.me,
  };
  const sending = newSending(outgoing, vault);
  await keepOutgoing(client, sending);
  await client.resumed;
  void deliver(client, sending).catch(() => undefined);
  return sending;
}

let written = 0;

/** Refuses at once what would be refused later; what cannot be told now is judged when it can be sent. */
async function willEncrypt(client: ClientContext, meant: Pick<Outgoing, 'peer' | 'allowPlaintext'>): Promise<boolean> {
  try {
    const { peer, allowPlaintext } = meant;
    if (isGroupId(peer)) return (await lockFor(client, peer, { allowPlaintext })) !== 'open';
    const receiver = await receiverOf(client, peer);
    if (receiver?.key == null) checkPlaintext(client, peer, allowPlaintext);
    return receiver?.key != null;
  } catch (thrown) {
    const error = asPushChatError(thrown);
    if (!isPassing(error)) throw error;
    return true;
  }
}

/** Sends a failed message again: the same sealed body, so that a node which has it already stores it once. */
export async function retryMessage(client: ClientContext, peer: Peer, id: string): Promise<string> {
  requireAccount(client);
  const failed = client.outbox.get(id);
  if (!failed?.outgoing.failed || failed.outgoing.peer !== peer)
    throw new PushChatError('NotFound', 'There is no failed message of this id.');
  return again(client, failed).sent;
}

function again(client: ClientContext, { outgoing: { failed: _, ...outgoing }, resumed }: Sending): Sending {
  const sending = newSending(outgoing, requireAccount(client).vault, resumed);
  void deliver(client, sending).catch(() => undefined);
  return sending;
}

/** Takes back a message that no node has yet. */
export function discardMessage(client: ClientContext, peer: Peer, id: string): void {
  if (client.outbox.get(id)?.outgoing.peer !== peer) return;
  endOutgoing(client, id)?.reject(new PushChatError('Aborted', 'This message was discarded before it was sent.'));
}

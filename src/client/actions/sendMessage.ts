import { bytesToHex } from '@noble/hashes/utils.js';
import { asPushChatError, PushChatError } from '../../errors.ts';
import type { Did } from '../../protocol/did.ts';
import { checkSendable, type MessageContent } from '../../protocol/messageContent.ts';
import { requireAccount, type ClientContext } from '../context.ts';
import { deliver } from '../outbox/deliver.ts';
import { endOutgoing, keepOutgoing } from '../outbox/keepOutgoing.ts';
import { isPassing, newSending, type Outgoing, type Sending } from '../outbox/outgoing.ts';
import { checkPlaintext, receiverOf } from '../outbox/postOutgoing.ts';
import { createTurns } from '../outbox/turns.ts';
import type { SendOptions } from '../PushChatClient.ts';
import { acceptKeyChange } from './keyChange.ts';

/**
 * Writes a message down, shows it, and sends it: at once, or when the network is back, in order, and exactly once.
 * @returns the id under which the node stored it
 * @throws {PushChatError} `PlaintextRefused` without consent, `KeyUnattested`, `BlockedPeer`, `SessionLocked`, and what
 *   the node says; but for these four the failed message stays in the thread, to send again or discard
 */
export async function sendMessage(
  client: ClientContext,
  peer: Did,
  content: MessageContent,
  options: SendOptions = {},
): Promise<string> {
  requireAccount(client);
  checkSendable(content);
  const allowPlaintext = agrees(options, 'allowPlaintext');
  if (agrees(options, 'acceptKeyChange')) await acceptKeyChange(client, peer);
  const sending = await inWriting(client, peer, () => write({ client, peer, content, allowPlaintext }));
  return sending.sent;
}

/** Consent is the caller's own word, never what a page has put on every object's prototype (security SC-05). */
const agrees = (options: SendOptions, to: keyof SendOptions): boolean =>
  Object.hasOwn(options, to) && options[to] === true;

const inWriting = createTurns();

interface Writing {
  readonly client: ClientContext;
  readonly peer: Did;
  readonly content: MessageContent;
  readonly allowPlaintext: boolean;
}

/** One after the other: writing one down may take longer than writing down the next. */
async function write({ client, peer, content, allowPlaintext }: Writing): Promise<Sending> {
  const { tabs, vault } = requireAccount(client);
  const encrypted = await willEncrypt(client, { peer, allowPlaintext });
  const id = `local:${bytesToHex(client.random(16))}`;
  const timestamp = client.now();
  written += 1;
  const outgoing: Outgoing = { id, peer, content, timestamp, nth: written, allowPlaintext, encrypted, tab: tabs.me };
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
    const receiver = await receiverOf(client, meant.peer);
    if (receiver?.key == null) checkPlaintext(client, meant);
    return receiver?.key != null;
  } catch (thrown) {
    const error = asPushChatError(thrown);
    if (!isPassing(error)) throw error;
    return true;
  }
}

/** Sends a failed message again: the same sealed body, so that a node which has it already stores it once. */
export async function retryMessage(client: ClientContext, peer: Did, id: string): Promise<string> {
  const { vault } = requireAccount(client);
  const failed = client.outbox.get(id)?.outgoing;
  if (!failed?.failed || failed.peer !== peer)
    throw new PushChatError('NotFound', 'There is no failed message of this id.');
  const { failed: _, ...outgoing } = failed;
  return deliver(client, newSending(outgoing, vault));
}

/** Takes back a message that no node has yet. */
export function discardMessage(client: ClientContext, peer: Did, id: string): void {
  if (client.outbox.get(id)?.outgoing.peer !== peer) return;
  endOutgoing(client, id)?.reject(new PushChatError('Aborted', 'This message was discarded before it was sent.'));
}

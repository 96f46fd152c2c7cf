import type { ErrorCode, PushChatError } from '../../errors.ts';
import type { MessageContent } from '../../protocol/messageContent.ts';
import type { MessageBody } from '../../protocol/payload.ts';
import type { Vault } from '../storage/vault.ts';
import { parsePeer, type Peer } from '../../protocol/peer.ts';

/** A message of this device from the moment it is written until a node has it, or the user discards it. */
export interface Outgoing {
  /** Local, `local:…`. */
  readonly id: string;
  readonly peer: Peer;
  readonly content: MessageContent;
  /** When it was written, in milliseconds since the epoch. */
  readonly timestamp: number;
  /** Its number among those of the page, for what was written in one millisecond. */
  readonly nth: number;
  /** The user's consent that it goes unencrypted, if the receiver has no key. */
  readonly allowPlaintext: boolean;
  /** Whether it is to go encrypted, as it was shown when it was written. */
  encrypted: boolean;
  /** Once sealed it stays so: sending again is the same act, and is stored once. It is kept apart from the rest. */
  body?: MessageBody;
  /** Of a group: who can read that body, or the secret that it is sealed with. */
  sealedFor?: string;
  /** Why it waits for the user, when it does. */
  failed?: { readonly code: ErrorCode; readonly message: string };
  /** Sent under a name of the caller's: the id stays known, so that it is never sent again. */
  readonly once?: true;
  /** The tab that sends it. */
  tab: string;
}

/** An outgoing message that this tab sends, and who waits for it. */
export interface Sending {
  readonly outgoing: Outgoing;
  /** Where it is written down; that outlives the session. */
  readonly vault: Vault;
  /** Whether an earlier page, or another tab, may have sealed and posted it. */
  readonly resumed: boolean;
  readonly sent: Promise<string>;
  /** Ends the waiting with the id under which a node stored it. */
  readonly resolve: (cid: string) => void;
  readonly reject: (error: PushChatError) => void;
}

export function newSending(outgoing: Outgoing, vault: Vault, resumed = false): Sending {
  let resolve!: Sending['resolve'];
  let reject!: Sending['reject'];
  const sent = new Promise<string>((done, fail) => {
    resolve = done;
    reject = fail;
  });
  // Nobody may be waiting: the message may be one of before a reload.
  sent.catch(() => undefined);
  return { outgoing, vault, resumed, sent, resolve, reject };
}

/** An outgoing message as it was written down before. What is sealed in a vault is this library's own. */
export function readOutgoing(value: unknown): Outgoing {
  const outgoing = value as Outgoing;
  return { ...outgoing, peer: parsePeer(outgoing.peer) };
}

/** What passes by itself: the network, a busy node, a neighbour who was quicker. */
const PASSING: ReadonlySet<ErrorCode> = new Set([
  'ChainUnavailable',
  'HeadConflict',
  'NetworkTimeout',
  'NetworkUnavailable',
  'RateLimited',
  'StoreUnavailable',
]);

export const isPassing = ({ code }: PushChatError): boolean => PASSING.has(code);

/** What is wrong with one account alone, and no reason to keep all others of a group waiting. */
export const isOfOne = (error: PushChatError): boolean => error.code === 'ChainUnavailable' || !isPassing(error);

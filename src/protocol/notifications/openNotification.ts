import type { ErrorCode } from '../../errors.ts';
import { asPushChatError } from '../../errors.ts';
import { sha256Hex } from '../../crypto/hash.ts';
import { chainIn, parseDid, type Did } from '../did.ts';
import type { AttestedKey } from '../openMessage.ts';
import type { ServedNotification } from './feed.ts';
import { parseIdentity, type Notification } from './notification.ts';
import {
  dataStruct,
  parseNotificationProof,
  verifyByKey,
  verifyByWallet,
  type NotificationProof,
} from './notificationProof.ts';

/**
 * A notification after its checks. The states are those of messages: `signed` means that the proof is right but no wallet
 * vouches for the key. `unchecked` is one that only a blockchain could tell about, and none was asked: nothing of it is
 * shown, as of one whose checks failed.
 */
export type OpenedNotification =
  | {
      readonly state: 'verified' | 'signed';
      readonly content: Notification;
      /** Names the signed act, under whatever id a node serves it. */
      readonly digest: string;
      readonly signedBy: 'wallet' | 'key' | 'chain';
    }
  | { readonly state: 'unchecked' }
  | { readonly state: 'quarantined'; readonly reason: ErrorCode };

/** Where a channel says that it sent a notification, when that is on a blockchain. */
export interface OnChainProof {
  /** EIP-155 chain id. */
  readonly chain: number;
  /** Of the transaction, hex with `0x`. */
  readonly hash: string;
}

/** What a transaction sent as a notification. */
export interface SentOnChain {
  readonly channel: string;
  readonly recipient: string;
  readonly identity: string;
}

/**
 * Looks a transaction up: what it sent, null when it sent no notification, undefined when its chain is none that is asked.
 * Rejects when the chain gives no answer.
 */
export type ReadOnChain = (proof: OnChainProof) => Promise<SentOnChain | null | undefined>;

export interface NotificationReading {
  /** Whose feed it is in. */
  readonly me: Did;
  /** The keys of a channel, the one of now first; none when it has none. */
  readonly keysOf: (channel: Did) => Promise<readonly AttestedKey[]>;
  readonly readOnChain?: ReadOnChain | undefined;
  readonly now: Date;
}

/** What a chain or a subgraph keeps (protocol 7). */
const ON_CHAIN = /^(?:eip155:([1-9]\d{0,15}):(0x[0-9a-f]{64})|thegraph:)/i;

/**
 * Checks one notification: that its channel signed it, with its wallet or its chat key, and that it is for this account.
 * The only way from a node to what is shown. Never throws for what is wrong with it.
 * @throws {PushChatError} when a key or a chain cannot be asked now, which says nothing about the notification
 */
export async function openNotification(
  served: ServedNotification,
  reading: NotificationReading,
): Promise<OpenedNotification> {
  const [onChain, chain, hash] = ON_CHAIN.exec(served.proof) ?? [];
  if (onChain !== undefined) {
    return chain !== undefined && hash !== undefined
      ? openOnChain(served, { chain: Number(chain), hash: hash.toLowerCase() }, reading)
      : { state: 'unchecked' };
  }
  const proof = read(() => parseNotificationProof(served.proof));
  if ('state' in proof) return proof;
  let failed: OpenedNotification = { state: 'quarantined', reason: 'PayloadMalformed' };
  for (const identity of served.identities) {
    const content = read(() => parseIdentity(identity, served.sender));
    if ('state' in content) {
      failed = content;
      continue;
    }
    const opened = await verify({ served, identity, content, proof }, reading);
    if (opened.state !== 'quarantined') return isFor(content, reading.me) ? opened : misdirected;
    failed = opened;
  }
  return failed;
}

const misdirected: OpenedNotification = { state: 'quarantined', reason: 'ReceiverMismatch' };

const isFor = ({ type, to }: Notification, me: Did): boolean => type === 'broadcast' || to.includes(me);

/** What a strange text says, or why it says nothing. */
function read<Value extends object>(parse: () => Value): Value | Extract<OpenedNotification, { state: 'quarantined' }> {
  try {
    return parse();
  } catch (error) {
    return { state: 'quarantined', reason: asPushChatError(error).code };
  }
}

interface Signed {
  readonly served: ServedNotification;
  readonly identity: string;
  readonly content: Notification;
  readonly proof: NotificationProof;
}

async function verify(
  { served, identity, content, proof }: Signed,
  { keysOf, now }: NotificationReading,
): Promise<OpenedNotification> {
  const { sender, senderCaip } = served;
  if (proof.scheme === 'eip712v2') {
    const signer = { did: sender, chain: chainIn(senderCaip) };
    const result = verifyByWallet(dataStruct(identity), proof.signature, signer);
    if (!result.ok) return { state: 'quarantined', reason: result.code };
    return { state: 'verified', content, digest: result.digest, signedBy: 'wallet' };
  }
  const keys = await keysOf(sender);
  let reason: ErrorCode = 'KeyNotFound';
  for (const { armored, level } of keys) {
    if (level !== 'verified' && level !== 'signed') {
      reason = 'KeyUnattested';
      continue;
    }
    const result = await verifyByKey(identity, proof, armored, now);
    if (result.ok) return { state: level, content, digest: result.digest, signedBy: 'key' };
    reason = result.code;
  }
  return { state: 'quarantined', reason };
}

async function openOnChain(
  served: ServedNotification,
  proof: OnChainProof,
  { me, readOnChain }: NotificationReading,
): Promise<OpenedNotification> {
  const sent = await readOnChain?.(proof);
  if (sent === undefined) return { state: 'unchecked' };
  const matches = read(() => ({ it: sent !== null && parseDid(sent.channel) === served.sender }));
  if ('state' in matches) return matches;
  if (sent === null || !matches.it) return { state: 'quarantined', reason: 'ProofInvalid' };
  // What is kept on IPFS or in a subgraph is not here, whoever sent it.
  if (!/^[02]\+/.test(sent.identity)) return { state: 'unchecked' };
  const content = read(() => parseIdentity(sent.identity, served.sender));
  if ('state' in content) return content;
  if (!isFor(content, me)) return misdirected;
  const digest = sha256Hex(JSON.stringify([proof.chain, proof.hash]));
  return { state: 'verified', content, digest, signedBy: 'chain' };
}

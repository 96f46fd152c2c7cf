import { sha256Hex } from '../../crypto/hash.ts';
import { signText, verifyText, type PrivateKey, type SignatureCheck } from '../../crypto/pgp.ts';
import { parseDid, type Did } from '../did.ts';
import { arrayOf, malformed, numberOf, objectOf, stringOf, type Fields } from '../fields.ts';
import { MAX_ARMOR } from '../limits.ts';
import { parsePeer, type Peer } from '../peer.ts';
import type { QuietHours } from './quietHours.ts';

/**
 * What an account says about one of its devices: that it may be woken through a push service (RFC 8030), or no more. An
 * addition of this library to the wire.
 */
export interface DevicePush {
  readonly action: 'subscribe' | 'unsubscribe';
  readonly account: Did;
  /** Name and port of the node that it is for: no other can be given it. */
  readonly host: string;
  /** Where the push service takes what is for the device. */
  readonly endpoint: string;
  /** The device's public key and secret for encryption (RFC 8291), base64url; empty to unsubscribe. */
  readonly p256dh: string;
  readonly auth: string;
  /** Milliseconds since the epoch. */
  readonly expires: number;
  /** Chats whose messages wake nobody. */
  readonly muted: readonly Peer[];
  /** In UTC. */
  readonly quiet: QuietHours | null;
}

export const MAX_MUTED = 200;
/** A device that is not renewed for so long is forgotten. */
export const MAX_PUSH_MS = 60 * 24 * 60 * 60 * 1000;
const MAX_ENDPOINT = 1_000;

/** The bytes that are signed: a fixed order, so that every reader makes the same. */
const pushText = (push: DevicePush): string => {
  const { action, account, host, endpoint, p256dh, auth, expires, muted, quiet } = push;
  return JSON.stringify([
    'push-chat device push 1',
    action,
    account,
    host,
    endpoint,
    p256dh,
    auth,
    expires,
    muted,
    quiet,
  ]);
};

/** @param date signing time; now by default */
export const signDevicePush = async (push: DevicePush, key: PrivateKey, date?: Date): Promise<string> =>
  `pgp:${await signText(sha256Hex(pushText(push)), key, date)}`;

export const verifyDevicePush = (
  push: DevicePush,
  proof: string,
  publicKey: string,
  now: Date,
): Promise<SignatureCheck> => verifyText(sha256Hex(pushText(push)), proof.replace(/^pgp:/, ''), publicKey, now);

/** 65 bytes, an uncompressed point of P-256, and 16 bytes (RFC 8291, section 2). */
const P256DH = /^[\w-]{87}=?$/;
const AUTH = /^[\w-]{22}(==)?$/;

/**
 * Reads what is posted about a device.
 * @throws {PushChatError} `PayloadMalformed`, `PayloadTooLarge`, `InvalidAddress`
 */
export function parseDevicePush(value: unknown): { readonly push: DevicePush; readonly proof: string } {
  const body = objectOf(value, 'body');
  const action = stringOf(body, 'action');
  if (action !== 'subscribe' && action !== 'unsubscribe') throw malformed('action');
  const [p256dh, auth] = [stringOf(body, 'p256dh'), stringOf(body, 'auth')];
  if (action === 'subscribe' && !(P256DH.test(p256dh) && AUTH.test(auth))) throw malformed('p256dh');
  const push = {
    action,
    account: parseDid(stringOf(body, 'account')),
    host: stringOf(body, 'host'),
    endpoint: stringOf(body, 'endpoint', MAX_ENDPOINT),
    p256dh,
    auth,
    expires: numberOf(body, 'expires'),
    muted: arrayOf(body, 'muted', MAX_MUTED, mutedOf),
    quiet: body['quiet'] === null ? null : quietOf(objectOf(body['quiet'], 'quiet')),
  } as const;
  return { push, proof: stringOf(body, 'proof', MAX_ARMOR) };
}

function mutedOf(item: unknown, path: string): Peer {
  if (typeof item !== 'string') throw malformed(path);
  return parsePeer(item);
}

const DAY_MINUTES = 24 * 60;

function quietOf(fields: Fields): QuietHours {
  const [from, to] = [numberOf(fields, 'from'), numberOf(fields, 'to')];
  for (const minutes of [from, to]) {
    if (!Number.isInteger(minutes) || minutes < 0 || minutes >= DAY_MINUTES) throw malformed('quiet');
  }
  return { from, to };
}

import { CID } from 'multiformats/cid';
import { sha256Hex } from '../crypto/hash.ts';
import type { MessageBody } from './payload.ts';

const REFERENCE = /^(?:previous:)?v2:[0-9a-f]{64}$/;
const CID_SHAPE = /^b[a-z2-7]{20,100}$/;

/**
 * Whether a text is a message id of any generation (protocol 3.8): a CIDv1, `v2:<hash>` or `previous:v2:<hash>`.
 * Nothing else may ever be put into a request's path.
 */
export function isMessageId(text: string): boolean {
  return REFERENCE.test(text) || isCid(text);
}

/** Whether an id is a content id, so that the bytes behind it can be checked. */
export function isCid(text: string): boolean {
  if (!CID_SHAPE.test(text)) return false;
  try {
    return CID.parse(text).version === 1;
  } catch {
    return false;
  }
}

/** The id that nodes of 2024 give a message (protocol 3.8, second generation). */
export function deriveReference(body: MessageBody, timestamp: number): string {
  const { fromDID, fromCAIP10, toCAIP10, messageObj, messageType, encType, sessionKey, encryptedSecret } = body;
  const signed = { fromDID, toDID: fromDID, fromCAIP10, toCAIP10, messageObj, messageType, encType, sessionKey };
  return `v2:${sha256Hex(JSON.stringify({ ...signed, encryptedSecret, timestamp }))}`;
}

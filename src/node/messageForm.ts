import { PushChatError } from '../errors.ts';
import type { Did } from '../protocol/did.ts';
import { malformed } from '../protocol/fields.ts';
import { parseContent } from '../protocol/messageContent.ts';
import type { Json, MessageBody } from '../protocol/payload.ts';
import { parseProof } from '../protocol/verificationProof.ts';
import { verifyMessageProof } from '../protocol/verifyProof.ts';
import { verifyBy, type Arrival } from './arrival.ts';
import type { NodeContext } from './context.ts';

/**
 * Refuses content that no reader could show, or check again.
 * @throws {PushChatError} `PayloadMalformed`, `UnsupportedMessageType`
 */
export function checkContent({ messageType, messageObj }: MessageBody): void {
  if (messageType === '') throw malformed('messageType');
  if (messageObj === undefined) throw malformed('messageObj');
  if (typeof messageObj === 'object') {
    checkJson(messageObj);
    parseContent(messageType, messageObj);
  }
}

/** Deeper than any content, and shallow enough for every recursive reader. */
const MAX_DEPTH = 16;

/** Refuses what would not be the same bytes again once it went through JSON: readers recompute proof and CID. */
function checkJson(value: Json, depth = 0): void {
  const unstable = typeof value === 'number' && (!Number.isFinite(value) || Object.is(value, -0));
  if (unstable || depth > MAX_DEPTH) throw malformed('messageObj');
  if (typeof value === 'object' && value !== null)
    for (const inner of Object.values(value)) checkJson(inner, depth + 1);
}

/**
 * Checks that a message is its sender's.
 * @returns the digest that names this signed act
 * @throws {PushChatError} `ProofMissing`, `ProofDowngrade`, `KeyNotFound`, and why the proof fails
 */
export async function checkProof(node: NodeContext, body: MessageBody, from: Did, arrival?: Arrival): Promise<string> {
  if (!body.verificationProof) throw new PushChatError('ProofMissing', 'The message carries no `verificationProof`.');
  // The forms before pgpv2 bind neither receiver nor content: whoever got one could post it to anybody.
  if (parseProof(body.verificationProof)?.scheme === 'pgp') {
    throw new PushChatError('ProofDowngrade', 'This form of proof is no longer taken. Sign with pgpv3.');
  }
  const proof = await verifyBy(node, from, arrival, (key, now) => verifyMessageProof(body, key, now));
  if (!proof.ok) throw new PushChatError(proof.code, 'The proof of this message is not its sender’s.');
  return proof.digest;
}

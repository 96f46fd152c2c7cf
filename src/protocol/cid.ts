import { PushChatError } from '../errors.ts';
import * as dagCbor from '@ipld/dag-cbor';
import { sha256 } from '@noble/hashes/sha2.js';
import { CID } from 'multiformats/cid';
import * as Digest from 'multiformats/hashes/digest';

const SHA2_256 = 0x12;

/** The dag-cbor bytes of a stored block (IPLD dag-cbor specification: map keys sorted). */
export const encodeBlock = (block: object): Uint8Array => dagCbor.encode(block);

/** CIDv1, dag-cbor, sha2-256, base32: the content id of a block's bytes (protocol 3.8). */
export function blockCid(bytes: Uint8Array): string {
  return CID.createV1(dagCbor.code, Digest.create(SHA2_256, sha256(bytes))).toString();
}

/**
 * The block of some bytes, if they are what its CID names. Its keys are sorted, other than its sender wrote them.
 * @throws {PushChatError} `CidMismatch`
 */
export function decodeBlock(cid: string, bytes: Uint8Array): Record<string, unknown> {
  if (blockCid(bytes) !== cid) throw new PushChatError('CidMismatch', `These bytes are not the block ${cid}.`);
  return dagCbor.decode(bytes);
}

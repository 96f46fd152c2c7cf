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

import { describe, expect, it } from 'vitest';
import { bytesToHex } from '@noble/hashes/utils.js';
import { blockCid, encodeBlock } from '../../src/protocol/cid.ts';
import vectors from '../vectors/i_cid.json' with { type: 'json' };

describe('content id', () => {
  it.each(vectors.vectors)('recomputes a published id: $name', (vector) => {
    const bytes = encodeBlock(vector.block);
    expect(bytesToHex(bytes)).toBe(vector.dagCborHex);
    expect(blockCid(bytes)).toBe(vector.expectedCid);
  });
});

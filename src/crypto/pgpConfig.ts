import type * as OpenPgp from 'openpgp';
import * as openpgp from '#openpgp';

/** Longest armored key or signature that is read at all: ten times what an RSA-4096 key takes. */
export const MAX_ARMOR = 64_000;

/** Proofs are split on `:`, so armor must carry no `Version:` or `Comment:` header (protocol 2.1). */
export const CONFIG: OpenPgp.Config = {
  ...openpgp.config,
  showVersion: false,
  showComment: false,
  // A secret takes some twenty characters, and nothing else is ever decrypted (security RX-04).
  maxDecompressedMessageSize: 65_536,
  ignoreUnsupportedPackets: false,
  preferredCompressionAlgorithm: openpgp.enums.compression.uncompressed,
};

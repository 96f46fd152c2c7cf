import { secp256k1 } from '@noble/curves/secp256k1.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, concatBytes, utf8ToBytes } from '@noble/hashes/utils.js';

/** An externally owned account whose key is here. */
export interface LocalWallet {
  /** `0x` and 40 lower-case hex digits. */
  readonly address: string;
  /** Signs as wallets do (EIP-191), the same text the same way each time (RFC 6979). */
  readonly signMessage: (text: string) => string;
}

/** @param privateKey 32 bytes; not every value is a key, but all that chance gives are */
export function localWallet(privateKey: Uint8Array): LocalWallet {
  const point = secp256k1.getPublicKey(privateKey, false).slice(1);
  return {
    address: `0x${bytesToHex(keccak_256(point).slice(-20))}`,
    signMessage: (text) => {
      const bytes = utf8ToBytes(text);
      const digest = keccak_256(concatBytes(utf8ToBytes(`\x19Ethereum Signed Message:\n${bytes.length}`), bytes));
      const [recovery = 0, ...signature] = secp256k1.sign(digest, privateKey, { prehash: false, format: 'recovered' });
      return `0x${bytesToHex(Uint8Array.from([...signature, recovery + 27]))}`;
    },
  };
}

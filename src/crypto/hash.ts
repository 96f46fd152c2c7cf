import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** SHA-256 of the UTF-8 bytes of a text, as 64 lower-case hex digits: what Push Chat signs. */
export const sha256Hex = (text: string): string => bytesToHex(sha256(utf8ToBytes(text)));

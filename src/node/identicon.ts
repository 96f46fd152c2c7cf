import { sha256 } from '@noble/hashes/sha2.js';
import { utf8ToBytes } from '@noble/hashes/utils.js';
import { bytesToBase64 } from '../crypto/encoding.ts';

const CELLS = 5;
const CELL_PIXELS = 8;
const SIDE = CELLS * CELL_PIXELS;

/** The picture of an account that has chosen none: a mirrored pattern of its identity, as a PNG data URL. */
export function drawIdenticon(text: string): string {
  const hash = sha256(utf8ToBytes(text));
  const filled = (x: number, y: number): boolean => ((hash[y] ?? 0) >> Math.min(x, CELLS - 1 - x)) % 2 === 1;
  const rows = Array.from({ length: SIDE }, (_, pixel) => {
    const y = Math.floor(pixel / CELL_PIXELS);
    // One byte of eight one-bit pixels is just one cell wide.
    return [0, ...Array.from({ length: CELLS }, (_, x) => (filled(x, y) ? 0xff : 0))];
  });
  return `data:image/png;base64,${bytesToBase64(encodePng(Uint8Array.from(rows.flat()), hash.subarray(8, 11)))}`;
}

/** A one-bit PNG of two colours with its pixels uncompressed (PNG specification 5, 11; RFC 1951, 3.2.4). */
function encodePng(pixels: Uint8Array, colour: Uint8Array): Uint8Array {
  const length = [pixels.length & 0xff, pixels.length >> 8];
  const deflated = [
    0x78,
    0x01,
    1,
    ...length,
    ...length.map((byte) => byte ^ 0xff),
    ...pixels,
    ...uint32(adler32(pixels)),
  ];
  return Uint8Array.from([
    ...[0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a],
    ...chunk('IHDR', [...uint32(SIDE), ...uint32(SIDE), 1, 3, 0, 0, 0]),
    ...chunk('PLTE', [0xf0, 0xf0, 0xf0, ...colour]),
    ...chunk('IDAT', deflated),
    ...chunk('IEND', []),
  ]);
}

function chunk(type: string, content: readonly number[]): number[] {
  const body = [...utf8ToBytes(type), ...content];
  return [...uint32(content.length), ...body, ...uint32(crc32(body))];
}

const uint32 = (value: number): number[] => [24, 16, 8, 0].map((shift) => (value >>> shift) & 0xff);

function crc32(bytes: readonly number[]): number {
  let crc = ~0;
  for (const byte of bytes) {
    crc ^= byte;
    for (let bit = 0; bit < 8; bit++) crc = (crc >>> 1) ^ (crc & 1 ? 0xedb88320 : 0);
  }
  return ~crc;
}

function adler32(bytes: Uint8Array): number {
  let [a, b] = [1, 0];
  for (const byte of bytes) {
    a = (a + byte) % 65_521;
    b = (b + a) % 65_521;
  }
  return ((b << 16) | a) >>> 0;
}

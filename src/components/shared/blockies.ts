/** A symmetric pattern of 8 by 8 squares and its colours, the same for the same text everywhere. */
export interface Blocks {
  /** One SVG path of unit squares. */
  readonly path: string;
  readonly spots: string;
  readonly background: string;
  readonly color: string;
  readonly spotColor: string;
}

const SIZE = 8;

/** Draws from a text; xorshift seeded with it, as the blocky avatars of wallets do. Not a fingerprint: compare addresses. */
export function drawBlocks(text: string): Blocks {
  const next = randomFrom(text.toLowerCase());
  const hue = Math.floor(next() * 360);
  const other = (hue + 60 + Math.floor(next() * 180)) % 360;
  let path = '';
  let spots = '';
  for (let y = 0; y < SIZE; y++) {
    for (let x = 0; x < SIZE / 2; x++) {
      const kind = Math.floor(next() * 2.3);
      const squares = `M${x} ${y}h1v1h-1zM${SIZE - 1 - x} ${y}h1v1h-1z`;
      if (kind === 1) path += squares;
      else if (kind === 2) spots += squares;
    }
  }
  return {
    path,
    spots,
    background: `hsl(${hue} 52% 82%)`,
    color: `hsl(${hue} 46% 46%)`,
    spotColor: `hsl(${other} 46% 58%)`,
  };
}

function randomFrom(text: string): () => number {
  const seed = [0, 0, 0, 0];
  for (let i = 0; i < text.length; i++)
    seed[i % 4] = ((seed[i % 4] ?? 0) << 5) - (seed[i % 4] ?? 0) + text.charCodeAt(i);
  return () => {
    const [a = 0, b = 0, c = 0, d = 0] = seed;
    const t = a ^ (a << 11);
    const last = d ^ (d >> 19) ^ t ^ (t >> 8);
    seed.splice(0, 4, b, c, d, last);
    // The shifts keep the sign, so the highest bit is always clear.
    return (last >>> 0) / 2 ** 31;
  };
}

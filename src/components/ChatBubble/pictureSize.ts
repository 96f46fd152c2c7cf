/** How much a browser would have to draw. */
export interface PictureSize {
  readonly width: number;
  readonly height: number;
}

/** Enough of a file to find its size behind whatever a camera wrote before it. */
const HEAD_BYTES = 262_144;

/**
 * What a picture says of its own size (PNG 11.2.2, GIF89a 18, JPEG B.2.2, WebP container): a few bytes may stand for
 * gigabytes of pixels (security UI-04, RX-07).
 * @param body base64
 * @returns undefined where it does not say it where it should
 */
export function pictureSize(mime: string, body: string): PictureSize | undefined {
  const head = body.slice(0, Math.ceil(HEAD_BYTES / 3) * 4);
  const text = atob(head.slice(0, head.length - (head.length % 4)));
  const view = new DataView(Uint8Array.from(text, (letter) => letter.charCodeAt(0)).buffer);
  try {
    if (mime === 'image/png') return { width: view.getUint32(16), height: view.getUint32(20) };
    if (mime === 'image/gif') return { width: view.getUint16(6, true), height: view.getUint16(8, true) };
    return mime === 'image/webp' ? webpSize(view) : jpegSize(view);
  } catch {
    // It ends before it says it.
    return undefined;
  }
}

function webpSize(view: DataView): PictureSize | undefined {
  const kind = view.getUint32(12);
  const low24 = (at: number): number => view.getUint16(at, true) | (view.getUint8(at + 2) << 16);
  switch (kind) {
    case 0x56503858: // VP8X
      return { width: low24(24) + 1, height: low24(27) + 1 };
    case 0x5650384c: {
      // VP8L: 14 bits each
      const bits = view.getUint32(21, true);
      return { width: (bits & 0x3fff) + 1, height: ((bits >>> 14) & 0x3fff) + 1 };
    }
    case 0x56503820: // VP8
      return { width: view.getUint16(26, true) & 0x3fff, height: view.getUint16(28, true) & 0x3fff };
    default:
      return undefined;
  }
}

/** Goes from segment to segment to the one that begins a frame. */
function jpegSize(view: DataView): PictureSize | undefined {
  for (let at = 2; ;) {
    if (view.getUint8(at) !== 0xff) return undefined;
    const marker = view.getUint8(at + 1);
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return { height: view.getUint16(at + 5), width: view.getUint16(at + 7) };
    at += 2 + Math.max(view.getUint16(at + 2), 2);
  }
}

import { PushChatError } from '../../errors.ts';

/** Pixels: sharp where it is shown largest, on screens of twice the density. */
const SIDE = 256;

/**
 * The middle of a picture as a small square, drawn anew: without the place and device that a camera writes into it.
 * @returns a `data:` URL
 * @throws {PushChatError} `PayloadMalformed` for what is no picture
 */
export async function squarePicture(file: File): Promise<string> {
  const bitmap = await createImageBitmap(file).catch((cause: unknown) => {
    throw new PushChatError('PayloadMalformed', 'This file is no picture that can be drawn here.', { cause });
  });
  try {
    const canvas = document.createElement('canvas');
    canvas.width = SIDE;
    canvas.height = SIDE;
    const side = Math.min(bitmap.width, bitmap.height);
    const [left, top] = [(bitmap.width - side) / 2, (bitmap.height - side) / 2];
    canvas.getContext('2d')?.drawImage(bitmap, left, top, side, side, 0, 0, SIDE, SIDE);
    const webp = canvas.toDataURL('image/webp', 0.85);
    // A browser that cannot write WebP writes PNG instead, which is larger.
    return webp.startsWith('data:image/webp') ? webp : canvas.toDataURL('image/jpeg', 0.85);
  } finally {
    bitmap.close();
  }
}

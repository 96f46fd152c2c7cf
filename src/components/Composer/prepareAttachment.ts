import { PushChatError } from '../../errors.ts';
import type { PlainContent } from '../../protocol/messageContent.ts';
import { MOST_BYTES } from './mostBytes.ts';

/** Longest side of a picture in pixels, and its quality, from good to small. */
const TRIES = [
  [2_048, 0.86],
  [1_600, 0.8],
  [1_280, 0.74],
  [1_024, 0.66],
  [800, 0.55],
  [640, 0.45],
] as const;

/** Pictures that are drawn anew: smaller, and without the place and device that a camera writes into them. */
const REDRAWN = /^image\/(png|jpeg|webp|avif|heic|heif|bmp)$/;

/**
 * Makes of a file what a message can carry.
 * @throws {PushChatError} `PayloadTooLarge`; `PayloadMalformed` for what cannot be read, such as a folder
 */
export async function prepareAttachment(file: File): Promise<PlainContent> {
  if (REDRAWN.test(file.type)) {
    const picture = await redraw(file);
    if (picture) return contentOf('Image', picture, renamed(file.name, picture.type));
  }
  if (file.size > MOST_BYTES) {
    throw new PushChatError('PayloadTooLarge', `${file.name} is too large: a message carries at most 280 kB.`);
  }
  return contentOf(kindOf(file.type), file, file.name);
}

function kindOf(type: string): PlainContent['type'] {
  if (type === 'image/gif') return 'Image';
  if (type.startsWith('video/')) return 'Video';
  return type.startsWith('audio/') ? 'Audio' : 'File';
}

async function contentOf(type: PlainContent['type'], blob: Blob, name: string): Promise<PlainContent> {
  const content = await dataUrl(blob);
  return { type, content: JSON.stringify({ content, name, type: blob.type, size: blob.size }) };
}

const dataUrl = (blob: Blob): Promise<string> =>
  new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(reader.result as string);
    reader.onerror = () =>
      reject(new PushChatError('PayloadMalformed', 'This file cannot be read.', { cause: reader.error }));
    reader.readAsDataURL(blob);
  });

/** The picture at the best size that fits; undefined where this browser cannot draw it. */
async function redraw(file: File): Promise<Blob | undefined> {
  const bitmap = await createImageBitmap(file).catch(() => undefined);
  if (!bitmap) return undefined;
  try {
    // A drawing or a screenshot stays sharp where it is small as it is.
    if (file.type === 'image/png' && file.size <= MOST_BYTES) {
      const same = await draw(bitmap, 1, 'image/png', 1);
      if (same && same.size <= MOST_BYTES) return same;
    }
    for (const [side, quality] of TRIES) {
      const scale = Math.min(1, side / Math.max(bitmap.width, bitmap.height));
      const picture =
        (await draw(bitmap, scale, 'image/webp', quality)) ?? (await draw(bitmap, scale, 'image/jpeg', quality));
      if (picture && picture.size <= MOST_BYTES) return picture;
    }
    return undefined;
  } finally {
    bitmap.close();
  }
}

/** Undefined where the browser cannot write that type. */
async function draw(bitmap: ImageBitmap, scale: number, type: string, quality: number): Promise<Blob | undefined> {
  const canvas = document.createElement('canvas');
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  canvas.getContext('2d')?.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  const blob = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, type, quality));
  return blob?.type === type ? blob : undefined;
}

const renamed = (name: string, type: string): string =>
  `${name.replace(/\.[^.]*$/, '')}.${type.slice('image/'.length)}`;

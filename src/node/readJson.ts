import { PushChatError } from '../errors.ts';
import { MAX_PAYLOAD_BYTES } from '../protocol/limits.ts';
import { parseJson } from '../protocol/parseJson.ts';

/**
 * The JSON of a request's body, of which no more is ever read than the limit (protocol 3.1).
 * @throws {PushChatError} `PayloadTooLarge`, `PayloadMalformed`
 */
export async function readJson(request: Request, limit = MAX_PAYLOAD_BYTES): Promise<unknown> {
  if (Number(request.headers.get('content-length')) > limit) throw tooLarge(limit);
  return jsonIn(await readBytes(request, limit));
}

/** @throws {PushChatError} `PayloadMalformed` */
export function jsonIn(bytes: Uint8Array): unknown {
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new PushChatError('PayloadMalformed', 'The body is not UTF-8.', { cause });
  }
  return parseJson(text);
}

/**
 * The body of a request or an answer.
 * @throws {PushChatError} `PayloadTooLarge` when it has more than `limit` bytes, of which no more is read
 */
export async function readBytes(source: Request | Response, limit: number): Promise<Uint8Array> {
  // Some browsers have no stream of a request's body; there the whole comes from the same page.
  const stream = source.body as ReadableStream<Uint8Array> | null | undefined;
  if (!stream) {
    const whole = new Uint8Array(await source.arrayBuffer());
    if (whole.length > limit) throw tooLarge(limit);
    return whole;
  }
  const parts: Uint8Array[] = [];
  let length = 0;
  const reader = stream.getReader();
  for (let part = await reader.read(); !part.done; part = await reader.read()) {
    length += part.value.length;
    if (length > limit) {
      await reader.cancel();
      throw tooLarge(limit);
    }
    parts.push(part.value);
  }
  return concat(parts, length);
}

function concat(parts: readonly Uint8Array[], length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  let offset = 0;
  for (const part of parts) {
    bytes.set(part, offset);
    offset += part.length;
  }
  return bytes;
}

const tooLarge = (limit: number): PushChatError =>
  new PushChatError('PayloadTooLarge', `The body has more than ${limit} bytes. Send a smaller file.`);

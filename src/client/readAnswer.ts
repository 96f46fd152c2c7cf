import { PushChatError } from '../errors.ts';
import { parseNodeError } from '../protocol/nodeError.ts';
import { parseJson } from '../protocol/parseJson.ts';

/** A page of the largest messages that a node takes, and what JSON adds to them. */
const MAX_ANSWER_BYTES = 40_000_000;

/**
 * The parsed body of a node's answer; nothing for an empty one.
 * @param most bytes of the body, unpacked: it is given up there, before anything is parsed (security NW-03, RX-01)
 * @throws {PushChatError} `NodeError` when it is no JSON, `PayloadTooLarge`, or what the node refused with
 */
export async function readAnswer(response: Response, most = MAX_ANSWER_BYTES): Promise<unknown> {
  const text = await readText(response, most);
  if (!response.ok) throw parseNodeError(response.status, text, response.headers.get('retry-after'));
  if (text.trim() === '') return null;
  try {
    return parseJson(text);
  } catch (cause) {
    throw new PushChatError('NodeError', 'The Push Node answered with something other than JSON. Check its address.', {
      cause,
    });
  }
}

async function readText({ body, headers }: Response, most: number): Promise<string> {
  if (Number(headers.get('content-length') ?? 0) > most) {
    await body?.cancel();
    throw tooLarge(most);
  }
  if (!body) return '';
  const decoder = new TextDecoder();
  const reader = body.getReader();
  let text = '';
  let size = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    size += value.byteLength;
    if (size > most) {
      await reader.cancel();
      throw tooLarge(most);
    }
    text += decoder.decode(value, { stream: true });
  }
}

const tooLarge = (most: number): PushChatError =>
  new PushChatError('PayloadTooLarge', `The Push Node answered with more than ${most} bytes. Nothing of it was read.`);

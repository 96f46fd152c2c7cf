import { PushChatError } from '../errors.ts';
import { parseNodeError } from '../protocol/nodeError.ts';
import { parseJson } from '../protocol/parseJson.ts';

/**
 * The parsed body of a node's answer; nothing for an empty one.
 * @throws {PushChatError} `NodeError` when it is no JSON, or what the node refused with
 */
export async function readAnswer(response: Response): Promise<unknown> {
  const text = await response.text();
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

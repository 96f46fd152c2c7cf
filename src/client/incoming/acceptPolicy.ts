import { sameDid, type Did } from '../../protocol/did.ts';
import { isOpened, type ThreadItem } from '../state.ts';
import { wordsOf } from './incomingMessage.ts';
import type { AcceptPolicy } from './messagesOptions.ts';

/** Whether a policy accepts a request. What did not pass its checks says nothing to a policy that reads. */
export async function accepts(policy: AcceptPolicy, peer: Did, item: ThreadItem | undefined): Promise<boolean> {
  if (policy === 'all' || policy === 'none') return policy === 'all';
  if (typeof policy !== 'function') return policy.some((did) => sameDid(did, peer));
  const content = item && isOpened(item) ? item.content : undefined;
  return policy({ peer, content, text: content ? wordsOf(content) : '' });
}

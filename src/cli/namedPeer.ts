import { PushChatError } from '../errors.ts';
import { parseDid } from '../protocol/did.ts';
import { isGroupId, type Peer } from '../protocol/peer.ts';

const GROUP = 'group:';

/** A chat as it is written on a command line: `group:` before the chat id, which looks like a private key without it. */
export const peerName = (peer: Peer): string => (isGroupId(peer) ? `${GROUP}${peer}` : peer);

/** @throws {PushChatError} `InvalidAddress` */
export function namedPeer(text: string): Peer {
  if (!text.startsWith(GROUP)) return parseDid(text);
  const chatId = text.slice(GROUP.length);
  if (isGroupId(chatId)) return chatId;
  throw new PushChatError(
    'InvalidAddress',
    `After ${GROUP} stands the chat id of a group: 64 hex digits in lower case.`,
  );
}

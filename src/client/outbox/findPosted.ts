import { requireAccount, type ClientContext } from '../context.ts';
import { olderThan } from '../openItem.ts';
import { MAX_FETCH_LIMIT } from '../../protocol/limits.ts';
import { parseConversationHead, parseHistory } from '../../protocol/parseAnswer.ts';
import type { MessageBody, StoredMessage } from '../../protocol/payload.ts';
import type { GroupId } from '../../protocol/peer.ts';
import { routes } from '../../protocol/routes.ts';

/** Clocks of a device and of a node may be so far apart, in milliseconds. */
const CLOCK_TOLERANCE_MS = 24 * 60 * 60 * 1000;
/** Pages that are looked through. */
const MOST_PAGES = 20;

/**
 * Whether a node has one of the bodies that a message was sealed as, though its answer never came.
 * @param since when the message was written, in milliseconds since the epoch
 */
export async function findPosted(
  client: ClientContext,
  chatId: GroupId,
  { bodies, since }: { readonly bodies: readonly MessageBody[]; readonly since: number },
): Promise<StoredMessage | undefined> {
  const { did } = requireAccount(client);
  const proofs = new Set(bodies.map(({ verificationProof }) => verificationProof));
  let next = parseConversationHead(await client.transport.request(routes.head(did, chatId))).threadHash;
  for (let page = 0; next !== null && page < MOST_PAGES; page += 1) {
    const served = parseHistory(await client.transport.request(routes.history(next, MAX_FETCH_LIMIT)));
    const messages = served.flatMap((message) => ('malformed' in message ? [] : [message]));
    const posted = messages.find(({ verificationProof }) => proofs.has(verificationProof));
    if (posted) return posted;
    if (messages.some(({ timestamp }) => timestamp < since - CLOCK_TOLERANCE_MS)) return undefined;
    next = olderThan(messages);
  }
  return undefined;
}

import { asPushChatError } from '../../errors.ts';
import type { Did } from '../../protocol/did.ts';
import type { ServedNotification } from '../../protocol/notifications/feed.ts';
import { openNotification, type ReadOnChain } from '../../protocol/notifications/openNotification.ts';
import { requireAccount, type ClientContext } from '../context.ts';
import { isPassing } from '../outbox/outgoing.ts';
import type { ChannelNotification } from './channelsState.ts';

/** Checks notifications, one after the other; one that cannot be checked now is left out, and read again another time. */
export async function openFeed(
  client: ClientContext,
  served: readonly ServedNotification[],
  readOnChain: ReadOnChain | undefined,
): Promise<readonly ChannelNotification[]> {
  const { did: me } = requireAccount(client);
  await client.keyring.prefetch(served.map(({ sender }) => sender));
  const opened: ChannelNotification[] = [];
  for (const each of served) {
    const { id, sender: channel, at } = each;
    try {
      const reading = { me, keysOf: keysOf(client), readOnChain, now: new Date(client.now()) };
      const item = await openNotification(each, reading);
      opened.push({ id, channel, timestamp: Math.min(at, client.now()), ...item });
    } catch (error) {
      if (!isPassing(asPushChatError(error))) throw error;
      client.warn(asPushChatError(error));
      opened.push({ id, channel, timestamp: Math.min(at, client.now()), state: 'unchecked' });
    }
  }
  return opened;
}

/** What was signed with a key that a channel had before stays believed, as with messages. */
const keysOf =
  ({ keyring }: ClientContext) =>
  async (channel: Did) => {
    const known = await keyring.find(channel);
    return known ? [...(known.key ? [known.key] : []), ...known.earlier] : [];
  };

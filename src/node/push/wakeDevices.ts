import { asPushChatError } from '../../errors.ts';
import { parseDid, type Did } from '../../protocol/did.ts';
import { isGroupId, type Peer } from '../../protocol/peer.ts';
import { CHAT_SOURCE } from '../../protocol/notifications/notification.ts';
import { formatPushNews } from '../../protocol/push/pushNews.ts';
import { isQuiet } from '../../protocol/push/quietHours.ts';
import { USER_FEEDS } from '../../protocol/socketEvents.ts';
import type { NodeContext } from '../context.ts';
import type { Delivery } from '../delivery.ts';
import { devicesOf, dropDevice, type Device, type DeviceRow } from '../tables/devices.ts';
import type { Told } from '../tables/outbox.ts';
import type { PushService } from './pushService.ts';

/**
 * Delivers as before, and wakes the devices of those who are notified of a message: that is in chats that they accepted
 * and groups that they are in, and never for a request or an invitation (`notifyChat`). What a push service does not take is not sent again: the message is there.
 */
export function wakingDelivery(
  delivery: Delivery,
  service: PushService,
  nodeOf: () => Pick<NodeContext, 'store' | 'commit' | 'now' | 'warn'>,
): Delivery {
  return {
    ...delivery,
    deliver: (told) => {
      delivery.deliver(told);
      const news = newsIn(told);
      if (!news) return;
      for (const to of told.to) {
        wake(nodeOf(), service, { ...news, to }).catch((error: unknown) => nodeOf().warn(asPushChatError(error)));
      }
    },
  };
}

interface News {
  /** Who wrote, or the group that they wrote to. */
  readonly peer: Peer;
  readonly cid: string;
}

/** A notification that `notifyChat` made; all others are of channels, which wake nobody. */
function newsIn({ event, payload }: Told): News | undefined {
  const {
    source,
    sender,
    payload: inner,
  } = payload as {
    readonly source?: unknown;
    readonly sender?: unknown;
    readonly payload?: {
      readonly recipients?: unknown;
      readonly data?: { readonly additionalMeta?: { readonly data?: string } };
    };
  };
  if (event !== USER_FEEDS || source !== CHAT_SOURCE || typeof sender !== 'string') return undefined;
  const { cid } = JSON.parse(inner?.data?.additionalMeta?.data ?? '{}') as { readonly cid?: string };
  if (cid === undefined) return undefined;
  const recipient = inner?.recipients;
  return { peer: typeof recipient === 'string' && isGroupId(recipient) ? recipient : parseDid(sender), cid };
}

async function wake(
  node: Pick<NodeContext, 'store' | 'commit' | 'now'>,
  service: PushService,
  { peer, cid, to }: News & { readonly to: Did },
): Promise<void> {
  const now = node.now();
  const devices = await node.store.read((rows) => devicesOf(rows, to));
  const wanted = devices.filter(({ value }) => isWanted(value, peer, now));
  const gone: Device[] = [];
  await Promise.all(
    wanted.map(async (device) => {
      const { endpoint, p256dh, auth } = device.value;
      const outcome = await service.send({ endpoint, p256dh, auth }, formatPushNews({ to, peer, cid }));
      if (outcome === 'gone') gone.push(device);
    }),
  );
  if (gone.length === 0) return;
  await node.commit(async (tx) => {
    for (const { key } of gone) await dropDevice(tx, key);
  });
}

/** Not what is muted, nor in quiet hours. */
function isWanted({ action, expires, muted, quiet }: DeviceRow, peer: Peer, now: number): boolean {
  const date = new Date(now);
  const minutes = date.getUTCHours() * 60 + date.getUTCMinutes();
  return action === 'subscribe' && expires > now && !muted.includes(peer) && !isQuiet(quiet, minutes);
}

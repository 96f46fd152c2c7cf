import { parseDid } from '../../protocol/did.ts';
import { parseIdentity, type FeedItem, type Notification } from '../../protocol/notifications/notification.ts';
import type { Rows } from '../store/store.ts';
import type { NotificationRow } from '../tables/notifications.ts';
import { userOf } from '../tables/users.ts';

/** A notification as feeds and live events have it, with what its channel says of itself (protocol 7). */
export async function feedItem(rows: Rows, row: NotificationRow): Promise<FeedItem> {
  const { body, at, digest } = row;
  const sender = parseDid(body.sender);
  const content = parseIdentity(body.identity, sender);
  const { name = null, picture = null } = (await userOf(rows, sender))?.profile ?? {};
  const id = notificationId(digest);
  return {
    payload_id: id,
    sender: body.sender,
    epoch: new Date(at).toISOString(),
    payload: {
      data: {
        ...shownData(content),
        app: name ?? '',
        icon: picture ?? '',
        url: '',
        sid: String(id),
        epoch: String(Math.floor(at / 1000)),
      },
      recipients: content.recipients,
      notification: content.notification,
      verificationProof: body.verificationProof,
      identity: body.identity,
    },
    source: body.source,
    etime: endOf(content),
  };
}

/** Whole numbers up to this many bits are exact in JSON. */
const ID_DIGITS = 13;

export const notificationId = (digest: string): number => Number.parseInt(digest.slice(0, ID_DIGITS), 16);

/** Here flags are `1` and `0`, and the type is a number, though a text in what is signed. */
function shownData({ data }: Notification): Readonly<Record<string, unknown>> {
  const flag = (value: string | boolean | undefined): string => (value === true || value === '1' ? '1' : '0');
  return {
    ...data,
    type: Number(data.type),
    etime: data.etime ?? null,
    hidden: flag(data.hidden),
    silent: flag(data.silent),
  };
}

/** The last moment that a date can name, in milliseconds (ECMA-262, 21.4.1.1). */
const LAST_MOMENT = 8_640_000_000_000_000;

function endOf({ data }: Notification): string | null {
  const end = Number(data.etime ?? 0) * 1000;
  return end > 0 && end <= LAST_MOMENT ? new Date(end).toISOString() : null;
}

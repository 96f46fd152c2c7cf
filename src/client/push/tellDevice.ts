import { PushChatError } from '../../errors.ts';
import type { Peer } from '../../protocol/peer.ts';
import { objectOf, stringOf } from '../../protocol/fields.ts';
import { MAX_MUTED, MAX_PUSH_MS, type DevicePush } from '../../protocol/push/devicePush.ts';
import type { QuietHours } from '../../protocol/push/quietHours.ts';
import { routes } from '../../protocol/routes.ts';
import { requireAccount, type ClientContext } from '../context.ts';
import { settingsOf } from '../notify/keptChoices.ts';
import { PUSH_NAME, type KeptPush } from './pushState.ts';

/** By which push services know the node. @throws {PushChatError} `NotFound` where it sends no pushes */
export async function pushKey({ transport }: ClientContext): Promise<string> {
  return stringOf(objectOf(await transport.request(routes.pushKey()), 'answer'), 'publicKey');
}

/** What the node may know of the user's wishes, so that it wakes the device for nothing else. */
export function wishesOf({ muted, notifying, now }: ClientContext): Pick<DevicePush, 'muted' | 'quiet'> {
  const { quiet } = settingsOf(notifying.store.get());
  const peers = Object.keys(muted.store.get()).sort().slice(0, MAX_MUTED) as Peer[];
  return { muted: peers, quiet: quiet && inUtc(quiet, now()) };
}

const DAY_MINUTES = 24 * 60;

/** The clock of the device, which the node does not know; summer time is told with the next renewal. */
function inUtc({ from, to }: QuietHours, now: number): QuietHours {
  const offset = new Date(now).getTimezoneOffset();
  const shift = (minutes: number): number => (minutes + offset + DAY_MINUTES) % DAY_MINUTES;
  return { from: shift(from), to: shift(to) };
}

/**
 * Tells the node that this device may be woken, signed by the chat key.
 * @param subscription as the browser gives it
 * @throws {PushChatError} `SessionLocked`, and what the node or network says
 */
export async function tellDevice(client: ClientContext, subscription: PushSubscriptionJSON): Promise<void> {
  const { endpoint, keys = {} } = subscription;
  const { p256dh, auth } = keys;
  if (endpoint === undefined || p256dh === undefined || auth === undefined) {
    throw new PushChatError('NotPermitted', 'This browser’s push subscription has no keys. Try another browser.');
  }
  const wishes = wishesOf(client);
  await post(client, { action: 'subscribe', endpoint, p256dh, auth, ...wishes });
  const kept: KeptPush = { endpoint, told: client.now(), said: JSON.stringify(wishes) };
  await requireAccount(client).vault.put('push', PUSH_NAME, kept);
}

/** Tells the node that it may not be woken any more. */
export async function forgetDevice(client: ClientContext): Promise<void> {
  const { vault } = requireAccount(client);
  const kept = (await vault.get('push', PUSH_NAME)) as KeptPush | undefined;
  if (!kept) return;
  await vault.delete('push', PUSH_NAME);
  await post(client, { action: 'unsubscribe', endpoint: kept.endpoint, p256dh: '', auth: '', muted: [], quiet: null });
}

async function post(client: ClientContext, said: Omit<DevicePush, 'account' | 'host' | 'expires'>): Promise<void> {
  const { did: account, keys } = requireAccount(client);
  const { host = '' } = client.transport;
  const push: DevicePush = { ...said, account, host, expires: client.now() + MAX_PUSH_MS };
  const proof = await keys.signDevicePush(push, client.now());
  await client.transport.request(routes.devicePush(), { ...push, proof });
}

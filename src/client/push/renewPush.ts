import { asPushChatError } from '../../errors.ts';
import type { ClientContext } from '../context.ts';
import { PUSH_NAME, type KeptPush } from './pushState.ts';
import { tellDevice, wishesOf } from './tellDevice.ts';
import type { PushRegistration } from './pushRegistration.ts';

/** Told again long before the node forgets it. */
const RENEW_MS = 7 * 24 * 60 * 60 * 1000;
/** Several switches in a row are one word. */
const SETTLE_MS = 2_000;

/**
 * Keeps what the node knows of this device as it is: told anew now and then, when the browser subscribed anew, and when
 * the user mutes a chat or changes the quiet hours. Until the returned stop is called.
 */
export function keepPush(
  client: ClientContext,
  registrationOf: () => Promise<PushRegistration | undefined>,
): () => void {
  let isOver = false;
  let waiting = false;
  const renew = async (): Promise<void> => {
    const kept = (await client.account?.vault.get('push', PUSH_NAME)) as KeptPush | undefined;
    if (!kept || isOver) return;
    const subscription = await (await registrationOf())?.pushManager.getSubscription();
    if (!subscription) return;
    const isSame = kept.endpoint === subscription.endpoint && kept.said === JSON.stringify(wishesOf(client));
    if (!isSame || kept.told < client.now() - RENEW_MS) await tellDevice(client, subscription.toJSON());
  };
  const soon = (): void => {
    if (waiting) return;
    waiting = true;
    void client.wait(SETTLE_MS).then(() => {
      waiting = false;
      if (!isOver) renew().catch((error: unknown) => client.warn(asPushChatError(error)));
    });
  };
  soon();
  const stops = [client.muted.store.subscribe(soon), client.notifying.store.subscribe(soon)];
  return () => {
    isOver = true;
    for (const stop of stops) stop();
  };
}

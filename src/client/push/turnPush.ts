import { PushChatError } from '../../errors.ts';
import { requireAccount, type ClientContext } from '../context.ts';
import type { PushRegistration } from './pushRegistration.ts';
import { forgetDevice, pushKey, tellDevice } from './tellDevice.ts';

/**
 * Has this device woken for messages while no page is open: the browser subscribes at its push service, and the node is
 * told, signed by the chat key. Call it from a gesture: the browser may ask.
 * @throws {PushChatError} `NotPermitted` where browser or user do not allow it, `NotFound` where the node sends no pushes
 */
export async function turnPushOn(client: ClientContext, registration: PushRegistration): Promise<void> {
  requireAccount(client);
  const applicationServerKey = await pushKey(client);
  let subscription: PushSubscription;
  try {
    subscription = await subscribe(registration, applicationServerKey);
  } catch (cause) {
    throw new PushChatError('NotPermitted', 'This browser does not let the page be woken. Allow its notifications.', {
      cause,
    });
  }
  await tellDevice(client, subscription.toJSON());
  client.notifying.set('push', true);
}

/** A subscription that was made for another node's key is of no use to this one. */
async function subscribe({ pushManager }: PushRegistration, applicationServerKey: string): Promise<PushSubscription> {
  const options = { userVisibleOnly: true, applicationServerKey };
  try {
    return await pushManager.subscribe(options);
  } catch (error) {
    const other = await pushManager.getSubscription();
    if (!other) throw error;
    await other.unsubscribe();
    return pushManager.subscribe(options);
  }
}

/** Ends it, here and on the node. */
export async function turnPushOff(client: ClientContext, registration: PushRegistration | undefined): Promise<void> {
  client.notifying.set('push', false);
  await forgetDevice(client);
  await (await registration?.pushManager.getSubscription())?.unsubscribe();
}

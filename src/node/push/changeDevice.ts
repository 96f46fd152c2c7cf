import { PushChatError } from '../../errors.ts';
import { MAX_PUSH_MS, parseDevicePush, verifyDevicePush } from '../../protocol/push/devicePush.ts';
import { verifyBy } from '../arrival.ts';
import type { NodeContext } from '../context.ts';
import { parseAccount } from '../parties.ts';
import { devicesOf, dropDevice, saveDevice, type DeviceRow } from '../tables/devices.ts';
import type { PushService } from './pushService.ts';

/** Devices of one account that may be woken. */
const MAX_DEVICES = 10;
/** What was signed longer ago is a repetition, or the word of a clock that is wrong. */
const FRESH_MS = 10 * 60 * 1000;

/**
 * Takes an account's word about one of its devices, signed by its chat key for this very node. The newest word counts; an
 * older one is refused, so that nobody brings back what was ended.
 * @param host the name that the caller knows this node by
 * @throws {PushChatError} the first check that failed; `ReplayDetected`
 */
export async function changeDevice(
  node: NodeContext,
  service: PushService,
  { input, host }: { readonly input: unknown; readonly host: string },
): Promise<void> {
  const { push, proof } = parseDevicePush(input);
  const account = parseAccount(push.account);
  const now = node.now();
  if (push.host !== host) throw new PushChatError('NotPermitted', 'This was signed for another node.');
  if (!service.allows(push.endpoint)) {
    throw new PushChatError(
      'NotPermitted',
      'This node sends to push services that its operator knows, and to no other.',
    );
  }
  const expires = Math.min(push.expires, now + MAX_PUSH_MS);
  if (push.action === 'subscribe' && expires <= now) throw new PushChatError('NotPermitted', 'This has expired.');
  const signed = await verifyBy(node, account, undefined, (key, date) => verifyDevicePush(push, proof, key, date));
  if (!signed.ok) throw new PushChatError(signed.code, 'The proof is not the account’s own. Sign with its chat key.');
  if (signed.signedAt < now - FRESH_MS) throw replayed();
  const { account: _, host: __, ...said } = push;
  await node.commit(async (tx) => {
    const devices = await devicesOf(tx, account);
    const known = devices.find(({ value }) => value.endpoint === push.endpoint);
    if (known && known.value.signedAt > signed.signedAt) throw replayed();
    node.limits?.act(account);
    const others = devices.filter((device) => device !== known);
    for (const { key, value } of others) {
      if (isForgettable(value, now)) await dropDevice(tx, key);
    }
    const live = others.filter(({ value }) => value.action === 'subscribe' && value.expires > now);
    if (push.action === 'subscribe' && live.length >= MAX_DEVICES) {
      // The one that was renewed least lately is the one that is least likely still in use.
      const [oldest] = [...live].sort((a, b) => a.value.signedAt - b.value.signedAt);
      if (oldest) await dropDevice(tx, oldest.key);
    }
    await saveDevice(tx, account, { ...said, expires, signedAt: signed.signedAt });
  });
}

/** The end of one is remembered for as long as its beginning could be repeated. */
const isForgettable = ({ action, expires, signedAt }: DeviceRow, now: number): boolean =>
  action === 'subscribe' ? expires <= now : signedAt < now - 2 * FRESH_MS;

const replayed = (): PushChatError =>
  new PushChatError('ReplayDetected', 'A later word about this device is known, or this one is old. Sign it anew.');

import { inlineKeys } from '../keys/inlineKeys.ts';
import { KEYS_NAME, type KeptKeys } from '../keys/keepKeys.ts';
import { createKeyring } from '../keyring.ts';
import type { KeptGroup } from '../groups/groupFile.ts';
import type { OpenedItem } from '../state.ts';
import type { Pin } from '../pins/pin.ts';
import type { PinStore } from '../pins/pinStore.ts';
import type { Vault } from '../storage/vault.ts';
import type { Transport } from '../transport.ts';
import { randomBytes } from '../../crypto/random.ts';
import { blockCid, encodeBlock } from '../../protocol/cid.ts';
import { isDid, parseDid } from '../../protocol/did.ts';
import { isCid } from '../../protocol/messageId.ts';
import { parseHistory } from '../../protocol/parseAnswer.ts';
import { isGroupId } from '../../protocol/peer.ts';
import type { PushNews } from '../../protocol/push/pushNews.ts';
import { routes } from '../../protocol/routes.ts';
import { groupForWorker } from './groupForWorker.ts';

interface Opening {
  readonly vault: Vault;
  readonly transport: Transport;
  /** What this device keeps of the group that the message is in. */
  readonly group?: KeptGroup;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/**
 * Reads the message that a device was woken for and opens it, with the keys that this device keeps: checked as in a page.
 * Undefined where it keeps none, and for what is not verified: in a group that is also where this device does not know who
 * is in it now.
 */
export async function openForWorker(
  { to, peer, cid }: PushNews,
  { vault, transport, now, group: known }: Opening,
): Promise<OpenedItem | undefined> {
  const kept = (await vault.get('keys', KEYS_NAME)) as KeptKeys | undefined;
  // Keys of a session are sealed by a secret that its pages alone have.
  if (!kept || kept.nonce !== undefined) return undefined;
  const [message] = parseHistory(await transport.request(routes.history(cid, 1)));
  if (!message || 'malformed' in message || message.cid !== cid || !isCid(cid)) return undefined;
  const { cid: _, chatId: __, ...block } = message;
  if (blockCid(encodeBlock(block)) !== cid) return undefined;
  const keys = await inlineKeys(randomBytes).restore(kept.privateKey);
  try {
    const pins: PinStore = {
      get: async (did) => (await vault.get('pin', did)) as Pin | undefined,
      put: (did, pin) => vault.put('pin', did, pin),
      alone: (work) => work(),
    };
    const keyring = createKeyring(transport, pins, { pinned: () => undefined, warn: () => undefined, now: () => now });
    const sender = !isGroupId(peer) ? peer : isDid(message.fromDID) ? parseDid(message.fromDID) : undefined;
    if (sender === undefined) return undefined;
    const group = isGroupId(peer)
      ? await groupForWorker({ me: to, chatId: peer, sender, message }, { known, transport, keyring })
      : undefined;
    if (isGroupId(peer) && !group) return undefined;
    const senderKey = (await keyring.find(sender))?.key ?? null;
    const opened = await keys.open(message, { me: to, peer, senderKey, now, ...(group && { group }) });
    if (opened.state !== 'verified' || opened.from !== 'peer') return undefined;
    const { scheme: _, mirrorDiffers: __, ...rest } = opened;
    return { id: cid, timestamp: message.timestamp, ...rest, state: 'verified' };
  } finally {
    keys.forget();
  }
}

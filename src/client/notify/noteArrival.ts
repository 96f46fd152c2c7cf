import { bytesToHex } from '@noble/hashes/utils.js';
import { sha256Hex } from '../../crypto/hash.ts';
import { asPushChatError } from '../../errors.ts';
import { isDid, parseDid, type Did } from '../../protocol/did.ts';
import type { Account, ClientContext } from '../context.ts';
import type { OpenedItem } from '../state.ts';
import { claim } from './claims.ts';
import { viewName } from './holdViews.ts';
import { mayDisturb, newsIn, type Arrival } from './judgeArrival.ts';
import { DEFAULT_SETTINGS, minutesOfDay, SETTINGS_NAME, type NotificationSettings } from './notificationSettings.ts';

/** A verified message that the user is to hear of, in this tab and no other. */
export interface MessageNotification {
  readonly peer: Did;
  readonly item: OpenedItem;
  /** Unread messages of this chat. */
  readonly unread: number;
  /** Names the chat and says nothing of it: a later notification of the same tag takes the place of an earlier one. */
  readonly tag: string;
  readonly settings: NotificationSettings;
}

/** Tells those who listen, if nothing and nobody else says otherwise. What goes wrong concerns nothing but this. */
export async function noteArrival(client: ClientContext, arrival: Arrival): Promise<void> {
  const { account, notifications } = client;
  const item = newsIn(arrival, client.now());
  if (!account || !item || notifications.size() === 0) return;
  try {
    const { peer } = arrival;
    const settings = await keptSettings(account);
    const circumstances = {
      settings,
      muted: (await account.vault.get('muted', peer)) === true,
      inView: await isInView(client, account, peer),
      minutes: minutesOfDay(client.now()),
    };
    const names = [item.id, ...(item.digest === undefined ? [] : [item.digest])];
    // Claimed in any case: what was on the screen is not told when it is served again.
    const isMine = await claim(account.vault, bytesToHex(client.random(8)), names, client.now());
    if (!isMine || !mayDisturb(circumstances) || client.account !== account) return;
    const unread = client.get().chats.items.find((row) => row.peer === peer)?.unread ?? 1;
    notifications.tell({ peer, item, unread, tag: tagOf(client.network, account.did, peer), settings });
  } catch (error) {
    client.warn(asPushChatError(error));
  }
}

/** As they are kept, since another tab may have changed them. */
const keptSettings = async ({ vault }: Account): Promise<NotificationSettings> =>
  ((await vault.get('notifying', SETTINGS_NAME)) as NotificationSettings | undefined) ?? DEFAULT_SETTINGS;

async function isInView({ views, page }: ClientContext, { tabs }: Account, peer: Did): Promise<boolean> {
  const here = !page.isHidden() && views.shown().some((shown) => isDid(shown) && parseDid(shown) === peer);
  return here || tabs.isHeld(viewName(peer));
}

/** The same for tabs and the service worker. */
export const tagOf = (network: string, me: Did, peer: Did): string =>
  `push-chat-${sha256Hex(JSON.stringify([network, me, peer])).slice(0, 32)}`;

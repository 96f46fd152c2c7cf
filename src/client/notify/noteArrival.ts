import { bytesToHex } from '@noble/hashes/utils.js';
import { asPushChatError } from '../../errors.ts';
import { isPeer, parsePeer, type Peer } from '../../protocol/peer.ts';
import type { Account, ClientContext } from '../context.ts';
import { claim } from './claims.ts';
import { viewName } from './holdViews.ts';
import { mayDisturb, newsIn, type Arrival } from './judgeArrival.ts';
import { tagOf } from './tagOf.ts';
import { minutesOfDay, settingsOf } from './keptChoices.ts';

/** What is being decided for an account. */
const deciding = new WeakMap<Account, Promise<void>>();

/** Tells those who listen, in the order in which messages came, if nothing and nobody else says otherwise. */
export function noteArrival(client: ClientContext, arrival: Arrival): void {
  const { account, notifications } = client;
  const now = client.now();
  const { peer } = arrival;
  const item = newsIn(arrival, now);
  if (!account || !item || notifications.size() === 0) return;
  const settings = settingsOf(client.notifying.store.get());
  const muted = client.muted.store.get()[peer] === true;
  // As things are now, and not when the decision comes.
  const disturbs = mayDisturb({ settings, muted, inView: isInViewHere(client, peer), minutes: minutesOfDay(now) });
  const unread = client.get().chats.items.find((row) => row.peer === peer)?.unread ?? 1;
  const inViewElsewhere = account.tabs.isHeld(viewName(peer));
  const decide = async (): Promise<void> => {
    // Claimed in any case: what was on the screen is not told when it is served again.
    const names = [item.id, ...(item.digest === undefined ? [] : [item.digest])];
    const isMine = await claim(account.vault, bytesToHex(client.random(8)), names, now);
    if (!isMine || !disturbs || (await inViewElsewhere) || client.account !== account) return;
    notifications.tell({ peer, item, unread, tag: tagOf(client.network, account.did, peer), settings });
  };
  // What goes wrong concerns nothing but this one notification.
  const decided = (deciding.get(account) ?? Promise.resolve())
    .then(decide)
    .catch((error: unknown) => client.warn(asPushChatError(error)));
  deciding.set(account, decided);
}

const isInViewHere = ({ views, page }: ClientContext, peer: Peer): boolean =>
  !page.isHidden() && views.shown().some((shown) => isPeer(shown) && parsePeer(shown) === peer);

import { bytesToHex } from '@noble/hashes/utils.js';
import { asPushChatError } from '../../errors.ts';
import { isGroupId, isPeer, parsePeer, type Peer } from '../../protocol/peer.ts';
import type { Account, ClientContext } from '../context.ts';
import { relationOfStanding } from '../reduceGroups.ts';
import type { Group } from '../state.ts';
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
  const group = isGroupId(peer) ? client.get().groups[peer] : undefined;
  const item = newsIn({ ...arrival, accepted: arrival.accepted && isIn(peer, group) }, now);
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
    const tag = tagOf(client.network, account.did, peer);
    const groupName = group?.membership === 'proven' ? group.name : undefined;
    notifications.tell({ peer, ...(groupName !== undefined && { groupName }), item, unread, tag, settings });
  };
  // What goes wrong concerns nothing but this one notification.
  const decided = (deciding.get(account) ?? Promise.resolve())
    .then(decide)
    .catch((error: unknown) => client.warn(asPushChatError(error)));
  deciding.set(account, decided);
}

/** A node may tell of a group that this account is only invited to, or not even that. */
const isIn = (peer: Peer, group: Group | undefined): boolean =>
  !isGroupId(peer) || (group !== undefined && relationOfStanding(group.standing) === 'chat');

const isInViewHere = ({ views, page }: ClientContext, peer: Peer): boolean =>
  !page.isHidden() && views.shown().some((shown) => isPeer(shown) && parsePeer(shown) === peer);

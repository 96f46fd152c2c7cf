import { isPeer, parsePeer } from '../../protocol/peer.ts';
import type { ClientContext } from '../context.ts';

/** What a tab holds while a thread is on its screen, so that no other notifies of it. */
export const viewName = (peer: string): string => `view/${peer}`;

/** Tells the other tabs which threads are on the screen of this one, until chat is locked. */
export function holdViews(client: ClientContext): void {
  const { account, views, page } = client;
  if (!account) return;
  const held = new Map<string, () => void>();
  const follow = (): void => {
    const isOver = client.account !== account;
    const wanted =
      isOver || page.isHidden() ? [] : views.shown().flatMap((peer) => (isPeer(peer) ? [parsePeer(peer)] : []));
    for (const [peer, release] of held) {
      if (wanted.some((each) => each === peer)) continue;
      held.delete(peer);
      release();
    }
    for (const peer of wanted) {
      if (!held.has(peer)) held.set(peer, account.tabs.hold(viewName(peer)));
    }
    if (isOver) for (const stop of stops) stop();
  };
  const stops = [views.subscribe(follow), page.onReturn(follow), page.onHide(follow), client.subscribe(follow)];
  follow();
}

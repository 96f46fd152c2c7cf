import { useContext } from 'react';
import { useMuted } from '../../hooks/useMuted.ts';
import type { Peer } from '../../protocol/peer.ts';
import type { MenuItem } from '../shared/Menu.tsx';
import { useText } from '../text/useText.ts';
import { NotificationsContext } from './notificationsContext.ts';

/** The choice to hear nothing of a chat, for its menus; none where the page offers no notifications. */
export function useMuteItem(peer: Peer): readonly MenuItem[] {
  const { muted, mute } = useMuted(peer);
  const { t } = useText();
  if (!useContext(NotificationsContext)) return [];
  const run = (): void => mute(!muted);
  return [{ id: 'mute', label: t(muted ? 'peer.unmute' : 'peer.mute'), icon: muted ? 'bell' : 'bellOff', run }];
}

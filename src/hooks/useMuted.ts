import { useCallback, useSyncExternalStore } from 'react';
import type { Peer } from '../protocol/peer.ts';
import { usePushChat } from './usePushChat.ts';

/** Whether the user wants to hear nothing of a chat. */
export interface MutedView {
  readonly muted: boolean;
  readonly mute: (muted: boolean) => void;
}

/** The user's choice for the chat with a peer; kept on this device. */
export function useMuted(peer: Peer): MutedView {
  const { muted, setMuted } = usePushChat();
  const isMuted = useSyncExternalStore(muted.subscribe, muted.get, muted.get)[peer] === true;
  return { muted: isMuted, mute: useCallback((quiet: boolean) => setMuted(peer, quiet), [setMuted, peer]) };
}

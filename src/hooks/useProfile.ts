import { useCallback, useEffect } from 'react';
import type { Profile } from '../client/state.ts';
import { useAction } from './useAction.ts';
import { isGroupId } from '../protocol/peer.ts';
import { usePeer } from './usePeer.ts';
import { usePushChat } from './usePushChat.ts';
import { useStore } from './useStore.ts';

/**
 * An account's profile once the session is ready; undefined while unknown, and for accounts that never used Push Chat.
 * @example const name = useProfile(peer)?.name;
 */
export function useProfile(peer: string): Profile | undefined {
  const client = usePushChat();
  const named = usePeer(peer);
  const did = named === undefined || isGroupId(named) ? undefined : named;
  const ready = useStore((state) => state.session.status === 'ready');
  const profile = useStore((state) => (did ? state.profiles[did] : undefined));
  const [, load] = useAction(useCallback(() => client.getProfile(peer), [client, peer]));
  const wanted = ready && did !== undefined && profile === undefined;
  useEffect(() => {
    if (wanted) void load();
  }, [wanted, load]);
  return profile;
}

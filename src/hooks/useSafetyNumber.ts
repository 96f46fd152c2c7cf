import { useCallback, useMemo } from 'react';
import type { Identity } from '../client/state.ts';
import { useAction } from './useAction.ts';
import { isGroupId } from '../protocol/peer.ts';
import { usePeer } from './usePeer.ts';
import { usePushChat } from './usePushChat.ts';
import { useStore } from './useStore.ts';

/** What two people compare to know that nobody stands between them. */
export interface SafetyNumberView {
  /** 60 digits; undefined while one of the two has no key that its wallet vouches for. */
  readonly number: string | undefined;
  /** What this device knows of the peer's keys. */
  readonly identity: Identity | undefined;
  /** Notes that the number was compared and is the same. */
  readonly markVerified: () => Promise<void>;
  /** Agrees to a changed key without comparing. */
  readonly acceptKeyChange: () => Promise<void>;
}

/**
 * The safety number of the chat with a peer.
 * @example const { number, markVerified } = useSafetyNumber(peer);
 */
export function useSafetyNumber(peer: string): SafetyNumberView {
  const client = usePushChat();
  const named = usePeer(peer);
  const did = named === undefined || isGroupId(named) ? undefined : named;
  const me = useStore(({ session }) => (session.status === 'ready' ? session.did : undefined));
  const mine = useStore(({ identities }) => (me ? identities[me]?.fingerprint : undefined));
  const identity = useStore(({ identities }) => (did ? identities[did] : undefined));
  const theirs = identity?.fingerprint;
  const number = useMemo(() => {
    return me && did && mine !== undefined && theirs !== undefined ? client.safetyNumber(did) : undefined;
  }, [client, me, did, mine, theirs]);
  const [, markVerified] = useAction(useCallback(() => client.markVerified(peer), [client, peer]));
  const [, acceptKeyChange] = useAction(useCallback(() => client.acceptKeyChange(peer), [client, peer]));
  return { number, identity, markVerified, acceptKeyChange };
}

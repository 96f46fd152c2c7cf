import type { Did } from '../protocol/did.ts';
import { safetyNumber } from '../protocol/safetyNumber.ts';
import type { ChatState } from './state.ts';

/** The safety number with a peer; undefined while one of the two has no key that its wallet vouches for. */
export function safetyNumberWith({ session, identities }: ChatState, peer: Did): string | undefined {
  if (session.status !== 'ready') return undefined;
  const mine = identities[session.did]?.fingerprint;
  const theirs = identities[peer]?.fingerprint;
  if (mine === undefined || theirs === undefined) return undefined;
  return safetyNumber({ did: session.did, fingerprint: mine }, { did: peer, fingerprint: theirs });
}

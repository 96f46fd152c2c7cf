import { isPeer, parsePeer } from '../protocol/peer.ts';

/** Texts that were written and not sent, by peer. */
export type DraftTexts = Readonly<Record<string, string>>;

/** One draft for a peer, however it is spelled. */
export const draftName = (peer: string): string => (isPeer(peer) ? parsePeer(peer) : peer);

export const draftOf = (texts: DraftTexts, peer: string): string => texts[draftName(peer)] ?? '';

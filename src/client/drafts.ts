import { isDid, parseDid } from '../protocol/did.ts';

/** Texts that were written and not sent, by peer. */
export type DraftTexts = Readonly<Record<string, string>>;

/** One draft for a peer, however it is spelled. */
export const draftName = (peer: string): string => (isDid(peer) ? parseDid(peer) : peer);

export const draftOf = (texts: DraftTexts, peer: string): string => texts[draftName(peer)] ?? '';

import type { WalletPurpose } from '../../client/walletPrompt.ts';

/** What a frame may have a wallet sign something for. */
export type FramePurpose = WalletPurpose;

/**
 * What a text is signed for, of those that Push Chat has wallets sign: to open keys, to vouch for them by a hash
 * (protocol 2.2, 2.3), and to read at a node that wants a proof for that (`protocol/challenge.ts`). A host that lets a frame ask its wallet lets it ask for nothing else, whatever becomes of the
 * frame's origin.
 * @param claimed the frame's word, which is taken only between purposes that share a text
 * @returns undefined for every other text
 */
export function purposeOf(text: string, claimed: unknown): FramePurpose | undefined {
  if (HASH.test(text)) return 'attest-keys';
  if (READS.test(text)) return 'read';
  if (!OPENS_KEYS.test(text)) return undefined;
  return claimed === 'check-wallet' ? claimed : 'open-keys';
}

const HASH = /^[0-9a-f]{64}$/;
const OPENS_KEYS = /^Enable Push (?:Chat )?Profile \n[0-9a-f]{64}$/;
const READS =
  /^Let this device read your chats\.\n\nNode: \S{1,300}\nAccount: \S{1,300}\nUntil: [\d-]+T[\d:.]+Z\nNonce: [0-9a-f.]{16,300}$/;

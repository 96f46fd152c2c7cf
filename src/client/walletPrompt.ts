/**
 * What a signature is for: to open or wrap the keys, to see that the wallet can repeat that, to vouch for the keys, or to
 * read at a node that wants proof.
 */
export type WalletPurpose = 'open-keys' | 'check-wallet' | 'attest-keys' | 'read';

/** A prompt that the wallet is about to show. */
export interface WalletPrompt {
  readonly purpose: WalletPurpose;
  /** What the wallet shows and signs. */
  readonly text: string;
  /** From 1, of so many that this unlocking takes. */
  readonly nth: number;
  readonly of: number;
}

/** What a signature is for: to open or wrap the keys, to vouch for them, or to read at a node that wants proof. */
export type WalletPurpose = 'open-keys' | 'attest-keys' | 'read';

/** A prompt that the wallet is about to show. */
export interface WalletPrompt {
  readonly purpose: WalletPurpose;
  /** What the wallet shows and signs. */
  readonly text: string;
  /** From 1, of so many that this unlocking takes. */
  readonly nth: number;
  readonly of: number;
}

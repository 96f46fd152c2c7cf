import type { ErrorCode } from '../errors.ts';
import type { Did } from './did.ts';
import type { AttestationScheme, KeyLevel } from './profileProof.ts';
import type { ProofScheme } from './verifyProof.ts';

/** The checks of a message, in their order; each is made only when all before it are passed. */
export const MESSAGE_CHECKS = ['id', 'parties', 'key', 'proof', 'content'] as const;

export type MessageCheck = (typeof MESSAGE_CHECKS)[number];

/** The key that a message was checked with. */
export interface VerifyingKey {
  /** Of its primary key, in lower-case hex. */
  readonly fingerprint: string;
  readonly level: KeyLevel;
  /** How the wallet vouched for it; null when none did. */
  readonly attestedBy: AttestationScheme | null;
  /** True for a key that the account has replaced since: the message is of the time before. */
  readonly earlier: boolean;
}

/** How a message was judged: what a reader can be told of it, and can check again. */
export interface Verification {
  /** Whose message it says it is; null when that is nobody of this chat. */
  readonly signer: Did | null;
  /** Null when the checks ended before it. */
  readonly key: VerifyingKey | null;
  /** The form of its proof; null when it was not found right. */
  readonly scheme: ProofScheme | null;
  /** The fields of the wire that the proof covers. */
  readonly covers: readonly string[];
  /** When it was signed, as its signer says, in milliseconds since the epoch. */
  readonly signedAt: number | null;
  /** In a group: whether acts that members signed show its signer in it, or the node alone says so. */
  readonly member?: 'proven' | 'unchecked';
  /** The first check that failed; null when all are passed. */
  readonly failed: { readonly check: MessageCheck; readonly code: ErrorCode } | null;
}

/** The verdict on a message that is hidden. */
export type Refused = Verification & { readonly failed: NonNullable<Verification['failed']> };

/** The verdict on a message that was not looked into any further. */
export const failedAt = (check: MessageCheck, code: ErrorCode): Refused => ({
  signer: null,
  key: null,
  scheme: null,
  covers: [],
  signedAt: null,
  failed: { check, code },
});

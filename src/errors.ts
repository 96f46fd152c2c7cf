/** Every way in which this library can refuse, each with a heading in `docs/errors.md`. */
export type ErrorCode =
  | 'Aborted'
  | 'AuthRequired'
  | 'BlockedPeer'
  | 'ChainBroken'
  | 'ChainFork'
  | 'ChainUnavailable'
  | 'CidMismatch'
  | 'ClockSkew'
  | 'DecryptFailed'
  | 'GestureRequired'
  | 'HeadConflict'
  | 'HistoryGap'
  | 'HistoryRollback'
  | 'HostRefused'
  | 'Internal'
  | 'InvalidAddress'
  | 'InvalidConfig'
  | 'KeyBundleMalformed'
  | 'KeyChanged'
  | 'KeyMismatch'
  | 'KeyNotFound'
  | 'KeyRollback'
  | 'KeyUnattested'
  | 'LinkCycle'
  | 'MembersUnconfirmed'
  | 'NetworkTimeout'
  | 'NetworkUnavailable'
  | 'NodeError'
  | 'NotFound'
  | 'NotMember'
  | 'NotPermitted'
  | 'PayloadMalformed'
  | 'PayloadTooLarge'
  | 'PlaintextRefused'
  | 'ProofDowngrade'
  | 'ProofInvalid'
  | 'ProofMalformed'
  | 'ProofMissing'
  | 'RateLimited'
  | 'ReceiverMismatch'
  | 'ReplayDetected'
  | 'SenderMismatch'
  | 'SessionLocked'
  | 'StorageCorrupt'
  | 'StorageQuota'
  | 'StorageUnavailable'
  | 'StoreUnavailable'
  | 'UnsupportedEncType'
  | 'UnsupportedMessageType'
  | 'WalletChanged'
  | 'WalletNonDeterministic'
  | 'WalletRejected'
  | 'WalletTimeout'
  | 'WalletUnsupported';

/**
 * Why nothing is sent to a private group before its user agrees: `unproven` is a member whom nobody let in by their
 * signature, `unattested` one for whose key no wallet vouches, `changed` one who has another key than the user compared, `key` a key of nobody in the group that the group's secret
 * is wrapped for, and `secret` that secret where nothing shows that a member made it.
 */
export interface Concern {
  readonly reason: 'unproven' | 'unattested' | 'changed' | 'key' | 'secret';
  /** The member; for a key or a secret its id. Agreed to by this name, and for as long as it means the same key. */
  readonly name: string;
}

/** The one error class of this library: a stable `code`, a sentence that says what to do, and the cause. */
export class PushChatError extends Error {
  override readonly name = 'PushChatError';
  /** With `MembersUnconfirmed`: whom the user has to decide about. */
  readonly concerns?: readonly Concern[];
  /** Seconds after which the same is worth another try, where that is known. */
  readonly retryAfter?: number;

  constructor(
    readonly code: ErrorCode,
    message: string,
    options?: ErrorOptions & { readonly retryAfter?: number; readonly concerns?: readonly Concern[] },
  ) {
    super(message, options);
    if (options?.retryAfter !== undefined) this.retryAfter = options.retryAfter;
    if (options?.concerns) this.concerns = options.concerns;
  }
}

/** Text of others as one line of a terminal: what would break it, or move the cursor, as escapes (security ND-15). */
export const escapeControls = (text: string): string =>
  text.replace(
    /[\u0000-\u001f\u007f-\u009f\u2028\u2029\u202a-\u202e\u2066-\u2069]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );

/** The nearest `PushChatError` in a chain of causes; anything else becomes `Internal` with its cause kept. */
export function asPushChatError(error: unknown): PushChatError {
  for (let e = error; e instanceof Error; e = e.cause) if (e instanceof PushChatError) return e;
  return new PushChatError('Internal', 'Unexpected failure.', { cause: error });
}

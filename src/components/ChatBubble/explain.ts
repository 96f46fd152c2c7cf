import type { QuarantinedItem, UndecryptableItem } from '../../client/state.ts';
import type { ErrorCode } from '../../errors.ts';

/** What a reader needs to know of a message that is not shown. */
export interface Explanation {
  readonly title: string;
  readonly reason: string;
}

const HIDDEN: Partial<Record<ErrorCode, string>> = {
  ChainUnavailable: 'Only a blockchain can tell whose key signed it, and this app does not ask it.',
  CidMismatch: 'It was changed after it was stored.',
  KeyUnattested: 'The sender’s key can’t be verified.',
  KeyNotFound: 'The sender’s key can’t be found.',
  PayloadMalformed: 'It is not a well-formed message.',
  ProofDowngrade: 'Its signature is weaker than this sender’s messages carry.',
  ProofMissing: 'It carries no signature.',
  ReceiverMismatch: 'It was written for another chat.',
  ReplayDetected: 'It is a copy of an earlier message.',
};

const UNOPENED: Partial<Record<ErrorCode, string>> = {
  PayloadMalformed: 'Its content is not well-formed.',
  UnsupportedEncType: 'It is encrypted in a way this app does not know.',
  UnsupportedMessageType: 'It is of a kind this app does not know.',
};

/** Says, in plain words, why a message is not shown. */
export function explain({ state, reason }: QuarantinedItem | UndecryptableItem): Explanation {
  return state === 'quarantined'
    ? { title: 'Message hidden', reason: HIDDEN[reason] ?? 'Its signature does not match the sender.' }
    : {
        title: 'Can’t be opened here',
        reason: UNOPENED[reason] ?? 'It was written for a key this device does not have.',
      };
}

/** What a caller agrees to, or wants, of one message. */
export interface SendOptions {
  /**
   * The user's explicit consent that this message goes unencrypted, because the receiver has never used Push Chat.
   * Without it such a send fails with `PlaintextRefused` and nothing leaves the device.
   */
  readonly allowPlaintext?: boolean;
  /**
   * The user's explicit consent to write to another key than the one that they compared. Without it such a send fails
   * with `KeyChanged`.
   */
  readonly acceptKeyChange?: boolean;
  /**
   * In a private group: the user's explicit consent, by name, to have these read it, as `concerns` of `MembersUnconfirmed`
   * names them. Remembered until they have another key.
   */
  readonly acceptMembers?: readonly string[];
  /**
   * A name for what is sent to this peer: under one name one message is sent, ever, also when the program died meanwhile.
   * As long as the client's `storage` remembers; whoever calls again gets the id of the first.
   */
  readonly once?: string;
}

export interface ProofOptions {
  /**
   * Whether whoever has the proof can read this one message, though it was encrypted. Its sender may not expect that:
   * tell them before they write.
   * @default false
   */
  readonly disclose?: boolean;
}

/** The shapes on the wire, with the wire's own field names (protocol 2.2, 3.4, 4). */

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };
export type JsonObject = Readonly<Record<string, Json>>;

/** A message or request as its sender posts it, fields in the order of protocol 3.4. */
export interface MessageBody {
  readonly fromDID: string;
  readonly toDID: string;
  readonly fromCAIP10: string;
  readonly toCAIP10: string;
  readonly messageType: string;
  /** Ciphertext, or the object itself under `PlainText`; absent in messages of before 2023. */
  readonly messageObj?: string | JsonObject;
  readonly encType: string;
  readonly sessionKey?: string | null;
  readonly encryptedSecret: string | null;
  readonly messageContent: string;
  readonly signature: string;
  readonly sigType: string;
  readonly verificationProof?: string | null;
}

/** A message as a node stores and serves it. */
export interface StoredMessage extends MessageBody {
  /** Milliseconds since the epoch, set by the node. */
  readonly timestamp: number;
  /** Id of the message before, in any of the three generations; null for the first. */
  readonly link: string | null;
  readonly cid: string;
  readonly chatId?: string;
}

export interface WireProfile {
  readonly name: string | null;
  readonly desc: string | null;
  readonly picture: string | null;
  readonly blockedUsersList: readonly string[] | null;
  readonly profileVerificationProof: string | null;
}

export interface WireUser {
  readonly did: string;
  /** Comma-joined; the first entry is the sender id this user writes with. */
  readonly wallets: string;
  readonly publicKey: string;
  readonly encryptedPrivateKey: string;
  readonly verificationProof: string | null;
  readonly msgSent: number;
  readonly maxMsgPersisted: number;
  readonly profile: WireProfile;
  readonly origin?: string | null;
}

/** One row of the chats or requests list (protocol 4.2). */
export interface Feed {
  readonly msg: StoredMessage;
  readonly did: string | null;
  readonly wallets: string | null;
  readonly profilePicture: string | null;
  readonly name: string | null;
  readonly about: string | null;
  readonly publicKey: string | null;
  readonly threadhash: string | null;
  /** Accounts that accepted, joined with `+`. */
  readonly intent: string;
  readonly intentSentBy: string;
  /** ISO 8601. */
  readonly intentTimestamp: string;
  /** Participants sorted and joined with `_`. */
  readonly combinedDID: string;
  readonly chatId: string;
  /** A `GroupWithMembers`; null for a chat of two. */
  readonly groupInformation: object | null;
}

/** Answer of the conversation hash call: the newest message's id and whether the caller has accepted. */
export interface ConversationHead {
  readonly threadHash: string | null;
  readonly intent: boolean;
}

export interface UserCreation {
  readonly caip10: string;
  readonly did: string;
  readonly publicKey: string;
  readonly encryptedPrivateKey: string;
  readonly origin?: string;
  readonly verificationProof?: string;
  /** `xyz` and `a` in the blank user that a sender makes for an unknown receiver. */
  readonly signature?: string;
  readonly sigType?: string;
}

export interface AuthUpdate {
  readonly caip10: string;
  readonly publicKey: string;
  readonly encryptedPrivateKey: string;
  readonly verificationProof: string;
}

export interface ProfileUpdate {
  readonly name: string | null;
  readonly desc: string | null;
  readonly picture: string | null;
  /** Absent only in the older `pgp:` form. */
  readonly blockedUsersList?: readonly string[];
  readonly verificationProof: string;
}

export interface RequestAcceptance {
  readonly fromDID: string;
  readonly toDID: string;
  readonly signature: string;
  readonly status: string;
  readonly sigType: string;
  readonly verificationProof: string;
  readonly encryptedSecret?: string | null;
}

export interface RequestRejection {
  readonly fromDID: string;
  readonly toDID: string;
  readonly verificationProof: string;
}

export type MessageCategory = 'Chat' | 'Request' | 'Approve' | 'Reject';

/** The `CHATS` event of the live connection (protocol 6.2). */
export interface ChatEvent extends Omit<StoredMessage, 'cid' | 'messageType' | 'messageContent'> {
  readonly messageCategory: MessageCategory;
  readonly messageOrigin: 'self' | 'other';
  readonly hasIntent: boolean;
  readonly chatId: string;
  /** Only in events of groups. */
  readonly isGroup?: true;
  readonly cid: string | null;
  readonly messageType: string | null;
  readonly messageContent: string | null;
}

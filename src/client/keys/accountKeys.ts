import type { BundleWallet, KeyBundle } from '../../crypto/keyBundle.ts';
import type { KeyType } from '../../crypto/pgp.ts';
import type { Challenge } from '../../protocol/challenge.ts';
import type { Did } from '../../protocol/did.ts';
import type { Period } from '../../protocol/groups/periods.ts';
import type { GroupDraft, SignedGroupAct } from '../../protocol/groups/signGroup.ts';
import type { MessageContent } from '../../protocol/messageContent.ts';
import type { AttestedKey, Opened } from '../../protocol/openMessage.ts';
import type {
  MessageBody,
  ProfileUpdate,
  RequestAcceptance,
  RequestRejection,
  StoredMessage,
} from '../../protocol/payload.ts';
import type { Envelope } from '../../protocol/sealMessage.ts';
import type { SubscriptionParties } from '../../protocol/notifications/signSubscription.ts';
import type { DevicePush } from '../../protocol/push/devicePush.ts';
import type { Peer } from '../../protocol/peer.ts';
import type { ProfileFields } from '../../protocol/signProof.ts';

/** How a message is read: everything but the private key. */
export interface Reading {
  readonly me: Did;
  readonly peer: Peer;
  /** Where the peer is a group. */
  readonly group?: {
    /** When the sender was in it; null where nothing shows. */
    readonly periods: readonly Period[] | null;
    /** The wrapped secret that the message names; null for one that no member gave. */
    readonly secret: string | null;
  };
  /** Of whoever it says it is from; null when that account has none. */
  readonly senderKey: AttestedKey | null;
  /** Milliseconds since the epoch. */
  readonly now: number;
}

/** How a message is written: everything but the private key. */
export interface Writing extends Omit<Envelope, 'senderKey' | 'random' | 'date' | 'group'> {
  /** In a private group: the keys of all who are in it, or the wrapped secret that they share. */
  readonly group?:
    { readonly keys: readonly string[] } | { readonly sessionKey: string; readonly encryptedSecret: string };
  /** Signing time in milliseconds since the epoch. */
  readonly now: number;
}

/**
 * The unlocked keys of one account. The private key stays where it was opened, in this thread or in a worker, and only
 * what it does comes out.
 */
export interface AccountKeys {
  /** Armored. */
  readonly publicKey: string;
  /** How many messages it makes sense to have opened at once. */
  readonly width: number;
  /** Checks and opens one message; never rejects for what is wrong with the message. */
  readonly open: (message: StoredMessage, reading: Reading) => Promise<Opened>;
  /** @throws {PushChatError} as `sealMessage` */
  readonly seal: (content: MessageContent, writing: Writing) => Promise<MessageBody>;
  /** @param now signing time in milliseconds since the epoch, here and below */
  readonly acceptRequest: (parties: { requester: string; acceptor: string }, now: number) => Promise<RequestAcceptance>;
  readonly rejectRequest: (parties: { requester: string; rejector: string }, now: number) => Promise<RequestRejection>;
  readonly signProfile: (profile: ProfileFields, now: number) => Promise<ProfileUpdate>;
  /** An opt-in to a channel, or opt-out of it. */
  readonly signSubscription: (
    parties: SubscriptionParties,
    now: number,
  ) => Promise<{ readonly verificationProof: string; readonly message: string }>;
  /** That a device may be woken, or no more. */
  readonly signDevicePush: (push: DevicePush, now: number) => Promise<string>;
  /**
   * Signs a change of a group, with a fresh secret where that takes one.
   * @param signer the account as its profile spells it
   * @throws {PushChatError} `KeyNotFound`
   */
  readonly signGroup: (draft: GroupDraft, signer: string, now: number) => Promise<SignedGroupAct>;
  readonly answerChallenge: (challenge: Challenge, now: number) => Promise<string>;
  /**
   * The key of one encrypted message, for whoever is to read that one and no other.
   * @throws {PushChatError} `DecryptFailed`
   */
  readonly disclose: (encryptedSecret: string) => Promise<string>;
  /**
   * The armored private key, to be kept sealed on this device where the host wants that, and for nothing else.
   * @throws {PushChatError} `SessionLocked` once the key is confined
   */
  readonly reveal: () => Promise<string>;
  /**
   * The private key as a bundle that this wallet signature opens again (protocol 2.3).
   * @throws {PushChatError} `SessionLocked` once the key is confined
   */
  readonly wrap: (preKey: string, signature: string) => Promise<string>;
  /** From now on the private key is used and never given out, whoever asks. */
  readonly confine: () => void;
  /** Lets go of the private key; nothing can be done with it any more. */
  readonly forget: () => void;
}

/** Where private keys are opened and kept. */
export interface KeyHolder {
  /** Gets ready for what will soon be wanted, such as by starting a worker; optional. */
  readonly prepare?: () => void;
  /** @param now creation time in milliseconds since the epoch */
  readonly generate: (now: number, type: KeyType) => Promise<AccountKeys>;
  /**
   * Opens a bundle; the wallet is asked for what that takes.
   * @throws {PushChatError} `WalletRejected`, `WalletUnsupported`, `KeyBundleMalformed`, `DecryptFailed`
   */
  readonly unwrap: (bundle: KeyBundle, wallet: BundleWallet) => Promise<AccountKeys>;
  /** @param armored as `reveal` gave it */
  readonly restore: (armored: string) => Promise<AccountKeys>;
}

import type { MessageContent } from '../protocol/messageContent.ts';
import type { PortableProof } from '../protocol/portableProof.ts';
import type { ChannelsClient } from './channels/channelsClient.ts';
import type { IncomingMessage, IncomingState } from './incoming/incomingMessage.ts';
import type { MessageFilter } from './incoming/messageFilter.ts';
import type { MessagesOptions } from './incoming/messagesOptions.ts';
import type { RuleAction, RuleOptions } from './incoming/rules.ts';
import type { GroupAccess } from '../protocol/groups/accessRules.ts';
import type { GroupId } from '../protocol/peer.ts';
import type { NewGroup } from './actions/groups/createGroup.ts';
import type { GroupChanges } from './actions/groups/updateGroup.ts';
import type { GroupActOptions } from './groups/postAct.ts';
import type { UnlockOptions } from './keys/keepUnlocked.ts';
import type { ProofOptions, SendOptions } from './sendOptions.ts';
import type { Signer } from './signerAddress.ts';
import type { ChatState, Profile, ThreadItem } from './state.ts';
import type { DraftTexts } from './drafts.ts';
import type { MessageNotification } from './notify/messageNotification.ts';
import type { NotificationChoices } from './notify/notificationSettings.ts';
import type { RemovedMessages } from './removed.ts';
import type { ReadonlyStore } from './store.ts';

/**
 * One wallet's view of Push Chat. Every command reports its outcome twice: in the store for whoever draws it, and by
 * its promise for whoever called it. `peer` is any spelling of an account, or the chat id of a group.
 */
export interface PushChatClient {
  readonly store: ReadonlyStore<ChatState>;
  /** Texts that were written and not sent, by peer; kept sealed on this device while chat is unlocked. */
  readonly drafts: ReadonlyStore<DraftTexts>;
  readonly setDraft: (peer: string, text: string) => void;
  /** Messages that the user took out of sight; kept sealed on this device. `useRemoved` tells. */
  readonly removed: ReadonlyStore<RemovedMessages>;
  /** Whether peers are told what the user has read, but for those in `untold`. */
  readonly readReceipts: boolean;
  readonly untold: ReadonlyStore<Readonly<Record<string, true>>>;
  readonly setTold: (peer: string, told: boolean) => void;
  /** Chats that the user wants to hear nothing of, by peer; kept sealed on this device. */
  readonly muted: ReadonlyStore<Readonly<Record<string, true>>>;
  readonly setMuted: (peer: string, muted: boolean) => void;
  /** How the user wants to be notified; kept sealed on this device. */
  readonly notificationSettings: ReadonlyStore<NotificationChoices>;
  readonly setNotificationSettings: (changes: Partial<NotificationChoices>) => void;
  /**
   * Hears of each verified message of an accepted chat that the user is to be notified of: in one of the browser's tabs,
   * once, and not where its thread is on a screen, its chat is muted or the hours are quiet. `showNotifications` shows
   * them. @returns how to listen no more
   */
  readonly onNotification: (listener: (notification: MessageNotification) => void) => () => void;
  /**
   * Has this device woken for messages while no page is open, through the service worker that the page has registered, or
   * ends that. Call it from a gesture.
   * @throws {PushChatError} `SessionLocked`, `NotPermitted` where page, browser or user do not allow it, `NotFound` where
   *   the node sends no pushes
   */
  readonly turnPush: (on: boolean) => Promise<void>;
  /** Notifications of channels that the account subscribes to, and of others; its state is a store of its own. */
  readonly channels: ChannelsClient;
  /** Says that a thread is on the screen, until the returned stop is called: what comes in it then notifies nobody. */
  readonly showThread: (peer: string) => () => void;
  /**
   * Takes a message out of sight on this device, or brings it back. Nobody is told, and nodes keep it: a message that is
   * sent cannot be taken back.
   * @param gone @default true
   */
  readonly removeMessage: (item: Pick<ThreadItem, 'id' | 'digest'>, gone?: boolean) => void;
  /** Loads what this client still lacks, as when somebody is about to unlock it. There where something is loaded late. */
  readonly prepare?: () => void;
  /** Goes live: reads the lists and listens until every caller has called the returned stop. Never prompts. */
  readonly start: () => () => void;
  /** Asks the wallet: two signatures for a new user, one for a returning one. Call it from a user's gesture only. */
  readonly unlock: (options?: UnlockOptions) => Promise<void>;
  /** Whether the user says for how long keys stay on the device (`keepUnlocked: 'ask'`). */
  readonly asksToKeep: boolean;
  /** Chat stays open in this page, and the wallet is asked next time. */
  readonly forgetKeys: () => Promise<void>;
  /**
   * Forgets keys and everything opened with them, in all tabs. What this device keeps stays, sealed: drafts, and messages
   * that are not sent yet, which are sent when chat is unlocked again.
   */
  readonly lock: () => void;
  /** Locks, and deletes all that this device keeps of the account; what was not sent is lost. */
  readonly logout: () => Promise<void>;
  /**
   * The wallet's present signer. Another object for the same account changes nothing; another account, or none, locks
   * and forgets.
   * @throws {PushChatError} `WalletUnsupported`, at once
   */
  readonly setSigner: (signer: Signer | undefined) => Promise<void>;

  /** Reads the next page of the list. */
  readonly loadChats: () => Promise<void>;
  readonly loadRequests: () => Promise<void>;
  /** Reads everything anew: both lists from their first page, the own profile, and what open threads lack. */
  readonly refresh: () => Promise<void>;
  /** Reads the newest page of a thread, and whether the peer can receive encrypted messages. */
  readonly openThread: (peer: string) => Promise<void>;
  /**
   * Opens a thread for as long as somebody looks at it, that is until every caller has called the returned stop; what was
   * not opened by then waits until somebody comes back. The thread's state says how it goes.
   */
  readonly followThread: (peer: string) => () => void;
  readonly loadOlder: (peer: string) => Promise<void>;
  readonly markRead: (peer: string) => void;

  /**
   * Sends, at once or when the network is back, after all that was written to the same peer before. What is not sent when
   * the page ends goes out when chat is next unlocked on this device.
   * @returns the id under which the node stored the message
   */
  readonly sendMessage: (peer: string, content: MessageContent, options?: SendOptions) => Promise<string>;
  readonly retryMessage: (peer: string, id: string) => Promise<string>;
  readonly discardMessage: (peer: string, id: string) => void;

  /** @throws {PushChatError} for a group also `MembersUnconfirmed`, where its secret is made anew */
  readonly acceptRequest: (peer: string, options?: GroupActOptions) => Promise<void>;
  readonly rejectRequest: (peer: string) => Promise<void>;
  readonly blockUser: (peer: string) => Promise<void>;
  readonly unblockUser: (peer: string) => Promise<void>;

  /**
   * The 60 digits that two people compare to know that nobody stands between them; undefined while chat is locked, or
   * while one of the two has no key that its wallet vouches for.
   */
  readonly safetyNumber: (peer: string) => string | undefined;
  /**
   * Notes that the user compared the safety number with the peer: from now on nothing is sent to another key without
   * `acceptKeyChange`.
   * @throws {PushChatError} `KeyNotFound` for an account without a key that its wallet vouches for
   */
  readonly markVerified: (peer: string) => Promise<void>;
  /** Agrees to write to the key that a peer has now. */
  readonly acceptKeyChange: (peer: string) => Promise<void>;
  /**
   * A message as evidence that anybody can check without a node, as `push-chat verify` does. The sender's record is part
   * of it, with the wrapped private key that their wallet signed over and every node serves.
   * @param id of a stored message of this account
   * @throws {PushChatError} `NotFound`, `KeyUnattested` where no wallet vouches for the sender's key
   */
  readonly exportProof: (id: string, options?: ProofOptions) => Promise<PortableProof>;

  readonly getProfile: (did: string) => Promise<Profile | null>;
  readonly updateProfile: (changes: ProfileChanges) => Promise<Profile>;

  /**
   * The messages of all accepted chats, and with `groups` those of groups, for a program: each once, those that came meanwhile first. A message is handled
   * when the loop asks for the next one; what was not comes again in the next run. Ends when chat is locked or closed.
   * @throws {PushChatError} `SessionLocked`, `InvalidConfig`, `StorageUnavailable`, `StorageQuota`
   * @example for await (const message of chat.messages({ accept: 'all' })) await message.reply('Got it');
   */
  readonly messages: <State extends IncomingState = 'verified'>(
    options?: MessagesOptions<State>,
  ) => AsyncGenerator<IncomingMessage<State>, void, void>;
  /**
   * Does something about each message that fits, while chat is unlocked. Several rules know nothing of each other.
   * @returns how to stop
   * @example const stop = chat.on({ text: /^help/i }, (message) => void message.reply('Type a question.'));
   */
  readonly on: <Value = undefined>(
    filter: MessageFilter<Value>,
    action: RuleAction<Value>,
    options?: RuleOptions,
  ) => () => void;
  readonly groups: GroupCommands;

  /** Stops everything and forgets everything. */
  readonly close: () => void;
}

/** What can be done with groups. Each has its proof made and signed here, and checked by everybody who reads it. */
export interface GroupCommands {
  /**
   * Makes a group, of which this account is the first admin; all others are invited.
   * @throws {PushChatError} `PayloadMalformed`, `InvalidAddress`
   */
  readonly create: (group: NewGroup) => Promise<GroupId>;
  /** Reads a group anew, into `groups` of the state. @throws {PushChatError} `NotFound` */
  readonly load: (chatId: string) => Promise<void>;
  /** Loads the next page of members, into `groupMembers` of the state. @param page 1 begins anew */
  readonly loadMembers: (chatId: string, page?: number) => Promise<void>;
  /** Changes name, description, picture, rules, schedule; admins may. */
  readonly update: (chatId: string, changes: GroupChanges) => Promise<void>;
  /** Invites accounts in any spelling; admins may. @param role @default 'member' */
  readonly addMembers: (chatId: string, accounts: readonly string[], role?: 'admin' | 'member') => Promise<void>;
  /** @throws {PushChatError} `MembersUnconfirmed` where the group has a secret, which is made anew */
  readonly removeMembers: (chatId: string, accounts: readonly string[], options?: GroupActOptions) => Promise<void>;
  readonly setRole: (chatId: string, accounts: readonly string[], role: 'admin' | 'member') => Promise<void>;
  /** Comes in: accepts an invitation, or joins where the group lets in. */
  readonly join: (chatId: string, options?: GroupActOptions) => Promise<void>;
  readonly leave: (chatId: string, options?: GroupActOptions) => Promise<void>;
  /** Gives a private group its next secret, or its first: from then on sending costs the same for any number of members. */
  readonly renewSecret: (chatId: string, options?: GroupActOptions) => Promise<void>;
  /** Agrees to have these read what is written, by the names that `concerns` of `MembersUnconfirmed` has. */
  readonly acceptMembers: (chatId: string, names: readonly string[]) => Promise<void>;
  /** Whether this account may come in and write, and the rules in words. The node says so. */
  readonly access: (chatId: string) => Promise<GroupAccess>;
}

export interface ProfileChanges {
  readonly name?: string | null;
  readonly about?: string | null;
  /** A `data:image/…` URL. */
  readonly picture?: string | null;
}

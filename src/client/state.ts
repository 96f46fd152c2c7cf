import type { Concern, ErrorCode, PushChatError } from '../errors.ts';
import type { Did } from '../protocol/did.ts';
import type { Binding } from '../protocol/binding.ts';
import type { MessageContent } from '../protocol/messageContent.ts';
import type { AttestationScheme, KeyLevel } from '../protocol/profileProof.ts';
import type { Verification } from '../protocol/verification.ts';
import type { GroupConfig } from '../protocol/groups/groupPayload.ts';
import type { GroupRules } from '../protocol/groups/groupRules.ts';
import type { MemberCounts } from '../protocol/groups/parseGroupInfo.ts';
import type { GroupLine } from './groups/roster.ts';
import type { WalletPurpose } from './walletPrompt.ts';
import type { KeyChange } from './pins/pin.ts';
import type { GroupId, Peer } from '../protocol/peer.ts';

/** Whether this client holds the keys of its account. */
export type Session =
  | { readonly status: 'disconnected' }
  | { readonly status: 'locked'; readonly did: Did; readonly error?: PushChatError }
  /** Keys that this device may keep are looked for and opened; nobody is asked anything. */
  | { readonly status: 'reopening'; readonly did: Did }
  | { readonly status: 'unlocking'; readonly did: Did; readonly step: UnlockStep }
  /** `kept`: the device keeps the keys, so that the wallet is not asked next time. */
  | { readonly status: 'ready'; readonly did: Did; readonly kept?: true };

/** What unlocking is doing; `wallet` steps wait for the user to sign in their wallet. */
export type UnlockStep =
  | { readonly name: 'reading' }
  | { readonly name: 'generating' }
  /** `of` is 2 for a new user, 1 for a returning one. */
  | {
      readonly name: 'wallet';
      readonly purpose: WalletPurpose;
      readonly prompt: number;
      readonly of: number;
      /** What the wallet shows and signs. */
      readonly text: string;
    }
  | { readonly name: 'publishing' };

export type Connection = 'idle' | 'connecting' | 'online' | 'offline';

/** Progress of a list that is read from the node. */
export type Loading =
  | { readonly status: 'idle' }
  | { readonly status: 'loading' }
  | { readonly status: 'loaded' }
  | { readonly status: 'failed'; readonly error: PushChatError };

interface ItemBase {
  /** Stable within its thread: the message's id, or the local id while it is pending or failed. */
  readonly id: string;
  /** `peer` for everybody else, in a group too. */
  readonly from: 'me' | 'peer';
  /** Who signed it; absent for what failed its checks, and for what this device has not sent yet. */
  readonly sender?: Did;
  /** Milliseconds since the epoch. */
  readonly timestamp: number;
  /** Names the signed act, so that a replay of it under another id is shown once. */
  readonly digest?: string;
  /** Id of the message before, as the node says; null for the first of a chat. */
  readonly link?: string | null;
  /** How it was judged; absent for a message of this device that no node has yet. */
  readonly verification?: Verification;
}

/** A message that `openMessage` checked. `signed` means that the proof is right but no wallet vouches for the key. */
export interface OpenedItem extends ItemBase {
  readonly state: 'verified' | 'signed';
  readonly content: MessageContent;
  readonly encrypted: boolean;
  /** True when the deprecated plain mirror says something else; the mirror is never shown. */
  readonly mirrorDiffers?: boolean;
  /** Its proof is of the form of before 2023, which covers less. */
  readonly legacy?: boolean;
  /** What its sender says of its place in the thread. */
  readonly binding?: Binding;
}

/** A message of this device on its way. */
export interface PendingItem extends ItemBase {
  readonly state: 'pending';
  readonly content: MessageContent;
  readonly encrypted: boolean;
  /** Why it could not be sent yet; it is tried again by itself. */
  readonly delay?: PushChatError;
}

/** A message of this device that could not be sent; it stays until it is sent again or discarded. */
export interface FailedItem extends ItemBase {
  readonly state: 'failed';
  readonly content: MessageContent;
  readonly encrypted: boolean;
  readonly error: PushChatError;
}

/** A message whose checks failed: its text is never shown. */
export interface QuarantinedItem extends ItemBase {
  readonly state: 'quarantined';
  readonly reason: ErrorCode;
}

/** A rightly signed message that cannot be opened with the keys at hand. */
export interface UndecryptableItem extends ItemBase {
  readonly state: 'undecryptable';
  readonly reason: ErrorCode;
}

export const isOpened = (item: ThreadItem): item is OpenedItem => item.state === 'verified' || item.state === 'signed';

/** The number of the newest message of this account that has one; another device may have begun anew. 0 for none. */
export function highestNumber(items: readonly ThreadItem[]): number {
  const numbered = items.findLast((item) => item.from === 'me' && isOpened(item) && item.binding?.seq !== undefined);
  return numbered && isOpened(numbered) ? (numbered.binding?.seq ?? 0) : 0;
}

export type ThreadItem = OpenedItem | PendingItem | FailedItem | QuarantinedItem | UndecryptableItem;

/** The newest message of a thread that this device has ever seen (security G4). Never dropped for want of room. */
export interface KeptHead {
  readonly id: string;
  /** Names its signed act: nodes that took it at once have it under several ids. */
  readonly digest?: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
  /** The highest number among the messages of this account; 0 where none has one. */
  readonly seq: number;
}

/** How the two accounts stand: nothing yet, a request either way, an accepted chat, or blocked by me. */
export type Relation = 'none' | 'request-sent' | 'request-received' | 'chat' | 'blocked';

/**
 * Whether messages to the peer can be encrypted: `missing` means that the peer has never used Push Chat, `public` that it
 * is a group which everybody may read. Of a private group, `unchecked` means that nothing but the node's word tells who is
 * in it.
 */
export type PeerKey = 'unknown' | 'missing' | 'public' | KeyLevel;

export interface Thread {
  readonly peer: Peer;
  readonly relation: Relation;
  readonly peerKey: PeerKey;
  /** Oldest first. */
  readonly items: readonly ThreadItem[];
  /** Id of the newest stored message (the wire's `threadhash`), null when there is none. */
  readonly head: string | null;
  readonly loading: Loading;
  /** Id to load older messages from; null when the beginning is here. */
  readonly older: string | null;
  readonly loadingOlder: Loading;
  /** Id of the newest message where the node serves an older one as the newest; null or absent otherwise. */
  readonly rollback?: string | null;
}

/** What this device knows of an account's keys, once its wallet vouched for one. */
export interface Identity {
  /** Of the primary key of now, in lower-case hex. */
  readonly fingerprint: string;
  /** When that key was made, in milliseconds since the epoch. */
  readonly created: number;
  readonly attestedBy: AttestationScheme | null;
  /** Fingerprints of the keys that it had before, oldest first. */
  readonly earlier: readonly string[];
  /** Whether the user compared the key of now with its owner. */
  readonly compared: boolean;
  /** The last change that this device saw. */
  readonly change: KeyChange | null;
  /** The user compared another key than that of now: nothing is sent until they agree. */
  readonly needsConsent: boolean;
}

/** How this account stands with a group. */
export type Standing = 'admin' | 'member' | 'invited' | 'out';

/** A group, as far as it is known. */
export interface Group {
  readonly chatId: GroupId;
  readonly name: string;
  readonly description: string | null;
  /** A `data:` URL or null. */
  readonly picture: string | null;
  /** Messages of a public group are signed, and not encrypted. What a group once was, it stays. */
  readonly isPublic: boolean;
  /** Each message with a secret of its own, or all with one that is renewed when the readers change. */
  readonly encryption: 'none' | 'message' | 'session';
  readonly creator: Did;
  readonly rules: GroupRules;
  readonly config: GroupConfig;
  readonly standing: Standing;
  /** Who signed that this account is invited; null where nobody did, or it is not known yet. */
  readonly invitedBy: Did | null;
  /** When this account came in, in milliseconds since the epoch: in a group with session keys, earlier messages stay closed to it. */
  readonly since: number | null;
  /**
   * How it is known who is in it: by what members signed, or by the node's word alone. `listed` is what a list says of a
   * group that was not read yet.
   */
  readonly membership: 'listed' | 'proven' | 'unchecked';
  readonly counts: MemberCounts | null;
  /** What was done to it, oldest first; only what is proven. */
  readonly lines: readonly GroupLine[];
  /** Why nothing is sent before the user agrees, as found at the last try. */
  readonly concerns: readonly Concern[];
}

/** A member of a group, as a row of its list. */
export interface GroupMember {
  readonly did: Did;
  readonly role: 'admin' | 'member';
  /** False for who is invited and has not answered. */
  readonly accepted: boolean;
  /** When they came in or were invited, in milliseconds since the epoch; null where the node does not show. */
  readonly since: number | null;
  readonly inviter: Did | null;
  /** Whether somebody who may has signed that they are in it. */
  readonly proven: boolean;
}

/** Members in the order admins, members, invited. */
export interface GroupMembers {
  readonly items: readonly GroupMember[];
  readonly loading: Loading;
  /** Next page to load; null when all are here. */
  readonly nextPage: number | null;
}

/** One row of the chats or requests list. */
export interface ChatSummary {
  readonly peer: Peer;
  readonly chatId: string;
  /** The newest message, opened; undefined for none. */
  readonly last?: ThreadItem;
  readonly timestamp: number;
  readonly unread: number;
}

export interface ChatListState {
  /** Newest first. */
  readonly items: readonly ChatSummary[];
  readonly loading: Loading;
  /** Next page to load; null when all are here. */
  readonly nextPage: number | null;
}

export interface Profile {
  readonly did: Did;
  readonly name: string | null;
  readonly about: string | null;
  /** A `data:` URL or null; others are dropped, since drawing them would call a stranger's server. */
  readonly picture: string | null;
  readonly key: Exclude<PeerKey, 'unknown' | 'public'>;
  readonly blocked: readonly Did[];
}

export interface ChatState {
  readonly session: Session;
  readonly connection: Connection;
  readonly chats: ChatListState;
  readonly requests: ChatListState;
  readonly threads: Readonly<Record<Peer, Thread>>;
  readonly profiles: Readonly<Record<Did, Profile>>;
  readonly groups: Readonly<Record<GroupId, Group>>;
  readonly groupMembers: Readonly<Record<GroupId, GroupMembers>>;
  /** How far the reading of what was done to a group has come, in acts. */
  readonly groupReadings: Readonly<Record<GroupId, { readonly read: number; readonly total: number }>>;
  /** Of the accounts that were met, the own one included. */
  readonly identities: Readonly<Record<Did, Identity>>;
  /** Accounts that this user blocks. */
  readonly blocked: readonly Did[];
}

const EMPTY_LIST: ChatListState = { items: [], loading: { status: 'idle' }, nextPage: 1 };

export const INITIAL_STATE: ChatState = {
  session: { status: 'disconnected' },
  connection: 'idle',
  chats: EMPTY_LIST,
  requests: EMPTY_LIST,
  threads: {},
  profiles: {},
  groups: {},
  groupMembers: {},
  groupReadings: {},
  identities: {},
  blocked: [],
};

/** A thread of which nothing is known yet. */
export const emptyThread = (peer: Peer): Thread => ({
  peer,
  relation: 'none',
  peerKey: 'unknown',
  items: [],
  head: null,
  loading: { status: 'idle' },
  older: null,
  loadingOlder: { status: 'idle' },
});

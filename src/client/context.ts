import type { KeyType } from '../crypto/pgp.ts';
import type { RandomBytes } from '../crypto/random.ts';
import { PushChatError } from '../errors.ts';
import type { Did } from '../protocol/did.ts';
import type { WalletPrompt } from './walletPrompt.ts';
import type { BoundedMap } from './cache/boundedMap.ts';
import type { OpenedItems } from './cache/openedItems.ts';
import type { GroupFile } from './groups/groupFile.ts';
import type { KeptStore } from './keptStore.ts';
import type { Keyring } from './keyring.ts';
import type { AccountKeys, KeyHolder } from './keys/accountKeys.ts';
import type { KeepUnlocked, SessionSecrets } from './keys/keepUnlocked.ts';
import type { Listeners } from './notify/listeners.ts';
import type { MessageNotification } from './notify/messageNotification.ts';
import type { KeptChoice } from './notify/keptChoices.ts';
import type { Views } from './notify/views.ts';
import type { Sending } from './outbox/outgoing.ts';
import type { PageLife } from './pageLife.ts';
import type { PushRegistration } from './push/pushRegistration.ts';
import type { ChatEvent } from './reduce.ts';
import type { WalletSigner } from './signer.ts';
import type { ChatState } from './state.ts';
import type { DeviceStorage } from './storage/storage.ts';
import type { Vault } from './storage/vault.ts';
import type { ReadonlyStore } from './store.ts';
import type { Tabs } from './tabs/tabs.ts';
import type { Transport } from './transport.ts';
import type { WorkQueue } from './workQueue.ts';
import type { GroupId, Peer } from '../protocol/peer.ts';

/** The unlocked account. Its keys never enter the state. */
export interface Account {
  readonly did: Did;
  /** The id under which this account writes: the first entry of its `wallets` (protocol 1.1). */
  readonly wireId: string;
  readonly keys: AccountKeys;
  /** What this device keeps of the account. */
  readonly vault: Vault;
  /** The other tabs that have it open. */
  readonly tabs: Tabs;
}

/** One session of a client: what every action works with. */
export interface ClientContext {
  readonly get: () => ChatState;
  readonly subscribe: ReadonlyStore<ChatState>['subscribe'];
  readonly dispatch: (event: ChatEvent) => void;
  readonly transport: Transport;
  wallet: WalletSigner | undefined;
  readonly keyring: Keyring;
  readonly holder: KeyHolder;
  /** Of the keys that a new account gets. */
  readonly keyType: KeyType;
  /** Messages that are to be opened, in the order in which they are wanted. */
  readonly queue: WorkQueue;
  /** How many look at the thread with a peer. */
  readonly followers: Map<Peer, number>;
  /** What is known of the groups that were looked at. */
  readonly groups: Map<GroupId, GroupFile>;
  /** Messages that were verified before. */
  readonly opened: OpenedItems;
  /** The first id under which each signed act was seen, by digest, of those seen lately. */
  readonly acts: BoundedMap<string, string>;
  /** Texts that were written and not sent, by peer. */
  readonly drafts: KeptStore<string>;
  /** Messages that the user took out of sight. */
  readonly removed: KeptStore<true>;
  /** Peers who are not told what was read. */
  readonly untold: KeptStore<true>;
  /** Peers whose messages the user wants to hear nothing of. */
  readonly muted: KeptStore<true>;
  readonly notifying: KeptStore<KeptChoice>;
  /** Who hears of messages that the user is to be notified of. */
  readonly notifications: Listeners<MessageNotification>;
  /** The service worker that is woken for messages, where the page has one. */
  readonly pushRegistration: () => Promise<PushRegistration | undefined>;
  /** Threads on the screen. */
  readonly views: Views;
  /** Messages on their way, by their local id. */
  readonly outbox: Map<string, Sending>;
  /** Resolves when what an earlier page had not sent is in the outbox: what is written now comes after it. */
  resumed: Promise<void>;
  readonly storage: DeviceStorage;
  readonly keepUnlocked: Exclude<KeepUnlocked, 'ask'>;
  readonly sessionSecrets: SessionSecrets | undefined;
  /** Joins the tabs that have an account open, and follows what they tell. */
  readonly joinTabs: (did: Did) => Tabs;
  readonly page: PageLife;
  /** Names the node or network: what one said is never taken for what another says. */
  readonly network: string;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  readonly random: RandomBytes;
  /** Resolves after so many milliseconds. */
  readonly wait: (ms: number) => Promise<void>;
  /** Runs a task again and again, each so many milliseconds, until the returned stop is called. */
  readonly every: (ms: number, task: () => void) => () => void;
  readonly warn: (error: PushChatError) => void;
  account: Account | undefined;
  /** Asked before each prompt of the wallet; rejects where the host does not want it. */
  readonly beforeSign: (prompt: WalletPrompt) => void | Promise<void>;
  /** Whether a new user's wallet is asked twice for the signature that opens its keys. */
  readonly checkWallet: boolean;
  /** Whether the wallet is asked for nothing before the user has touched the page. */
  readonly requireGesture: boolean;
  /** Signatures that the wallet was asked for in this unlocking. */
  prompts: number;
  /** From now on nothing that still runs can change the state. */
  readonly end: () => void;
  readonly hasEnded: () => boolean;
}

/** @throws {PushChatError} `SessionLocked` */
export function requireAccount({ account }: ClientContext): Account {
  if (!account) throw new PushChatError('SessionLocked', 'Unlock chat with the wallet first.');
  return account;
}

import type { KeyType } from '../crypto/pgp.ts';
import type { RandomBytes } from '../crypto/random.ts';
import type { PushChatError } from '../errors.ts';
import type { Chains } from '../protocol/chain.ts';
import type { ReadOnChain } from '../protocol/notifications/openNotification.ts';
import type { NodeChoice } from './nodeChoice.ts';
import type { KeyHolder } from './keys/accountKeys.ts';
import type { KeepUnlocked, SessionSecrets } from './keys/keepUnlocked.ts';
import type { PageLife } from './pageLife.ts';
import type { PushRegistration } from './push/pushRegistration.ts';
import type { Signer } from './signerAddress.ts';
import type { DeviceStorage } from './storage/storage.ts';
import type { TabPlatform } from './tabs/browserTabs.ts';
import type { WalletPrompt } from './walletPrompt.ts';

export interface PushChatConfig extends NodeChoice {
  /** The account's wallet; undefined while none is connected. */
  readonly signer?: Signer | undefined;
  /**
   * Called before each prompt of the wallet, so that the page can explain it; the wallet is asked when the promise
   * resolves, and not at all when it rejects.
   */
  readonly onBeforeSign?: ((prompt: WalletPrompt) => void | Promise<void>) | undefined;
  /**
   * Asks a new user's wallet once more for the signature that opens its keys, and publishes nothing where the two differ:
   * a wallet that signs the same text differently each time could never open them again. One prompt more, once.
   * @default true, but for signers that hold their key themselves, which are known to be deterministic
   */
  readonly checkWallet?: boolean | undefined;
  /**
   * Refuses to unlock before the user has touched the page, so that no wallet prompt meets them out of nowhere. Signers
   * that hold their key themselves show none. For hosts whose signers sign without a word: `false`.
   * @default true, where the browser tells of gestures
   */
  readonly requireGesture?: boolean | undefined;
  /** Hears of everything that was hidden, dropped or refused; silent by default. */
  readonly logger?: { readonly warn: (error: PushChatError) => void } | undefined;
  /** Milliseconds since the epoch. @default Date.now */
  readonly now?: () => number;
  /**
   * Where drafts, unsent messages and kept keys stay, all sealed; `memoryStorage()` for nowhere.
   * @default IndexedDB, and memory where there is none or where the node is in this process
   */
  readonly storage?: DeviceStorage | undefined;
  /**
   * How long unlocked keys stay on the device: as long as the page, as long as the browser session, until the user locks
   * chat or logs out, or (`ask`) the latter for users who say so. Where they stay, a returning user is asked for no signature. They are sealed by a key that no
   * script can export, but script on the page can use it while the page is open.
   * @default 'memory'
   */
  readonly keepUnlocked?: KeepUnlocked | undefined;
  /**
   * Tells the peer of an accepted chat what the user has read; the user can end that for each chat. On this wire every
   * receipt is a message that is stored for ever, and older apps draw it as one.
   * @default false
   */
  readonly readReceipts?: boolean | undefined;
  /** Locks after so many milliseconds in which nothing was done. @default never */
  readonly autoLockMs?: number | undefined;
  /** What keeps texts for one session of the browser. @default sessionStorage */
  readonly sessionSecrets?: SessionSecrets | undefined;
  /** Where private keys are opened and used. @default this thread */
  readonly keys?: KeyHolder | undefined;
  /**
   * The blockchains that are asked who owns contract wallets and NFTs, such as `ethersChains({ 1: provider })` of
   * `push-chat-kit/chains`. Keys of such accounts on other chains are `unchecked`: nothing is sent to them, and nothing of
   * theirs is shown.
   * @default none
   */
  readonly chains?: Chains | undefined;
  /**
   * Looks up what a transaction sent as a notification, such as `sentOnChain({ 1: provider })` of `push-chat-kit/chains`.
   * Notifications that only a chain could tell about are `unchecked` without it, and nothing of them is shown.
   * @default none
   */
  readonly readOnChain?: ReadOnChain | undefined;
  /**
   * Of the keys that a new account gets. Curve25519 is made, used and checked many times faster; the official client reads
   * it, but other clients might not.
   * @default 'rsa2048', as the official client makes
   */
  readonly keyType?: KeyType | undefined;
  /** How tabs know of each other. @default Web Locks and BroadcastChannel */
  readonly tabs?: TabPlatform | undefined;
  /**
   * The service worker that shows messages while no page is open (`push-chat-kit/service-worker`).
   * @default the one that the page has registered
   */
  readonly pushRegistration?: (() => Promise<PushRegistration | undefined>) | undefined;
  /** Whether the page is looked at. @default what the browser tells */
  readonly page?: PageLife | undefined;
  /** Runs a task again and again, each so many milliseconds, until the returned stop is called. @default setInterval */
  readonly every?: ((ms: number, task: () => void) => () => void) | undefined;
  /** Resolves after so many milliseconds. @default setTimeout */
  readonly wait?: (ms: number) => Promise<void>;
  /** @default the platform's CSPRNG */
  readonly random?: RandomBytes;
}

import { sha256Hex } from '../crypto/hash.ts';
import type { KeyType } from '../crypto/pgp.ts';
import { randomBytes, type RandomBytes } from '../crypto/random.ts';
import type { Chains } from '../protocol/chain.ts';
import { PushChatError } from '../errors.ts';
import { parseDid } from '../protocol/did.ts';
import type { WalletPrompt } from './walletPrompt.ts';
import { acceptRequest, rejectRequest } from './actions/answerRequest.ts';
import { exportProof } from './actions/exportProof.ts';
import { acceptKeyChange, markVerified } from './actions/keyChange.ts';
import { followThread } from './actions/followThread.ts';
import { loadOlder, openThread } from './actions/loadHistory.ts';
import { loadList } from './actions/loadList.ts';
import { blockUser, getProfile, unblockUser, updateProfile } from './actions/profile.ts';
import { discardMessage, retryMessage, sendMessage } from './actions/sendMessage.ts';
import { lockWhenIdle } from './autoLock.ts';
import { boundedMap } from './cache/boundedMap.ts';
import { openedItems } from './cache/openedItems.ts';
import { draftName } from './drafts.ts';
import { createKeptStore } from './keptStore.ts';
import { removalName } from './removed.ts';
import { chooseTransport, type NodeChoice } from './chooseTransport.ts';
import { LOCAL_HOST } from './directTransport.ts';
import type { ClientContext } from './context.ts';
import { identityOf } from './identityOf.ts';
import { createKeyring } from './keyring.ts';
import type { KeepUnlocked, SessionSecrets } from './keys/keepUnlocked.ts';
import type { KeyHolder } from './keys/accountKeys.ts';
import { inlineKeys } from './keys/inlineKeys.ts';
import { createLife } from './life.ts';
import { refresh } from './live.ts';
import { accountPins } from './pins/accountPins.ts';
import { platformPage, type PageLife } from './pageLife.ts';
import { patient } from './patient.ts';
import type { PushChatClient } from './PushChatClient.ts';
import { reduce } from './reduce.ts';
import { signedIn } from './signIn.ts';
import type { Signer } from './signer.ts';
import { INITIAL_STATE, type ChatState } from './state.ts';
import { indexedDbStorage } from './storage/indexedDbStorage.ts';
import { memoryStorage } from './storage/memoryStorage.ts';
import type { DeviceStorage } from './storage/storage.ts';
import { createStore } from './store.ts';
import { joinTabs, platformTabs, type TabPlatform } from './tabs/browserTabs.ts';
import type { Transport } from './transport.ts';
import { createWorkQueue } from './workQueue.ts';

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
   * Of the keys that a new account gets. Curve25519 is made, used and checked many times faster; the official client reads
   * it, but other clients might not.
   * @default 'rsa2048', as the official client makes
   */
  readonly keyType?: KeyType | undefined;
  /** How tabs know of each other. @default Web Locks and BroadcastChannel */
  readonly tabs?: TabPlatform | undefined;
  /** Whether the page is looked at. @default what the browser tells */
  readonly page?: PageLife | undefined;
  /** Runs a task again and again, each so many milliseconds, until the returned stop is called. @default setInterval */
  readonly every?: ((ms: number, task: () => void) => () => void) | undefined;
  /** Resolves after so many milliseconds. @default setTimeout */
  readonly wait?: (ms: number) => Promise<void>;
  /** @default the platform's CSPRNG */
  readonly random?: RandomBytes;
}

/**
 * Makes a client for one wallet. It asks the wallet for nothing until `unlock()`.
 * @throws {PushChatError} `InvalidConfig`, `WalletUnsupported`
 */
export function createPushChat(config: PushChatConfig): PushChatClient {
  requireCrypto();
  const store = createStore<ChatState>(INITIAL_STATE);
  const { now = Date.now, wait = sleep, random = randomBytes, logger } = config;
  const way = patient(chooseTransport(config), wait);
  const { storage = defaultStorage(way), keepUnlocked = 'memory' } = config;
  const network = way.host ?? LOCAL_HOST;
  const warn = (error: PushChatError): void => logger?.warn(error);
  const drafts = createKeptStore<string>('draft', warn);
  const removed = createKeptStore<true>('removed', warn);
  const untold = createKeptStore<true>('untold', warn);
  const life = createLife(config.signer, (wallet, follow) => {
    let ended = false;
    const transport: Transport = { ...way, request: signedIn(way, () => context) };
    const context: ClientContext = {
      get: store.get,
      subscribe: store.subscribe,
      dispatch: (event) => {
        if (!ended) store.set(reduce(store.get(), event));
      },
      transport,
      wallet,
      keyring: createKeyring(
        transport,
        accountPins(() => context),
        {
          pinned: (did, pin) => context.dispatch({ type: 'keysPinned', did, identity: identityOf(pin) }),
          warn,
          now,
        },
        config.chains,
      ),
      holder: config.keys ?? inlineKeys(random),
      keyType: config.keyType ?? 'rsa2048',
      queue: createWorkQueue(() => context.account?.keys.width ?? 1),
      followers: new Map(),
      opened: openedItems(),
      acts: boundedMap(MOST_ACTS),
      outbox: new Map(),
      drafts,
      removed,
      untold,
      resumed: Promise.resolve(),
      storage,
      network,
      keepUnlocked: keepUnlocked === 'ask' ? 'device' : keepUnlocked,
      sessionSecrets: keepUnlocked === 'session' ? (config.sessionSecrets ?? pageSession()) : undefined,
      joinTabs: (did) => joinTabs(sha256Hex(`${network} ${did}`), follow, config.tabs ?? defaultTabs(way), random),
      page: config.page ?? platformPage(),
      now,
      random,
      wait,
      every: config.every ?? every,
      warn,
      account: undefined,
      checkWallet: config.checkWallet ?? !(wallet?.isLocal ?? false),
      requireGesture: config.requireGesture ?? true,
      beforeSign: (prompt) => config.onBeforeSign?.(prompt),
      prompts: 0,
      end: () => {
        ended = true;
      },
      hasEnded: () => ended,
    };
    return context;
  });
  const used =
    config.autoLockMs !== undefined && lockWhenIdle({ store, idleMs: config.autoLockMs, now, wait, lock: life.lock });
  const client = (): ClientContext => {
    if (used) used();
    return life.session();
  };

  return {
    store,
    drafts: drafts.store,
    setDraft: (peer, text) => {
      if (used) used();
      drafts.set(draftName(peer), text === '' ? undefined : text);
    },
    removed: removed.store,
    removeMessage: (item, gone = true) => {
      removed.set(removalName(item), gone ? true : undefined);
    },
    readReceipts: config.readReceipts ?? false,
    untold: untold.store,
    setTold: (peer, told) => {
      untold.set(parseDid(peer), told ? undefined : true);
    },
    start: life.start,
    asksToKeep: keepUnlocked === 'ask',
    unlock: ({ keep = keepUnlocked !== 'ask' } = {}) => life.unlock({ keep }),
    forgetKeys: life.forget,
    lock: life.lock,
    logout: life.logout,
    setSigner: life.setSigner,
    close: life.close,
    loadChats: () => loadList(client(), 'chats'),
    loadRequests: () => loadList(client(), 'requests'),
    refresh: () => refresh(client()),
    openThread: async (peer) => openThread(client(), parseDid(peer)),
    followThread: (peer) => followThread(client(), parseDid(peer)),
    loadOlder: async (peer) => loadOlder(client(), parseDid(peer)),
    markRead: (peer) => {
      client().dispatch({ type: 'threadRead', peer: parseDid(peer) });
    },
    sendMessage: async (peer, content, options) => sendMessage(client(), parseDid(peer), content, options),
    retryMessage: async (peer, id) => retryMessage(client(), parseDid(peer), id),
    discardMessage: (peer, id) => discardMessage(client(), parseDid(peer), id),
    acceptRequest: async (peer) => acceptRequest(client(), parseDid(peer)),
    rejectRequest: async (peer) => rejectRequest(client(), parseDid(peer)),
    blockUser: async (peer) => blockUser(client(), parseDid(peer)),
    unblockUser: async (peer) => unblockUser(client(), parseDid(peer)),
    markVerified: async (peer) => markVerified(client(), parseDid(peer)),
    acceptKeyChange: async (peer) => acceptKeyChange(client(), parseDid(peer)),
    exportProof: async (id) => exportProof(client(), id),
    getProfile: async (did) => getProfile(client(), parseDid(did)),
    updateProfile: (changes) => updateProfile(client(), changes),
    parsePeer: parseDid,
  };
}

/** Acts that a replay is told apart by; within a thread every one is. */
const MOST_ACTS = 50_000;

/** Nothing is begun that could not be finished safely (security CR-25). */
function requireCrypto(): void {
  const { crypto } = globalThis as { readonly crypto?: Partial<Crypto> };
  if (typeof crypto?.getRandomValues === 'function' && crypto.subtle) return;
  throw new PushChatError(
    'InvalidConfig',
    'This page has no Web Cryptography. Serve it over HTTPS, or from localhost.',
  );
}

/** A node that ends with its page leaves nothing behind for the next one, and has no other tabs. */
const isLocal = ({ host }: Transport): boolean => host === undefined || host === LOCAL_HOST;

const defaultStorage = (way: Transport): DeviceStorage =>
  isLocal(way) || ifAllowed(() => globalThis.indexedDB) === undefined ? memoryStorage() : indexedDbStorage();

const pageSession = (): SessionSecrets | undefined => ifAllowed(() => globalThis.sessionStorage);

/** In a sandboxed frame even looking is forbidden. */
function ifAllowed<Thing>(look: () => Thing): Thing | undefined {
  try {
    return look();
  } catch {
    return undefined;
  }
}

const defaultTabs = (way: Transport): TabPlatform => (isLocal(way) ? {} : platformTabs());

function every(ms: number, task: () => void): () => void {
  const timer = setInterval(task, ms);
  return () => {
    clearInterval(timer);
  };
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

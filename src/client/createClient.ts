import { sha256Hex } from '../crypto/hash.ts';
import { randomBytes } from '../crypto/random.ts';
import { PushChatError } from '../errors.ts';
import { parseDid } from '../protocol/did.ts';
import { parsePeer } from '../protocol/peer.ts';
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
import { createChannels } from './channels/createChannels.ts';
import { chooseTransport } from './chooseTransport.ts';
import { LOCAL_HOST } from './directTransport.ts';
import type { ClientStores } from './clientStores.ts';
import type { ClientContext } from './context.ts';
import { draftName } from './drafts.ts';
import { groupCommands } from './groupCommands.ts';
import { identityOf } from './identityOf.ts';
import { createKeptStore } from './keptStore.ts';
import { createKeyring } from './keyring.ts';
import type { SessionSecrets } from './keys/keepUnlocked.ts';
import { inlineKeys } from './keys/inlineKeys.ts';
import { late } from './late.ts';
import { createLife } from './life.ts';
import { refresh } from './live.ts';
import { accountPins } from './pins/accountPins.ts';
import { platformPage } from './pageLife.ts';
import { patient } from './patient.ts';
import type { PushChatClient } from './PushChatClient.ts';
import type { PushChatConfig } from './pushChatConfig.ts';
import { removalName } from './removed.ts';
import type { PushRegistration } from './push/pushRegistration.ts';
import { turnPushOff, turnPushOn } from './push/turnPush.ts';
import { reduce } from './reduce.ts';
import { safetyNumberWith } from './safetyNumberWith.ts';
import { signedIn } from './signIn.ts';
import { indexedDbStorage } from './storage/indexedDbStorage.ts';
import { memoryStorage } from './storage/memoryStorage.ts';
import type { DeviceStorage } from './storage/storage.ts';
import { createListeners } from './notify/listeners.ts';
import { settingsOf, type KeptChoice } from './notify/keptChoices.ts';
import type { MessageNotification } from './notify/messageNotification.ts';
import { createViews } from './notify/views.ts';
import { joinTabs, platformTabs, type TabPlatform } from './tabs/browserTabs.ts';
import type { Transport } from './transport.ts';
import { createWorkQueue } from './workQueue.ts';

/**
 * The client itself, over stores that may have been shown before it was loaded.
 * @throws {PushChatError} `InvalidConfig`, `WalletUnsupported`
 */
export function createClient(config: PushChatConfig, stores: ClientStores): PushChatClient {
  const { store } = stores;
  const { now = Date.now, wait = sleep, random = randomBytes, logger } = config;
  const way = patient(chooseTransport(config), wait);
  const { storage = defaultStorage(way), keepUnlocked = 'memory' } = config;
  const network = way.host ?? LOCAL_HOST;
  const warn = (error: PushChatError): void => logger?.warn(error);
  const drafts = createKeptStore<string>('draft', warn, stores.drafts);
  const removed = createKeptStore<true>('removed', warn, stores.removed);
  const untold = createKeptStore<true>('untold', warn, stores.untold);
  const muted = createKeptStore<true>('muted', warn, stores.muted);
  const notifying = createKeptStore<KeptChoice>('notifying', warn);
  notifying.store.subscribe(() => stores.choices.set(settingsOf(notifying.store.get())));
  const notifications = createListeners<MessageNotification>();
  const views = createViews();
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
      groups: new Map(),
      opened: openedItems(),
      acts: boundedMap(MOST_ACTS),
      outbox: new Map(),
      drafts,
      removed,
      untold,
      ...{ muted, notifying, notifications, views },
      resumed: Promise.resolve(),
      pushRegistration: config.pushRegistration ?? pageRegistration,
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

  const self: PushChatClient = {
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
    untold: untold.store,
    setTold: (peer, told) => {
      untold.set(parsePeer(peer), told ? undefined : true);
    },
    readReceipts: config.readReceipts ?? false,
    muted: muted.store,
    setMuted: (peer, quiet) => {
      muted.set(parsePeer(peer), quiet ? true : undefined);
    },
    notificationSettings: stores.choices,
    setNotificationSettings: (changes) => {
      for (const [name, choice] of Object.entries(changes)) notifying.set(name, choice);
    },
    onNotification: notifications.add,
    showThread: views.show,
    turnPush: async (on) => {
      const context = client();
      const registration = await context.pushRegistration();
      if (!on) return turnPushOff(context, registration);
      if (!registration)
        throw new PushChatError('NotPermitted', 'This page has no service worker. Register one first.');
      await turnPushOn(context, registration);
    },
    channels: createChannels({
      store: stores.channels,
      chat: store,
      contextOf: life.session,
      readOnChain: config.readOnChain,
    }),
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
    openThread: async (peer) => openThread(client(), parsePeer(peer)),
    followThread: (peer) => followThread(client(), parsePeer(peer)),
    loadOlder: async (peer) => loadOlder(client(), parsePeer(peer)),
    markRead: (peer) => {
      client().dispatch({ type: 'threadRead', peer: parsePeer(peer) });
    },
    sendMessage: async (peer, content, options) => sendMessage(client(), parsePeer(peer), content, options),
    retryMessage: async (peer, id) => retryMessage(client(), parsePeer(peer), id),
    discardMessage: (peer, id) => discardMessage(client(), parsePeer(peer), id),
    acceptRequest: async (peer, options) => acceptRequest(client(), parsePeer(peer), options),
    rejectRequest: async (peer) => rejectRequest(client(), parsePeer(peer)),
    blockUser: async (peer) => blockUser(client(), parseDid(peer)),
    unblockUser: async (peer) => unblockUser(client(), parseDid(peer)),
    markVerified: async (peer) => markVerified(client(), parseDid(peer)),
    acceptKeyChange: async (peer) => acceptKeyChange(client(), parseDid(peer)),
    safetyNumber: (peer) => safetyNumberWith(store.get(), parseDid(peer)),
    exportProof: async (id, options) => exportProof(client(), id, options),
    groups: groupCommands(client),
    getProfile: async (did) => getProfile(client(), parseDid(did)),
    updateProfile: (changes) => updateProfile(client(), changes),
    // Programs want these, and few pages.
    messages: async function* (options) {
      const { receiveMessages } = await import('./incoming/receiveMessages.ts');
      yield* receiveMessages(client(), life.start, options);
    },
    on: (filter, action, options = {}) =>
      late(async () => (await import('./incoming/rules.ts')).follow(self, { filter, action, options }, warn), warn),
  };
  return self;
}

/** Acts that a replay is told apart by; within a thread every one is. */
const MOST_ACTS = 50_000;

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

const pageRegistration = async (): Promise<PushRegistration | undefined> =>
  // Absent outside of secure pages, and in programs that are none.
  ifAllowed(() => (globalThis.navigator as Partial<Navigator> | undefined)?.serviceWorker)?.getRegistration();

function every(ms: number, task: () => void): () => void {
  const timer = setInterval(task, ms);
  return () => {
    clearInterval(timer);
  };
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

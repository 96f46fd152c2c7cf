import { asPushChatError, PushChatError } from '../errors.ts';
import { createStores } from './clientStores.ts';
import { readNodeChoice } from './nodeChoice.ts';
import { settingsStore } from './notify/settingsStore.ts';
import type { GroupCommands, PushChatClient } from './PushChatClient.ts';
import type { PushChatConfig } from './pushChatConfig.ts';
import { requireCrypto } from './requireCrypto.ts';
import { adaptSigner, type Signer } from './signer.ts';
import { INITIAL_STATE, type Session } from './state.ts';

/**
 * A client that loads its cryptography and its network only when somebody wants to chat: until then a page carries no
 * more than what tells whose chat can be unlocked. It behaves like the one of `createPushChat`.
 * @throws {PushChatError} `InvalidConfig`, `WalletUnsupported`
 */
export function lazyPushChat(config: PushChatConfig): PushChatClient {
  requireCrypto();
  const warn = (error: PushChatError): void => config.logger?.warn(error);
  readNodeChoice(config);
  const stores = createStores(warn);
  const { keepUnlocked = 'memory' } = config;
  /** Callers of `start` that have not stopped; each is started in the client when that is there. */
  const starts = new Set<{ stop?: () => void }>();
  let signer = config.signer;
  let wallet = signer && adaptSigner(signer);
  let client: PushChatClient | undefined;
  let loading: Promise<PushChatClient> | undefined;

  const load = (): Promise<PushChatClient> => (loading ??= make());
  const make = async (): Promise<PushChatClient> => {
    try {
      const { createClient } = await import('./createClient.ts');
      client = createClient({ ...config, signer }, stores);
    } catch (cause) {
      loading = undefined;
      throw new PushChatError('NetworkUnavailable', 'Chat could not be loaded. Check the connection and try again.', {
        cause,
      });
    }
    for (const start of starts) start.stop = client.start();
    return client;
  };
  /** Where nobody waits for the outcome, there is a next time. */
  const loadQuietly = (then?: (client: PushChatClient) => void): void => {
    void load().then(then, (error: unknown) => warn(asPushChatError(error)));
  };
  const soon = (act: (client: PushChatClient) => void): void => {
    if (client) act(client);
    else loadQuietly(act);
  };

  /** Begins something that goes on until the returned stop is called. */
  const whileWanted = (begin: (client: PushChatClient) => () => void): (() => void) => {
    if (client) return begin(client);
    let stop: (() => void) | undefined;
    let isStopped = false;
    loadQuietly((loaded) => {
      if (!isStopped) stop = begin(loaded);
    });
    return () => {
      isStopped = true;
      stop?.();
    };
  };

  const show = (session: Session): void => {
    stores.store.set({ ...INITIAL_STATE, session });
  };
  const showAccount = async (): Promise<void> => {
    const asked = wallet;
    try {
      const address = await asked?.getAddress();
      const { parseDid } = await import('../protocol/did.ts');
      const did = address === undefined ? undefined : parseDid(address);
      if (client || asked !== wallet) return;
      const { session } = stores.store.get();
      if (did === undefined) show({ status: 'disconnected' });
      else if (!('did' in session) || session.did !== did) show({ status: 'locked', did });
    } catch (error) {
      warn(asPushChatError(error));
    }
  };

  return {
    store: stores.store,
    drafts: stores.drafts.store,
    removed: stores.removed.store,
    untold: stores.untold.store,
    setDraft: (...draft) => {
      soon((loaded) => loaded.setDraft(...draft));
    },
    removeMessage: (...message) => {
      soon((loaded) => loaded.removeMessage(...message));
    },
    setTold: (...told) => {
      soon((loaded) => loaded.setTold(...told));
    },
    readReceipts: config.readReceipts ?? false,
    muted: stores.muted.store,
    setMuted: (...muted) => {
      soon((loaded) => loaded.setMuted(...muted));
    },
    notificationSettings: settingsStore(stores.notifying),
    setNotificationSettings: (changes) => {
      soon((loaded) => loaded.setNotificationSettings(changes));
    },
    onNotification: stores.notifications.add,
    showThread: stores.views.show,
    turnPush: async (on) => (await load()).turnPush(on),
    channels: {
      store: stores.channels,
      follow: () => whileWanted((loaded) => loaded.channels.follow()),
      load: async (box) => (await load()).channels.load(box),
      optIn: async (channel) => (await load()).channels.optIn(channel),
      optOut: async (channel) => (await load()).channels.optOut(channel),
    },
    asksToKeep: keepUnlocked === 'ask',
    prepare: () => {
      loadQuietly();
    },
    start: () => {
      if (client) return client.start();
      const start: { stop?: () => void } = {};
      starts.add(start);
      void showAccount();
      // What the device keeps opens by itself, so that there is something to count for whoever was here before.
      if (keepUnlocked !== 'memory' && wallet) loadQuietly();
      return () => {
        starts.delete(start);
        start.stop?.();
      };
    },
    setSigner: async (next?: Signer) => {
      if (client) return client.setSigner(next);
      if (next === signer) return;
      wallet = next && adaptSigner(next);
      signer = next;
      if (loading) return (await load()).setSigner(next);
      await showAccount();
      if (keepUnlocked !== 'memory' && wallet && starts.size > 0) loadQuietly();
    },
    unlock: async (options) => (await load()).unlock(options),
    forgetKeys: async () => client?.forgetKeys(),
    lock: () => client?.lock(),
    logout: async () => (await load()).logout(),
    close: () => {
      starts.clear();
      client?.close();
    },
    loadChats: async () => (await load()).loadChats(),
    loadRequests: async () => (await load()).loadRequests(),
    refresh: async () => (await load()).refresh(),
    openThread: async (peer) => (await load()).openThread(peer),
    followThread: (peer) => whileWanted((loaded) => loaded.followThread(peer)),
    loadOlder: async (peer) => (await load()).loadOlder(peer),
    markRead: (peer) => client?.markRead(peer),
    sendMessage: async (...message) => (await load()).sendMessage(...message),
    retryMessage: async (peer, id) => (await load()).retryMessage(peer, id),
    discardMessage: (peer, id) => client?.discardMessage(peer, id),
    acceptRequest: async (...answer) => (await load()).acceptRequest(...answer),
    rejectRequest: async (peer) => (await load()).rejectRequest(peer),
    blockUser: async (peer) => (await load()).blockUser(peer),
    unblockUser: async (peer) => (await load()).unblockUser(peer),
    markVerified: async (peer) => (await load()).markVerified(peer),
    acceptKeyChange: async (peer) => (await load()).acceptKeyChange(peer),
    safetyNumber: (peer) => client?.safetyNumber(peer),
    exportProof: async (...proof) => (await load()).exportProof(...proof),
    groups: lateGroups(load),
    getProfile: async (did) => (await load()).getProfile(did),
    updateProfile: async (changes) => (await load()).updateProfile(changes),
    messages: async function* (options) {
      yield* (await load()).messages(options);
    },
    on: (...rule) => whileWanted((loaded) => loaded.on(...rule)),
  };
}

/** Each of these loads the client and does it there. */
function lateGroups(load: () => Promise<PushChatClient>): GroupCommands {
  return {
    create: async (...args) => (await load()).groups.create(...args),
    load: async (...args) => (await load()).groups.load(...args),
    loadMembers: async (...args) => (await load()).groups.loadMembers(...args),
    update: async (...args) => (await load()).groups.update(...args),
    addMembers: async (...args) => (await load()).groups.addMembers(...args),
    removeMembers: async (...args) => (await load()).groups.removeMembers(...args),
    setRole: async (...args) => (await load()).groups.setRole(...args),
    join: async (...args) => (await load()).groups.join(...args),
    leave: async (...args) => (await load()).groups.leave(...args),
    renewSecret: async (...args) => (await load()).groups.renewSecret(...args),
    acceptMembers: async (...args) => (await load()).groups.acceptMembers(...args),
    access: async (...args) => (await load()).groups.access(...args),
  };
}

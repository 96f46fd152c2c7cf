import { asPushChatError, PushChatError } from '../errors.ts';
import { createStores } from './clientStores.ts';
import { readNodeChoice } from './nodeChoice.ts';
import type { GroupCommands, PushChatClient } from './PushChatClient.ts';
import type { PushChatConfig } from './pushChatConfig.ts';
import { requireCrypto } from './requireCrypto.ts';
import { addressOfSigner, type Signer } from './signerAddress.ts';
import { INITIAL_STATE, type Session } from './state.ts';

/** What is asked of a client and answered, and what is only told it. */
const COMMANDS = [
  'turnPush',
  'unlock',
  'logout',
  'loadChats',
  'loadRequests',
  'refresh',
  'openThread',
  'loadOlder',
  'sendMessage',
  'retryMessage',
  'acceptRequest',
  'rejectRequest',
  'blockUser',
  'unblockUser',
  'markVerified',
  'acceptKeyChange',
  'exportProof',
  'getProfile',
  'updateProfile',
] as const;
const NOTES = ['setDraft', 'removeMessage', 'setTold', 'setMuted', 'setNotificationSettings'] as const;
type Command = (typeof COMMANDS)[number];
type Note = (typeof NOTES)[number];

/**
 * A client that loads its cryptography and its network only when somebody wants to chat: until then a page carries no
 * more than what tells whose chat can be unlocked. It behaves like the one of `createPushChat`.
 * @throws {PushChatError} `InvalidConfig`, `WalletUnsupported`
 */
export function lazyPushChat(config: PushChatConfig): PushChatClient {
  requireCrypto();
  const warn = (error: PushChatError): void => config.logger?.warn(error);
  readNodeChoice(config);
  const stores = createStores();
  const { keepUnlocked = 'memory' } = config;
  /** What goes on, once the client is there, until its caller stops it. */
  const begun = new Set<{ readonly begin: (client: PushChatClient) => () => void; stop?: () => void }>();
  /** Callers of `start` that have not stopped. */
  let starts = 0;
  let signer = config.signer;
  let addressOf = signer && addressOfSigner(signer);
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
    for (const each of begun) each.stop = each.begin(client);
    return client;
  };
  /** Where nobody waits for the outcome, there is a next time. */
  const loadQuietly = (then?: (client: PushChatClient) => void): void => {
    void load().then(then, (error: unknown) => warn(asPushChatError(error)));
  };
  /** Commands load the client. */
  const later =
    (name: Command) =>
    async (...args: unknown[]): Promise<unknown> =>
      ((await load())[name] as (...given: unknown[]) => Promise<unknown>)(...args);
  /** The same where nobody waits for it. */
  const soon =
    (name: Note) =>
    (...args: unknown[]): void => {
      const note = (loaded: PushChatClient): void => (loaded[name] as (...given: unknown[]) => void)(...args);
      if (client) note(client);
      else loadQuietly(note);
    };

  /** Begins something in the client, which is not loaded for that. */
  const onceLoaded = (begin: (client: PushChatClient) => () => void): (() => void) => {
    if (client) return begin(client);
    const each: { readonly begin: typeof begin; stop?: () => void } = { begin };
    begun.add(each);
    return () => {
      begun.delete(each);
      each.stop?.();
    };
  };

  const show = (session: Session): void => {
    stores.store.set({ ...INITIAL_STATE, session });
  };
  const showAccount = async (): Promise<void> => {
    const asked = addressOf;
    try {
      const address = await asked?.();
      const { parseDid } = await import('../protocol/did.ts');
      const did = address === undefined ? undefined : parseDid(address);
      if (client || asked !== addressOf) return;
      const { session } = stores.store.get();
      if (did === undefined) show({ status: 'disconnected' });
      else if (!('did' in session) || session.did !== did) show({ status: 'locked', did });
    } catch (error) {
      warn(asPushChatError(error));
    }
  };

  return {
    ...(Object.fromEntries(COMMANDS.map((name) => [name, later(name)])) as unknown as Pick<PushChatClient, Command>),
    ...(Object.fromEntries(NOTES.map((name) => [name, soon(name)])) as Pick<PushChatClient, Note>),
    store: stores.store,
    drafts: stores.drafts,
    removed: stores.removed,
    untold: stores.untold,
    readReceipts: config.readReceipts ?? false,
    muted: stores.muted,
    notificationSettings: stores.choices,
    onNotification: (listener) => onceLoaded((loaded) => loaded.onNotification(listener)),
    showThread: (peer) => onceLoaded((loaded) => loaded.showThread(peer)),
    channels: {
      store: stores.channels,
      follow: () => onceLoaded((loaded) => loaded.channels.follow()),
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
      starts += 1;
      const stop = onceLoaded((loaded) => loaded.start());
      void showAccount();
      // What the device keeps opens by itself, so that there is something to count for whoever was here before.
      if (keepUnlocked !== 'memory' && signer) loadQuietly();
      return () => {
        starts -= 1;
        stop();
      };
    },
    setSigner: async (next?: Signer) => {
      if (client) return client.setSigner(next);
      if (next === signer) return;
      addressOf = next && addressOfSigner(next);
      signer = next;
      if (loading) return (await load()).setSigner(next);
      await showAccount();
      if (keepUnlocked !== 'memory' && signer && starts > 0) loadQuietly();
    },
    forgetKeys: async () => client?.forgetKeys(),
    lock: () => client?.lock(),
    close: () => {
      begun.clear();
      client?.close();
    },
    followThread: (peer) => {
      loadQuietly();
      return onceLoaded((loaded) => loaded.followThread(peer));
    },
    markRead: (peer) => client?.markRead(peer),
    discardMessage: (peer, id) => client?.discardMessage(peer, id),
    safetyNumber: (peer) => client?.safetyNumber(peer),
    groups: lateGroups(load),
    messages: async function* (options) {
      yield* (await load()).messages(options);
    },
    on: (...rule) => {
      loadQuietly();
      return onceLoaded((loaded) => loaded.on(...rule));
    },
  };
}

const GROUP_COMMANDS = [
  ...['create', 'load', 'loadMembers', 'update', 'addMembers', 'removeMembers'],
  ...['setRole', 'join', 'leave', 'renewSecret', 'acceptMembers', 'access'],
] as readonly (keyof GroupCommands)[];

/** Each of these loads the client and does it there. */
const lateGroups = (load: () => Promise<PushChatClient>): GroupCommands =>
  Object.fromEntries(
    GROUP_COMMANDS.map((name) => [
      name,
      async (...args: unknown[]) => ((await load()).groups[name] as (...given: unknown[]) => Promise<unknown>)(...args),
    ]),
  ) as unknown as GroupCommands;

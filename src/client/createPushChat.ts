import { randomBytes, type RandomBytes } from '../crypto/random.ts';
import { PushChatError } from '../errors.ts';
import { parseDid } from '../protocol/did.ts';
import type { WalletPrompt } from './askWallet.ts';
import { acceptRequest, rejectRequest } from './actions/answerRequest.ts';
import { loadOlder, openThread } from './actions/loadHistory.ts';
import { loadList } from './actions/loadList.ts';
import { blockUser, getProfile, unblockUser, updateProfile } from './actions/profile.ts';
import { retryMessage, sendMessage } from './actions/sendMessage.ts';
import { directTransport, type LocalNode } from './directTransport.ts';
import { httpTransport } from './httpTransport.ts';
import type { ClientContext } from './context.ts';
import { createKeyring } from './keyring.ts';
import { inlineKeys } from './keys/inlineKeys.ts';
import { createLife } from './life.ts';
import { refresh } from './live.ts';
import { patient } from './patient.ts';
import type { PushChatClient } from './PushChatClient.ts';
import { reduce } from './reduce.ts';
import { signedIn } from './signIn.ts';
import type { Signer } from './signer.ts';
import { INITIAL_STATE, type ChatState } from './state.ts';
import { createStore } from './store.ts';
import type { Transport } from './transport.ts';

/** The public networks (protocol 1.2). */
const NODES = {
  prod: 'https://backend.epns.io',
  staging: 'https://backend-staging.epns.io',
  dev: 'https://backend-dev.epns.io',
  local: 'http://localhost:4000',
} as const;

export type PushEnv = keyof typeof NODES;

export interface PushChatConfig {
  /** The account's wallet; undefined while none is connected. */
  readonly signer?: Signer | undefined;
  /** Address of a Push Node, or a node in this process. */
  readonly node?: string | LocalNode | undefined;
  /** A public network instead of `node`. */
  readonly env?: PushEnv | undefined;
  /** Any other way to a node. */
  readonly transport?: Transport | undefined;
  /**
   * Called before each prompt of the wallet, so that the page can explain it; the wallet is asked when the promise
   * resolves, and not at all when it rejects.
   */
  readonly onBeforeSign?: ((prompt: WalletPrompt) => void | Promise<void>) | undefined;
  /** Hears of everything that was hidden, dropped or refused; silent by default. */
  readonly logger?: { readonly warn: (error: PushChatError) => void } | undefined;
  /** Milliseconds since the epoch. @default Date.now */
  readonly now?: () => number;
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
  const store = createStore<ChatState>(INITIAL_STATE);
  const { now = Date.now, wait = sleep, random = randomBytes, logger } = config;
  const way = patient(chooseTransport(config), wait);
  const life = createLife(config.signer, (wallet) => {
    let ended = false;
    const transport: Transport = { ...way, request: signedIn(way, () => context) };
    const context: ClientContext = {
      get: store.get,
      dispatch: (event) => {
        if (!ended) store.set(reduce(store.get(), event));
      },
      transport,
      wallet,
      keyring: createKeyring(transport),
      holder: inlineKeys(random),
      acts: new Map(),
      outbox: new Map(),
      now,
      random,
      warn: (error) => logger?.warn(error),
      account: undefined,
      beforeSign: (prompt) => config.onBeforeSign?.(prompt),
      prompts: 0,
      end: () => {
        ended = true;
      },
    };
    return context;
  });
  const { session: client } = life;

  return {
    store,
    start: life.start,
    unlock: life.unlock,
    lock: life.lock,
    setSigner: life.setSigner,
    close: life.close,
    loadChats: () => loadList(client(), 'chats'),
    loadRequests: () => loadList(client(), 'requests'),
    refresh: () => refresh(client()),
    openThread: async (peer) => openThread(client(), parseDid(peer)),
    loadOlder: async (peer) => loadOlder(client(), parseDid(peer)),
    markRead: (peer) => {
      client().dispatch({ type: 'threadRead', peer: parseDid(peer) });
    },
    sendMessage: async (peer, content, options) => sendMessage(client(), parseDid(peer), content, options),
    retryMessage: async (peer, id) => retryMessage(client(), parseDid(peer), id),
    discardMessage: (peer, id) => {
      client().outbox.delete(id);
      client().dispatch({ type: 'sendEnded', peer: parseDid(peer), id });
    },
    acceptRequest: async (peer) => acceptRequest(client(), parseDid(peer)),
    rejectRequest: async (peer) => rejectRequest(client(), parseDid(peer)),
    blockUser: async (peer) => blockUser(client(), parseDid(peer)),
    unblockUser: async (peer) => unblockUser(client(), parseDid(peer)),
    getProfile: async (did) => getProfile(client(), parseDid(did)),
    updateProfile: (changes) => updateProfile(client(), changes),
    parsePeer: parseDid,
  };
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

function chooseTransport({ transport, node, env }: PushChatConfig): Transport {
  if (transport) return transport;
  const chosen = node ?? (env && NODES[env]);
  if (chosen === undefined) throw new PushChatError('InvalidConfig', 'Pass `node` (an address), `env` or `transport`.');
  return typeof chosen === 'string' ? httpTransport(chosen) : directTransport(chosen);
}

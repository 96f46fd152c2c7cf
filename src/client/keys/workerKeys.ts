import type { BundleWallet } from '../../crypto/keyBundle.ts';
import { randomBytes } from '../../crypto/random.ts';
import { PushChatError } from '../../errors.ts';
import type { AccountKeys, KeyHolder } from './accountKeys.ts';
import { createCalls, type Calls, type KeyEvent, type KeyPort } from './keyMessages.ts';

/** A worker as pages make it; `push-chat-kit/worker` is its script. */
export interface KeyWorker extends KeyPort {
  onerror?: ((event: never) => void) | null;
  readonly terminate?: () => void;
}

/** A worker that says nothing for so long, when it starts or when it is asked, is as good as none. */
const SILENT_MS = 10_000;

export interface WorkerKeysOptions {
  /** Hears when there is no worker. */
  readonly warn?: (error: PushChatError) => void;
  /** Resolves after so many milliseconds. @default setTimeout */
  readonly wait?: (ms: number) => Promise<void>;
}

/**
 * Keeps keys in workers: they are made, opened and used there, off the page's own thread. They come out only to be kept
 * sealed, where the host wants that (`keepUnlocked`). Where no worker can be made (no such thing, a content security
 * policy), they are kept in the page's thread.
 * @param makeWorker such as `() => new Worker(new URL('push-chat-kit/worker', import.meta.url), { type: 'module' })`;
 *   the worker makes the others of its pool by itself
 */
export function workerKeys(makeWorker: () => KeyWorker, { warn, wait = sleep }: WorkerKeysOptions = {}): KeyHolder {
  let holding: Promise<KeyHolder> | undefined;
  const holder = (): Promise<KeyHolder> =>
    (holding ??= startWorker(makeWorker, () => (holding = undefined), wait).catch(async (cause: unknown) => {
      warn?.(new PushChatError('InvalidConfig', 'Keys stay in the page: its worker cannot be started.', { cause }));
      const { inlineKeys } = await import('./inlineKeys.ts');
      return inlineKeys(randomBytes);
    }));
  return {
    prepare: () => void holder(),
    generate: async (now, type) => (await holder()).generate(now, type),
    restore: async (armored) => (await holder()).restore(armored),
    unwrap: async (bundle, wallet) => (await holder()).unwrap(bundle, wallet),
  };
}

const sleep = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** @param ended is told when a worker that had started is no more, and with it all its keys */
function startWorker(
  makeWorker: () => KeyWorker,
  ended: () => void,
  wait: (ms: number) => Promise<void>,
): Promise<KeyHolder> {
  return new Promise((resolve, reject) => {
    const worker = makeWorker();
    /** Of every account that is being opened: each is asked for its own (security ST-07). */
    const wallets = new Map<number, BundleWallet>();
    let isReady = false;
    const end = (): void => {
      reject(new Error('The worker failed.'));
      if (isReady) ended();
      calls.fail(new PushChatError('SessionLocked', 'The worker that held the keys has ended. Unlock chat again.'));
      worker.terminate?.();
    };
    const calls = watched(
      createCalls(worker, async (name, [asked, ...args]) => askPage(wallets.get(asked as number), name, args)),
      { ping: () => worker.postMessage({ type: 'ping' }), end, wait },
    );
    worker.onerror = end;
    worker.onmessage = ({ data }: KeyEvent) => {
      calls.hear(data);
      if (data.type !== 'ready') return;
      isReady = true;
      resolve(holderOf(calls, wallets));
    };
    void wait(SILENT_MS).then(() => isReady || end());
  });
}

interface Watch {
  readonly ping: () => void;
  readonly end: () => void;
  readonly wait: (ms: number) => Promise<void>;
}

/** As long as calls wait, a worker that says nothing is asked whether it lives (security ST-10). */
function watched(calls: Calls, { ping, end, wait }: Watch): Calls {
  let heard = 0;
  let isWatching = false;
  const isSilent = async (): Promise<boolean> => {
    const before = heard;
    await wait(SILENT_MS);
    return heard === before && calls.waiting() > 0;
  };
  const watch = async (): Promise<void> => {
    if (isWatching) return;
    isWatching = true;
    while (calls.waiting() > 0) {
      if (!(await isSilent())) continue;
      ping();
      // Asked anew, so that a machine that slept does not take its own sleep for the worker's.
      if (await isSilent()) end();
    }
    isWatching = false;
  };
  return {
    ...calls,
    call: (name, ...args) => {
      const answer = calls.call(name, ...args);
      void watch();
      return answer;
    },
    hear: (message) => {
      heard += 1;
      calls.hear(message);
    },
  };
}

function holderOf({ call }: Calls, wallets: Map<number, BundleWallet>): KeyHolder {
  let lastWallet = 0;
  return {
    generate: async (now, type) => keysIn(call, await call('generate', now, type)),
    restore: async (armored) => keysIn(call, await call('restore', armored)),
    unwrap: async (bundle, wallet) => {
      const id = (lastWallet += 1);
      wallets.set(id, wallet);
      try {
        const can = (['signTypedData', 'decrypt'] as const).filter((name) => wallet[name]);
        return keysIn(call, await call('unwrap', bundle, id, can));
      } finally {
        wallets.delete(id);
      }
    },
  };
}

/** The wallet shows its prompts on the page, whoever needs them. */
function askPage(wallet: BundleWallet | undefined, name: string, [first, second]: readonly unknown[]): Promise<string> {
  if (wallet && name === 'signMessage') return wallet.signMessage(first as string);
  if (wallet?.signTypedData && name === 'signTypedData') {
    return wallet.signTypedData(first as Record<string, unknown>, second as string);
  }
  if (wallet?.decrypt && name === 'decrypt') return wallet.decrypt(first as never);
  return Promise.reject(new PushChatError('WalletUnsupported', 'The wallet cannot do this.'));
}

interface HeldKeys extends Pick<AccountKeys, 'publicKey' | 'width'> {
  readonly handle: number;
}

function keysIn(call: Calls['call'], { handle, ...known }: HeldKeys): AccountKeys {
  return {
    ...known,
    open: (message, reading) => call('open', handle, message, reading),
    seal: (content, writing) => call('seal', handle, content, writing),
    acceptRequest: (parties, now) => call('acceptRequest', handle, parties, now),
    rejectRequest: (parties, now) => call('rejectRequest', handle, parties, now),
    signProfile: (profile, now) => call('signProfile', handle, profile, now),
    signSubscription: (parties, now) => call('signSubscription', handle, parties, now),
    signDevicePush: (push, now) => call('signDevicePush', handle, push, now),
    signGroup: (draft, signer, now) => call('signGroup', handle, draft, signer, now),
    answerChallenge: (challenge, now) => call('answerChallenge', handle, challenge, now),
    disclose: (encryptedSecret) => call('disclose', handle, encryptedSecret),
    reveal: () => call('reveal', handle),
    wrap: (preKey, signature) => call('wrap', handle, preKey, signature),
    confine: () => void call('confine', handle).catch(() => undefined),
    forget: () => void call('forget', handle).catch(() => undefined),
  };
}

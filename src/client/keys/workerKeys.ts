import type { BundleWallet } from '../../crypto/keyBundle.ts';
import { randomBytes } from '../../crypto/random.ts';
import { PushChatError } from '../../errors.ts';
import type { AccountKeys, KeyHolder } from './accountKeys.ts';
import { inlineKeys } from './inlineKeys.ts';
import { createCalls, type Calls, type KeyEvent, type KeyPort } from './keyMessages.ts';

/** A worker as pages make it; `push-chat-kit/worker` is its script. */
export interface KeyWorker extends KeyPort {
  onerror?: ((event: never) => void) | null;
  readonly terminate?: () => void;
}

/** A worker that says nothing for so long is as good as none. */
const START_MS = 10_000;

/**
 * Keeps keys in a worker: they are made, opened and used there, off the page's own thread. They come out of it only
 * to be kept sealed, where the host wants that (`keepUnlocked`). Where a worker cannot be made (no such thing, a content security policy), they are kept in the page's thread.
 * @param makeWorker such as `() => new Worker(new URL('push-chat-kit/worker', import.meta.url), { type: 'module' })`
 * @param warn hears when there is no worker
 */
export function workerKeys(makeWorker: () => KeyWorker, warn?: (error: PushChatError) => void): KeyHolder {
  let holding: Promise<KeyHolder> | undefined;
  const holder = (): Promise<KeyHolder> =>
    (holding ??= startWorker(makeWorker, () => (holding = undefined)).catch((cause: unknown) => {
      warn?.(new PushChatError('InvalidConfig', 'Keys stay in the page: its worker cannot be started.', { cause }));
      return inlineKeys(randomBytes);
    }));
  return {
    generate: async (now) => (await holder()).generate(now),
    restore: async (armored) => (await holder()).restore(armored),
    unwrap: async (bundle, wallet) => (await holder()).unwrap(bundle, wallet),
  };
}

/** @param ended is told when a worker that had started is no more, and with it all its keys */
function startWorker(makeWorker: () => KeyWorker, ended: () => void): Promise<KeyHolder> {
  return new Promise((resolve, reject) => {
    const worker = makeWorker();
    /** Of every account that is being opened: each is asked for its own (security ST-07). */
    const wallets = new Map<number, BundleWallet>();
    let lastWallet = 0;
    let isReady = false;
    const calls = createCalls(worker, async (name, [asked, ...args]) =>
      askPage(wallets.get(asked as number), name, args),
    );
    const late = setTimeout(() => reject(new Error('The worker did not start.')), START_MS);
    worker.onerror = () => {
      clearTimeout(late);
      reject(new Error('The worker failed.'));
      if (isReady) ended();
      calls.fail(new PushChatError('SessionLocked', 'The worker that held the keys has ended. Unlock chat again.'));
    };
    worker.onmessage = ({ data }: KeyEvent) => {
      calls.hear(data);
      if (data.type !== 'ready') return;
      clearTimeout(late);
      isReady = true;
      resolve({
        generate: async (now) => keysIn(calls, await calls.call('generate', now)),
        restore: async (armored) => keysIn(calls, await calls.call('restore', armored)),
        unwrap: async (bundle, wallet) => {
          const id = (lastWallet += 1);
          wallets.set(id, wallet);
          try {
            const can = (['signTypedData', 'decrypt'] as const).filter((name) => wallet[name]);
            return keysIn(calls, await calls.call('unwrap', bundle, id, can));
          } finally {
            wallets.delete(id);
          }
        },
      });
    };
  });
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

function keysIn({ call }: Calls, held: { readonly handle: number; readonly publicKey: string }): AccountKeys {
  const { handle, publicKey } = held;
  return {
    publicKey,
    open: (message, reading) => call('open', handle, message, reading),
    seal: (content, writing) => call('seal', handle, content, writing),
    acceptRequest: (parties, now) => call('acceptRequest', handle, parties, now),
    rejectRequest: (parties, now) => call('rejectRequest', handle, parties, now),
    signProfile: (profile, now) => call('signProfile', handle, profile, now),
    answerChallenge: (challenge, now) => call('answerChallenge', handle, challenge, now),
    reveal: () => call('reveal', handle),
    wrap: (preKey, signature) => call('wrap', handle, preKey, signature),
    forget: () => void call('forget', handle).catch(() => undefined),
  };
}

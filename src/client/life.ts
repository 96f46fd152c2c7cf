import { asPushChatError, PushChatError } from '../errors.ts';
import { parseDid, type Did } from '../protocol/did.ts';
import { reopenOnly, unlock } from './actions/unlock.ts';
import type { ClientContext } from './context.ts';
import { forgetKeys } from './keys/keepKeys.ts';
import { goLive } from './live.ts';
import { settingsOf } from './notify/keptChoices.ts';
import { forgetDevice } from './push/tellDevice.ts';
import type { UnlockOptions } from './keys/keepUnlocked.ts';
import type { PushChatClient } from './PushChatClient.ts';
import type { Signer } from './signerAddress.ts';
import { adaptSigner, type WalletSigner } from './signer.ts';
import { openAccountVault } from './storage/openAccountVault.ts';
import type { TabNews } from './tabs/tabs.ts';

export interface Life extends Pick<PushChatClient, 'start' | 'lock' | 'logout' | 'setSigner' | 'close'> {
  readonly unlock: (options: Required<UnlockOptions>) => Promise<void>;
  /** The wallet is asked next time. */
  readonly forget: () => Promise<void>;
  /** The session of now. What still runs in an earlier one can no longer change anything. */
  readonly session: () => ClientContext;
}

/**
 * From wallet to locked to unlocked and back. A client listens while somebody has started it and it is unlocked.
 * @param begin makes a session that knows nothing yet
 */
export function createLife(
  signer: Signer | undefined,
  begin: (wallet: WalletSigner | undefined, follow: (news: TabNews) => void) => ClientContext,
): Life {
  const beginWith = (wallet: WalletSigner | undefined): ClientContext =>
    begin(wallet, (news) => {
      if (news !== 'kept') return lockHere();
      for (const store of [current.muted, current.notifying]) {
        store.reload().catch((error: unknown) => current.warn(asPushChatError(error)));
      }
    });
  let current = beginWith(signer && adaptSigner(signer));
  let given = signer;
  let starts = 0;
  let unlocking: Promise<void> | undefined;
  let stopListening: (() => void) | undefined;

  const settle = (): void => {
    const wanted = starts > 0 && current.account !== undefined;
    if (wanted && !stopListening) {
      stopListening = goLive(current);
    } else if (!wanted && stopListening) {
      stopListening();
      stopListening = undefined;
      current.dispatch({ type: 'connectionChanged', connection: 'idle' });
    }
  };

  const restart = (wallet: WalletSigner | undefined): void => {
    current.account?.tabs.close();
    current.account?.keys.forget();
    current.drafts.close();
    current.removed.close();
    current.untold.close();
    current.muted.close();
    current.notifying.close();
    current.account = undefined;
    settle();
    current.end();
    current = beginWith(wallet);
    unlocking = undefined;
  };

  const lockHere = (): void => {
    const { session } = current.get();
    restart(current.wallet);
    const next = 'did' in session ? ({ status: 'locked', did: session.did } as const) : session;
    current.dispatch({ type: 'sessionChanged', session: next });
  };

  const lock = (): void => {
    const { account } = current;
    if (account) void forgetKeys(current, account);
    account?.tabs.tell('locked');
    lockHere();
  };

  const logout = async (): Promise<void> => {
    const session = current;
    const { account } = session;
    const did = account?.did ?? (await accountOf(session.wallet, session));
    if (account && settingsOf(session.notifying.store.get()).push) await endPush(session);
    account?.tabs.tell('logged-out');
    lockHere();
    if (did === undefined) return;
    const vault = account?.vault ?? (await openAccountVault(session, did));
    await forgetKeys(session, { did, vault });
    await vault.wipe();
  };

  /** Opens chat with what this device keeps, if the host has it keep that; never asks the wallet. */
  const reopenKept = async (): Promise<void> => {
    const session = current;
    if (session.keepUnlocked === 'memory' || session.account || unlocking) return;
    await reopenOnly(session);
    if (session === current) settle();
  };

  const unlockOnce = async (options: UnlockOptions): Promise<void> => {
    const session = current;
    try {
      if (!session.account) await unlock(session, options);
      if (session !== current) throw new PushChatError('WalletChanged', 'Chat was locked meanwhile. Unlock it again.');
      settle();
    } finally {
      if (session === current) unlocking = undefined;
    }
  };

  const setSigner = (next: Signer | undefined): Promise<void> => {
    if (next === given) return Promise.resolve();
    const wallet = next && adaptSigner(next);
    given = next;
    return follow(wallet, () => next === given);
  };

  const follow = async (wallet: WalletSigner | undefined, wanted: () => boolean): Promise<void> => {
    const did = await accountOf(wallet, current);
    if (!wanted()) return;
    const { session } = current.get();
    if (did !== undefined && 'did' in session && session.did === did) {
      current.wallet = wallet;
      return;
    }
    restart(wallet);
    current.dispatch({ type: 'sessionChanged', session: did ? { status: 'locked', did } : { status: 'disconnected' } });
  };

  return {
    session: () => current,
    start: () => {
      starts += 1;
      current.holder.prepare?.();
      void showAccount(current).then(reopenKept);
      settle();
      let stopped = false;
      return () => {
        if (stopped) return;
        stopped = true;
        starts -= 1;
        // A remount in the same turn, as React's StrictMode makes, keeps the one connection.
        queueMicrotask(settle);
      };
    },
    // Every caller shares the one prompt that is open.
    unlock: (options) => (unlocking ??= unlockOnce(options)),
    forget: async () => {
      const { account } = current;
      if (!account) return;
      await forgetKeys(current, account);
      current.dispatch({ type: 'sessionChanged', session: { status: 'ready', did: account.did } });
    },
    lock,
    logout,
    setSigner,
    close: () => {
      starts = 0;
      lockHere();
    },
  };
}

/** Longer than this nobody waits to be logged out: a device that finds its account gone ends its subscription by itself. */
const END_PUSH_MS = 3_000;

async function endPush(client: ClientContext): Promise<void> {
  try {
    await Promise.race([forgetDevice(client), client.wait(END_PUSH_MS)]);
  } catch (error) {
    client.warn(asPushChatError(error));
  }
}

/** Shows whose chat can be unlocked. */
async function showAccount(client: ClientContext): Promise<void> {
  const did = await accountOf(client.wallet, client);
  if (did === undefined || client.get().session.status !== 'disconnected') return;
  client.dispatch({ type: 'sessionChanged', session: { status: 'locked', did } });
}

/** The account of a wallet. One that will not tell is as good as none, until the user asks to unlock. */
async function accountOf(wallet: WalletSigner | undefined, client: ClientContext): Promise<Did | undefined> {
  try {
    return wallet && parseDid(await wallet.getAddress());
  } catch (error) {
    client.warn(asPushChatError(error));
    return undefined;
  }
}

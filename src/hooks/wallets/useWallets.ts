import { useCallback, useEffect, useMemo, useState, useSyncExternalStore } from 'react';
import type { Signer } from '../../client/signerAddress.ts';
import { PushChatError } from '../../errors.ts';
import { accountSigner } from './accountSigner.ts';
import { announcedWallets, type AnnouncedWallet } from './announcedWallets.ts';
import { rememberedWallet } from './rememberedWallet.ts';

/** Which wallet is connected, if any. */
export type WalletConnection =
  | { readonly status: 'none' }
  | { readonly status: 'connecting'; readonly wallet: AnnouncedWallet }
  | { readonly status: 'connected'; readonly wallet: AnnouncedWallet; readonly address: string }
  | { readonly status: 'failed'; readonly wallet: AnnouncedWallet; readonly error: PushChatError };

export interface WalletsView {
  /** The wallets of this browser, in the order in which they announced themselves. */
  readonly wallets: readonly AnnouncedWallet[];
  readonly connection: WalletConnection;
  /** The connected account, for `signer` of `PushChatProvider`. */
  readonly signer: Signer | undefined;
  /** Asks a wallet for an account; the wallet asks its user. */
  readonly connect: (wallet: AnnouncedWallet) => Promise<void>;
  /** Lets go of the wallet, which goes on to list this page as one that it knows. */
  readonly disconnect: () => void;
}

const NOBODY: WalletConnection = { status: 'none' };

/**
 * The wallets that a browser's extensions announce (EIP-6963), for pages without a wallet library. The one that was chosen
 * last is connected again at the next load, without a prompt, unless it was disconnected.
 * @example
 * const wallets = useWallets();
 * <PushChatProvider signer={wallets.signer} node={node}><WalletPicker {...wallets} /></PushChatProvider>
 */
export function useWallets(): WalletsView {
  const wallets = useSyncExternalStore(announcedWallets.subscribe, announcedWallets.get, announcedWallets.getOnServer);
  const [connection, setConnection] = useState(NOBODY);

  const connect = useCallback(async (wallet: AnnouncedWallet): Promise<void> => {
    setConnection({ status: 'connecting', wallet });
    let end: WalletConnection;
    try {
      const address = firstOf(await wallet.provider.request({ method: 'eth_requestAccounts' }));
      if (address === undefined) throw new PushChatError('WalletUnsupported', `${wallet.name} gave no account.`);
      rememberedWallet.set(wallet.rdns);
      end = { status: 'connected', wallet, address };
    } catch (cause) {
      end = { status: 'failed', wallet, error: failureOf(wallet, cause) };
    }
    // Another may have been chosen while this one was asked.
    setConnection((now) => (now.status === 'connecting' && now.wallet === wallet ? end : now));
  }, []);

  const disconnect = useCallback(() => {
    rememberedWallet.set(undefined);
    setConnection(NOBODY);
  }, []);

  useReconnection(wallets, setConnection);
  useAccountChanges(connection, setConnection);

  const provider = connection.status === 'connected' ? connection.wallet.provider : undefined;
  const address = connection.status === 'connected' ? connection.address : undefined;
  const signer = useMemo(
    () => (provider && address !== undefined ? accountSigner(provider, address) : undefined),
    [provider, address],
  );
  return { wallets, connection, signer, connect, disconnect };
}

type SetConnection = (change: (now: WalletConnection) => WalletConnection) => void;

/** `eth_accounts` tells what the user already allowed, and never prompts. */
function useReconnection(wallets: readonly AnnouncedWallet[], setConnection: SetConnection): void {
  useEffect(() => {
    const wallet = wallets.find(({ rdns }) => rdns === rememberedWallet.get());
    wallet?.provider.request({ method: 'eth_accounts' }).then(
      (accounts) => {
        const address = firstOf(accounts);
        // The user may have let go of it meanwhile.
        if (address === undefined || rememberedWallet.get() !== wallet.rdns) return;
        setConnection((now) => (now.status === 'none' ? { status: 'connected', wallet, address } : now));
      },
      () => undefined, // A locked or removed wallet is chosen anew.
    );
  }, [wallets, setConnection]);
}

function useAccountChanges(connection: WalletConnection, setConnection: SetConnection): void {
  const wallet = connection.status === 'connected' ? connection.wallet : undefined;
  useEffect(() => {
    const provider = wallet?.provider;
    if (!provider) return;
    const change = (accounts: unknown): void => {
      const address = firstOf(accounts);
      setConnection((now) => {
        if (now.status !== 'connected' || now.wallet !== wallet) return now;
        return address === undefined ? NOBODY : { ...now, address };
      });
    };
    provider.on?.('accountsChanged', change);
    return () => {
      provider.removeListener?.('accountsChanged', change);
    };
  }, [wallet, setConnection]);
}

function firstOf(accounts: unknown): string | undefined {
  const first: unknown = Array.isArray(accounts) ? accounts[0] : undefined;
  return typeof first === 'string' && /^0x[0-9a-f]{40}$/i.test(first) ? first : undefined;
}

/** EIP-1193: 4001 is a refusal by the user. */
function failureOf({ name }: AnnouncedWallet, cause: unknown): PushChatError {
  if (cause instanceof PushChatError) return cause;
  const { code } = (cause ?? {}) as { code?: unknown };
  return code === 4001
    ? new PushChatError('WalletRejected', `${name} was not connected. Choose it again when ready.`, { cause })
    : new PushChatError('WalletUnsupported', `${name} could not connect. Open it, then try again.`, { cause });
}

import type { WalletProvider } from '../../src/hooks/wallets/announcedWallets.ts';

/** Puts a wallet into the page as an extension does (EIP-6963); returns how it is taken out again. */
export function announce(info: Readonly<Record<string, unknown>>, provider: unknown): () => void {
  const detail = Object.freeze({ info: Object.freeze({ uuid: crypto.randomUUID(), ...info }), provider });
  const tell = (): void => {
    dispatchEvent(new CustomEvent('eip6963:announceProvider', { detail }));
  };
  addEventListener('eip6963:requestProvider', tell);
  tell();
  return () => {
    removeEventListener('eip6963:requestProvider', tell);
  };
}

export interface TestProvider extends WalletProvider {
  /** The user goes on to other accounts in the wallet; none disconnects the page. */
  readonly switchTo: (accounts: readonly string[]) => void;
}

interface Account {
  readonly address: string;
  signMessage(message: string | Uint8Array): Promise<string>;
}

/** An EIP-1193 provider over a key. `allowed` says whether the page was connected before. */
export function testProvider(account: Account, { allowed = false, refuse = false } = {}): TestProvider {
  let accounts: readonly string[] = allowed ? [account.address] : [];
  const listeners = new Set<(payload: unknown) => void>();
  return {
    request: async ({ method, params }) => {
      if (method === 'eth_requestAccounts') {
        if (refuse) throw Object.assign(new Error('User rejected the request.'), { code: 4001 });
        accounts = [account.address];
        return accounts;
      }
      if (method === 'eth_accounts') return accounts;
      if (method === 'personal_sign') {
        const [hex = ''] = params as string[];
        const bytes = Uint8Array.from(hex.slice(2).match(/../g) ?? [], (pair) => parseInt(pair, 16));
        return account.signMessage(bytes);
      }
      throw Object.assign(new Error(`No ${method} here.`), { code: 4200 });
    },
    on: (event, listener) => event === 'accountsChanged' && listeners.add(listener),
    removeListener: (_, listener) => listeners.delete(listener),
    switchTo: (next) => {
      accounts = next;
      for (const listener of listeners) listener(next);
    },
  };
}

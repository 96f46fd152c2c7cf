import { useEffect, useState } from 'react';
import type { Eip1193Provider } from '../src/exports/core.ts';

export interface BrowserWallet {
  readonly info: { readonly uuid: string; readonly name: string; readonly icon: string };
  readonly provider: Eip1193Provider;
}

/** The wallets that this browser announces (EIP-6963). */
export function useBrowserWallets(): readonly BrowserWallet[] {
  const [wallets, setWallets] = useState<readonly BrowserWallet[]>([]);
  useEffect(() => {
    const add = (event: Event): void => {
      const { detail } = event as CustomEvent<BrowserWallet>;
      setWallets((known) => [...known.filter(({ info }) => info.uuid !== detail.info.uuid), detail]);
    };
    window.addEventListener('eip6963:announceProvider', add);
    window.dispatchEvent(new Event('eip6963:requestProvider'));
    return () => {
      window.removeEventListener('eip6963:announceProvider', add);
    };
  }, []);
  return wallets;
}

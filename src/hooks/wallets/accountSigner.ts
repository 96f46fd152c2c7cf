import type { Eip1193Provider } from '../../client/signerAddress.ts';
import type { WalletProvider } from './announcedWallets.ts';

/**
 * One account of a wallet. It stays that account while the wallet goes on to another, so that nothing is ever signed for
 * somebody else than whom the page shows.
 */
export const accountSigner = (provider: WalletProvider, account: string): Eip1193Provider => ({
  request: async (args) => (args.method === 'eth_accounts' ? [account] : provider.request(args)),
});

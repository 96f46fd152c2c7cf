import { useMemo } from 'react';
import { useAccount, useWalletClient } from 'wagmi';
import type { Signer } from '../client/signerAddress.ts';

/**
 * The wallet that wagmi has connected, for `signer` of `PushChatProvider`; undefined while there is none. Nothing is asked
 * of the wallet by it.
 * @example <PushChatProvider signer={useWagmiSigner()} node={node}>…</PushChatProvider>
 */
export function useWagmiSigner(): Signer | undefined {
  // The newer name is not in wagmi 2.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const { address } = useAccount();
  const { data: client } = useWalletClient();
  // While accounts are switched the two can differ for a moment, and chat is nobody's then.
  const isSame = address !== undefined && client?.account.address.toLowerCase() === address.toLowerCase();
  return useMemo(() => (isSame ? client : undefined), [isSame, client]);
}

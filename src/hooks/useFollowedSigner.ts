import { useEffect, useMemo, useState } from 'react';
import type { Eip1193Provider, Signer } from '../client/signerAddress.ts';

/** EIP-1193 providers tell when the user connects, or goes on to another account. */
interface TellingProvider extends Eip1193Provider {
  readonly on: (event: 'accountsChanged', listener: () => void) => unknown;
  readonly removeListener?: (event: 'accountsChanged', listener: () => void) => unknown;
}

const tells = (signer: Signer | undefined): signer is TellingProvider =>
  signer !== undefined &&
  'request' in signer &&
  'on' in signer &&
  !('getAddress' in signer) &&
  !('signMessage' in signer);

/**
 * A signer that is another object whenever the wallet behind a bare EIP-1193 provider has another account, so that chat
 * is locked and shows whose it is now. All other signers stand for one account, and are given back as they are.
 */
export function useFollowedSigner(signer: Signer | undefined): Signer | undefined {
  const [changes, setChanges] = useState(0);
  useEffect(() => {
    if (!tells(signer)) return undefined;
    const again = (): void => setChanges((before) => before + 1);
    signer.on('accountsChanged', again);
    return () => void signer.removeListener?.('accountsChanged', again);
  }, [signer]);
  return useMemo(
    () => (tells(signer) && changes > 0 ? { request: (args) => signer.request(args) } : signer),
    [signer, changes],
  );
}

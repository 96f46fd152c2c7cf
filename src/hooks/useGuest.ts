import { useCallback, useEffect, useState } from 'react';
import type { Guest } from '../client/guest.ts';
import type { Signer } from '../client/signerAddress.ts';
import type { DeviceStorage } from '../client/storage/storage.ts';
import { useAction, type ActionState } from './useAction.ts';
import { usePushChat } from './usePushChat.ts';
import { useStore } from './useStore.ts';

export interface GuestOptions {
  /** Whether there may be guests at all. */
  readonly enabled: boolean;
  /** Where the guest's key stays. @default IndexedDB */
  readonly storage?: DeviceStorage | undefined;
}

/** Writing without a wallet. */
export interface GuestView {
  /** Whether the account of now is the guest. */
  readonly isGuest: boolean;
  /** Whether a guest could write: there is no wallet. */
  readonly offered: boolean;
  /** Goes on as the guest of this browser, made when there is none; no wallet is asked for anything. */
  readonly start: () => Promise<void>;
  /** Asks a wallet to take the chat with a peer over, tells the peer, and goes on with the wallet's account. */
  readonly claim: (peer: string, signer: Signer) => Promise<void>;
  readonly state: ActionState;
  readonly claimState: ActionState<[peer: string, signer: Signer]>;
}

/** Most pages have no guests. */
const loadGuests = () => import('../client/guest.ts');

/**
 * Guests: accounts of this browser, for whoever has no wallet. One that was here before is back by itself.
 * @example const { offered, start } = useGuest({ enabled: true });
 */
export function useGuest({ enabled, storage }: GuestOptions): GuestView {
  const client = usePushChat();
  const session = useStore((state) => state.session);
  const [guest, setGuest] = useState<Guest>();

  const goOn = useCallback(
    async (found: Guest): Promise<void> => {
      setGuest(found);
      await client.setSigner(found.signer);
      await client.unlock();
    },
    [client],
  );
  const [state, start] = useAction(
    useCallback(async () => goOn(await (await loadGuests()).openGuest({ storage })), [goOn, storage]),
  );
  const disconnected = enabled && session.status === 'disconnected';
  useEffect(() => {
    if (!disconnected) return;
    let current = true;
    // A browser without storage has no guest, and makes one only when asked to.
    loadGuests()
      .then(({ findGuest }) => findGuest({ storage }))
      .then((found) => (found && current ? goOn(found) : undefined))
      .catch(() => undefined);
    return () => {
      current = false;
    };
  }, [disconnected, storage, goOn]);

  const isGuest = guest !== undefined && 'did' in session && session.did === `eip155:${guest.address}`;
  const [claimState, claim] = useAction(
    useCallback(
      async (peer: string, signer: Signer) => {
        if (!guest) return;
        const { signGuestClaim } = await loadGuests();
        const content = await signGuestClaim(guest.address, signer);
        await client.sendMessage(peer, { type: 'Text', content });
        await client.setSigner(signer);
      },
      [client, guest],
    ),
  );
  return { isGuest, offered: disconnected && state.status !== 'pending', start, claim, state, claimState };
}

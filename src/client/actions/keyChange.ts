import { PushChatError } from '../../errors.ts';
import type { Did } from '../../protocol/did.ts';
import { requireAccount, type ClientContext } from '../context.ts';
import type { KnownUser } from '../keyring.ts';
import { needsConsent } from '../pins/pin.ts';

/**
 * Notes that the user compared the safety number with the peer: from now on a change of the key holds messages back.
 * @throws {PushChatError} `SessionLocked`, `KeyNotFound` for an account without an attested key
 */
export async function markVerified(client: ClientContext, peer: Did): Promise<void> {
  requireAccount(client);
  await client.keyring.compare(peer);
}

/** Agrees to write to the key that a peer has now, without having compared it. */
export async function acceptKeyChange(client: ClientContext, peer: Did): Promise<void> {
  requireAccount(client);
  const known = await client.keyring.find(peer);
  if (known?.pin && needsConsent(known.pin)) await client.keyring.accept(peer);
}

/** Nothing goes to a key that the user has not seen where they had compared another (security KI-08). */
export function checkSameKey(receiver: KnownUser | null): void {
  if (receiver?.pin && needsConsent(receiver.pin)) {
    throw new PushChatError(
      'KeyChanged',
      'This account has another key than the one you compared. Compare the safety number again, or agree to the change.',
    );
  }
}

import { parseWalletSignature, recoverMessage } from '../crypto/walletSignature.ts';
import { parseAddress, type Address } from './did.ts';

/** Which wallet a guest's chat goes on from. */
export interface GuestClaim {
  readonly guest: Address;
  readonly wallet: Address;
}

/** What the wallet signs: both addresses in plain words, and for nothing else. */
export const guestClaimText = ({ guest, wallet }: GuestClaim): string =>
  `Push Chat guest\n\nThe chat of the guest ${guest} goes on from the wallet ${wallet}. This signature costs nothing and allows nothing else.`;

/** The message in which the guest tells it: readable as it is, and checked by `readGuestClaim`. */
export const guestClaimMessage = (claim: GuestClaim, signature: string): string =>
  `${guestClaimText(claim)}\n\nSignature: ${signature}`;

const CLAIM =
  /the guest (0x[0-9a-fA-F]{40}) goes on from the wallet (0x[0-9a-fA-F]{40})\.[^]*\n\nSignature: (0x[0-9a-f]{130})$/i;

/**
 * Whether a message is a claim that the wallet signed. Believe it only from the guest that it names: anybody can repeat it.
 * @returns undefined for any other message, and for one whose signature is not the wallet's
 */
export function readGuestClaim(text: string): GuestClaim | undefined {
  const found = CLAIM.exec(text.slice(0, LONGEST));
  if (!found) return undefined;
  try {
    const [, guest = '', wallet = '', signature = ''] = found;
    const claim = { guest: parseAddress(guest), wallet: parseAddress(wallet) };
    if (guestClaimMessage(claim, signature) !== text) return undefined;
    const signer = recoverMessage(guestClaimText(claim), parseWalletSignature(signature));
    return signer === claim.wallet.toLowerCase() ? claim : undefined;
  } catch {
    return undefined;
  }
}

const LONGEST = 1_000;

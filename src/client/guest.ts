import { bytesToHex } from '@noble/hashes/utils.js';
import { randomBytes, type RandomBytes } from '../crypto/random.ts';
import { localWallet } from '../crypto/walletSignature.ts';
import { parseAddress, type Address } from '../protocol/did.ts';
import { guestClaimMessage, guestClaimText } from '../protocol/guestClaim.ts';
import type { Signer, ViemSigner } from './signerAddress.ts';
import { adaptSigner } from './signer.ts';
import { indexedDbStorage } from './storage/indexedDbStorage.ts';
import type { DeviceStorage } from './storage/storage.ts';
import { openVault, type Vault } from './storage/vault.ts';

/** An account for whoever has no wallet: its key is made here and stays in this browser, sealed. */
export interface Guest {
  readonly address: Address;
  readonly signer: ViemSigner;
}

export interface GuestOptions {
  /** @default IndexedDB */
  readonly storage?: DeviceStorage | undefined;
  /** @default the platform's CSPRNG */
  readonly random?: RandomBytes | undefined;
}

const SCOPE = { did: 'guest', network: 'guest' };
const NAME = 'guest';

const vaultOf = ({ storage = indexedDbStorage(), random = randomBytes }: GuestOptions): Promise<Vault> =>
  openVault(storage, SCOPE, { random, warn: () => undefined });

/**
 * The guest of this browser, made when there is none. Whoever can run script on the page can sign as the guest, and whoever
 * clears the browser's storage ends it: it is for questions to a support desk, not for money or names.
 * @throws {PushChatError} `StorageUnavailable`, `StorageQuota`
 */
export async function openGuest(options: GuestOptions = {}): Promise<Guest> {
  const vault = await vaultOf(options);
  const made = bytesToHex((options.random ?? randomBytes)(32));
  return guestOf((await vault.putIfAbsent('keys', NAME, made)) as string);
}

/** The guest of this browser; undefined where there is none. */
export async function findGuest(options: GuestOptions = {}): Promise<Guest | undefined> {
  const kept = await (await vaultOf(options)).get('keys', NAME);
  return typeof kept === 'string' ? guestOf(kept) : undefined;
}

/** From now on this browser has no guest; what it wrote stays on the Push Node, and nobody can open it any more. */
export async function forgetGuest(options: GuestOptions = {}): Promise<void> {
  await (await vaultOf(options)).wipe();
}

function guestOf(hex: string): Guest {
  const { address: written, signMessage } = localWallet(`0x${hex}`);
  const address = parseAddress(written);
  return {
    address,
    signer: {
      address,
      source: 'privateKey',
      signMessage: ({ message }: { readonly message: string }) => Promise.resolve(signMessage(message)),
      signTypedData: () => Promise.reject(new TypeError('A guest signs texts only.')),
    },
  };
}

/**
 * Has a wallet say that a guest's chat goes on from it.
 * @returns the message for the guest to send to whom it talked to; `readGuestClaim` checks it there
 * @throws {PushChatError} `WalletRejected`, `WalletUnsupported`
 */
export async function signGuestClaim(guest: Address, signer: Signer): Promise<string> {
  const wallet = adaptSigner(signer);
  const claim = { guest, wallet: parseAddress(await wallet.getAddress()) };
  return guestClaimMessage(claim, await wallet.signMessage(guestClaimText(claim)));
}

import { PushChatError } from '../errors.ts';

export type TypedDataTypes = Record<string, { name: string; type: string }[]>;

/** An ethers 6 or 5 `Signer`, or anything with these methods: the smallest interface that this library takes. */
export interface EthersSigner {
  getAddress(): Promise<string>;
  signMessage(message: string): Promise<string>;
  signTypedData?(domain: object, types: TypedDataTypes, value: object): Promise<string>;
  /** The name of the same in ethers 5. */
  _signTypedData?(domain: object, types: TypedDataTypes, value: object): Promise<string>;
  /** Wallets that show their raw key can open accounts of 2022 without `eth_decrypt`. */
  readonly privateKey?: string;
}

/** EIP-1193 provider, such as `window.ethereum` or what EIP-6963 announces. */
export interface Eip1193Provider {
  request(args: { method: string; params?: unknown }): Promise<unknown>;
}

/** Viem `WalletClient` with an account, or a `LocalAccount`. */
export interface ViemSigner {
  readonly account?: { readonly address: string } | undefined;
  readonly address?: string | undefined;
  /** `privateKey` or `hd` where a local account has its key. */
  readonly source?: string | undefined;
  // Viem's own parameters are generic over chain and account; only what is passed matters here.
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  signMessage(args: any): Promise<string>;
  // eslint-disable-next-line @typescript-eslint/no-explicit-any
  signTypedData(args: any): Promise<string>;
}

export type Signer = EthersSigner | ViemSigner | Eip1193Provider;

/**
 * Asks a signer, told apart by its structure and never by its class, for its address, without a prompt.
 * @returns how to ask
 * @throws {PushChatError} `WalletUnsupported` for what is no signer; the same when asked, for a wallet that is not connected
 */
export function addressOfSigner(signer: Signer): () => Promise<string> {
  if ('getAddress' in signer) return () => signer.getAddress();
  if ('signMessage' in signer) {
    const { address } = viemAccount(signer);
    return () => Promise.resolve(address);
  }
  if ('request' in signer) return () => connectedAccount(signer);
  throw new PushChatError('WalletUnsupported', 'Pass an ethers signer, a viem wallet client or an EIP-1193 provider.');
}

/** @throws {PushChatError} `WalletUnsupported` */
export function viemAccount(signer: ViemSigner): { readonly address: string } {
  const account = signer.account ?? (signer.address === undefined ? undefined : { address: signer.address });
  if (account) return account;
  throw new PushChatError('WalletUnsupported', 'Give the viem wallet client an `account` before passing it.');
}

async function connectedAccount(provider: Eip1193Provider): Promise<string> {
  const accounts = await provider.request({ method: 'eth_accounts' });
  const first: unknown = Array.isArray(accounts) ? accounts[0] : undefined;
  if (typeof first === 'string') return first;
  throw new PushChatError('WalletUnsupported', 'The wallet is not connected: ask it for `eth_requestAccounts` first.');
}

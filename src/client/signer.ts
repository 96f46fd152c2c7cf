import { DATA_TYPES } from '../crypto/dataTypes.ts';
import type { BoxedKey, BundleWallet } from '../crypto/keyBundle.ts';
import { PushChatError } from '../errors.ts';

/** What this library asks of a wallet, and nothing more. */
export interface WalletSigner extends BundleWallet {
  /** The account's address; must not prompt. */
  readonly getAddress: () => Promise<string>;
  /** Whether it holds its key itself, and so is known to sign the same text the same way each time (RFC 6979). */
  readonly isLocal?: boolean;
}

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
 * Adapts a signer, told apart by its structure and never by its class.
 * @throws {PushChatError} `WalletUnsupported`
 */
export function adaptSigner(signer: Signer): WalletSigner {
  const adapted = adapt(signer);
  return {
    getAddress: () => adapted.getAddress(),
    signMessage: (text) => prompted(() => adapted.signMessage(text)),
    isLocal: adapted.isLocal ?? false,
    ...guarded(adapted),
  };
}

function guarded({ signTypedData, decrypt }: WalletSigner): Pick<WalletSigner, 'signTypedData' | 'decrypt'> {
  return {
    ...(signTypedData && { signTypedData: (domain, data) => prompted(() => signTypedData(domain, data)) }),
    ...(decrypt && { decrypt: (bundle) => prompted(() => decrypt(bundle)) }),
  };
}

function adapt(signer: Signer): WalletSigner {
  if ('getAddress' in signer) return adaptEthers(signer);
  if ('signMessage' in signer) return adaptViem(signer);
  if ('request' in signer) return adaptProvider(signer);
  throw new PushChatError('WalletUnsupported', 'Pass an ethers signer, a viem wallet client or an EIP-1193 provider.');
}

function adaptEthers(signer: EthersSigner): WalletSigner {
  const { privateKey } = signer;
  return {
    getAddress: () => signer.getAddress(),
    signMessage: (text) => signer.signMessage(text),
    ...typedDataOf(signer),
    isLocal: privateKey !== undefined,
    ...(privateKey !== undefined && { decrypt: (bundle) => openBoxed(bundle, privateKey) }),
  };
}

/** Loaded for the few accounts that need it. */
const openBoxed = async (bundle: BoxedKey, privateKey: string): Promise<string> =>
  (await import('../crypto/keyBundle.ts')).openBoxedKey(bundle, privateKey);

function typedDataOf(signer: EthersSigner): Pick<WalletSigner, 'signTypedData'> {
  const name = 'signTypedData' in signer ? 'signTypedData' : '_signTypedData';
  if (!signer[name]) return {};
  return {
    signTypedData: async (domain, data) => (signer as Required<EthersSigner>)[name](domain, DATA_TYPES, { data }),
  };
}

function adaptViem(signer: ViemSigner): WalletSigner {
  const account = signer.account ?? (signer.address === undefined ? undefined : { address: signer.address });
  if (!account) {
    throw new PushChatError('WalletUnsupported', 'Give the viem wallet client an `account` before passing it.');
  }
  return {
    getAddress: () => Promise.resolve(account.address),
    isLocal: signer.source === 'privateKey' || signer.source === 'hd',
    signMessage: (message) => signer.signMessage({ account, message }),
    signTypedData: (domain, data) =>
      signer.signTypedData({ account, domain, types: DATA_TYPES, primaryType: 'Data', message: { data } }),
  };
}

function adaptProvider(provider: Eip1193Provider): WalletSigner {
  const getAddress = async (): Promise<string> => {
    const accounts = await provider.request({ method: 'eth_accounts' });
    const first: unknown = Array.isArray(accounts) ? accounts[0] : undefined;
    if (typeof first === 'string') return first;
    throw new PushChatError(
      'WalletUnsupported',
      'The wallet is not connected: ask it for `eth_requestAccounts` first.',
    );
  };
  const ask = async (method: string, params: readonly unknown[]): Promise<string> =>
    (await provider.request({ method, params })) as string;
  return {
    getAddress,
    signMessage: async (text) => ask('personal_sign', [hexOf(text), await getAddress()]),
    signTypedData: async (domain, data) => {
      const typed = {
        domain,
        types: { EIP712Domain: domainTypes(domain), ...DATA_TYPES },
        primaryType: 'Data',
        message: { data },
      };
      return ask('eth_signTypedData_v4', [await getAddress(), JSON.stringify(typed)]);
    },
    decrypt: async (bundle) => ask('eth_decrypt', [hexOf(JSON.stringify(bundle)), await getAddress()]),
  };
}

const hexOf = (text: string): string =>
  `0x${Array.from(new TextEncoder().encode(text), (byte) => byte.toString(16).padStart(2, '0')).join('')}`;

const DOMAIN_TYPES: Record<string, string> = {
  name: 'string',
  version: 'string',
  chainId: 'uint256',
  verifyingContract: 'address',
};

const domainTypes = (domain: Record<string, unknown>): { name: string; type: string }[] =>
  Object.entries(DOMAIN_TYPES).flatMap(([name, type]) => (name in domain ? [{ name, type }] : []));

async function prompted<Answer>(ask: () => Promise<Answer>): Promise<Answer> {
  try {
    return await ask();
  } catch (cause) {
    if (cause instanceof PushChatError) throw cause;
    if (isRejection(cause))
      throw new PushChatError('WalletRejected', 'The signature was declined in the wallet. Try again when ready.', {
        cause,
      });
    throw new PushChatError(
      'WalletUnsupported',
      'The wallet could not sign. Check that it is unlocked and try again.',
      { cause },
    );
  }
}

/** EIP-1193 code 4001, ethers' `ACTION_REJECTED`, viem's `UserRejectedRequestError`, anywhere in the chain of causes. */
function isRejection(error: unknown): boolean {
  for (let e = error, depth = 0; typeof e === 'object' && e !== null && depth < 8; depth++) {
    const { code, name, cause, info, error: inner } = e as Record<string, unknown>;
    if (code === 4001 || code === 'ACTION_REJECTED' || name === 'UserRejectedRequestError') return true;
    e = cause ?? (typeof info === 'object' && info !== null && 'error' in info ? info.error : inner);
  }
  return false;
}

import { DATA_TYPES } from '../crypto/dataTypes.ts';
import type { BoxedKey, BundleWallet } from '../crypto/keyBundle.ts';
import { PushChatError } from '../errors.ts';
import {
  addressOfSigner,
  viemAccount,
  type Eip1193Provider,
  type EthersSigner,
  type Signer,
  type ViemSigner,
} from './signerAddress.ts';

/** What this library asks of a wallet, and nothing more. */
export interface WalletSigner extends BundleWallet {
  /** The account's address; must not prompt. */
  readonly getAddress: () => Promise<string>;
  /** Whether it holds its key itself, and so is known to sign the same text the same way each time (RFC 6979). */
  readonly isLocal?: boolean;
}

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
  const getAddress = addressOfSigner(signer);
  if ('getAddress' in signer) return { getAddress, ...adaptEthers(signer) };
  if ('signMessage' in signer) return { getAddress, ...adaptViem(signer) };
  return { getAddress, ...adaptProvider(signer, getAddress) };
}

type Signing = Omit<WalletSigner, 'getAddress'>;

function adaptEthers(signer: EthersSigner): Signing {
  const { privateKey } = signer;
  return {
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

function adaptViem(signer: ViemSigner): Signing {
  const account = viemAccount(signer);
  return {
    isLocal: signer.source === 'privateKey' || signer.source === 'hd',
    signMessage: (message) => signer.signMessage({ account, message }),
    signTypedData: (domain, data) =>
      signer.signTypedData({ account, domain, types: DATA_TYPES, primaryType: 'Data', message: { data } }),
  };
}

function adaptProvider(provider: Eip1193Provider, getAddress: () => Promise<string>): Signing {
  const ask = async (method: string, params: readonly unknown[]): Promise<string> =>
    (await provider.request({ method, params })) as string;
  return {
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

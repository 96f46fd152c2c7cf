import { AbiCoder, concat, hashMessage, isCallException, isHexString, JsonRpcProvider, type Provider } from 'ethers';
import { PushChatError } from '../errors.ts';
import { parseAddress, type Address } from '../protocol/did.ts';
import type { Chain, Chains } from '../protocol/chain.ts';
import { UNIVERSAL_VALIDATOR } from './universalValidator.ts';

/** The one thing that is asked of a provider: `eth_call`, which changes nothing. */
export type CallProvider = Pick<Provider, 'call'>;

export interface EthersChainsOptions {
  /** Longest wait for one answer in milliseconds. @default 5000 */
  readonly timeoutMs?: number;
}

/**
 * Asks blockchains through ethers providers, given by EIP-155 chain id. A provider that turns out to speak for another
 * chain is not believed.
 * @example
 * createPushNode({ chains: ethersChains({ 1: new BrowserProvider(window.ethereum) }) });
 */
export function ethersChains(
  providers: Readonly<Record<number, CallProvider>>,
  { timeoutMs = 5_000 }: EthersChainsOptions = {},
): Chains {
  return new Map(
    Object.entries(providers).map(([id, provider]) => [Number(id), ethersChain(Number(id), provider, timeoutMs)]),
  );
}

/**
 * The same for the addresses of JSON-RPC servers, by chain id. An address may hold a key: no error repeats it.
 * @example
 * await startPushNode({ dataDir: 'data', chains: rpcChains({ 1: 'https://rpc.example/KEY' }) });
 */
export function rpcChains(urls: Readonly<Record<number, string>>, options?: EthersChainsOptions): Chains {
  const providers = Object.entries(urls).map(([id, url]) => [
    id,
    new JsonRpcProvider(url, Number(id), { staticNetwork: true, batchMaxCount: 1 }),
  ]);
  return ethersChains(Object.fromEntries(providers) as Record<number, JsonRpcProvider>, options);
}

function ethersChain(id: number, provider: CallProvider, timeoutMs: number): Chain {
  const call = createCall(id, provider, timeoutMs);
  return {
    isSignedBy: async (account, text, signature) => {
      if (!isHexString(signature, true)) return false;
      const question = encode(['address', 'bytes32', 'bytes'], [account, hashMessage(text), signature]);
      return (await call({ data: concat([UNIVERSAL_VALIDATOR, question]) })) === '0x01';
    },
    ownerOf: async (contract, token) => {
      if (token > MAX_UINT256) return undefined;
      const answer = await call({ to: contract, data: concat([OWNER_OF, encode(['uint256'], [token])]) });
      return isHexString(answer, 32) ? addressIn(answer) : undefined;
    },
    balanceOf: async (contract, owner) => {
      const answer = await call({ to: contract, data: concat([BALANCE_OF, encode(['address'], [owner])]) });
      return isHexString(answer, 32) ? BigInt(answer) : undefined;
    },
  };
}

/** Selectors of `ownerOf(uint256)`, and of `balanceOf(address)`, which ERC-20 and ERC-721 share. */
const OWNER_OF = '0x6352211e';
const BALANCE_OF = '0x70a08231';

const MAX_UINT256 = 2n ** 256n - 1n;

const encode = (types: readonly string[], values: readonly unknown[]): string =>
  AbiCoder.defaultAbiCoder().encode(types, values);

const addressIn = (word: string): Address | undefined =>
  /^0x0{24}(?!0{40})/.test(word) ? parseAddress(`0x${word.slice(26)}`) : undefined;

interface Call {
  readonly to?: string;
  readonly data: string;
}

/** Far more than any wallet needs to deploy itself and to verify; a bound to what a stranger's contract may burn. */
const GAS_LIMIT = 10_000_000n;

/** CHAINID, MSTORE at 0, RETURN of 32 bytes: asks the chain itself, where a provider could repeat its configuration. */
const CHAIN_ID_PROGRAM = '0x4660005260206000f3';

/** Makes the call of one chain: hex of what was returned, or undefined when the called contract reverted. */
function createCall(
  id: number,
  provider: CallProvider,
  timeoutMs: number,
): (call: Call) => Promise<string | undefined> {
  let proven = false;
  const ask = async (call: Call): Promise<string | undefined> => {
    try {
      return await within(timeoutMs, provider.call({ ...call, gasLimit: GAS_LIMIT }));
    } catch (cause) {
      if (isCallException(cause)) return undefined;
      throw unavailable(id, cause);
    }
  };
  return async (call) => {
    if (!proven) {
      const answer = await ask({ data: CHAIN_ID_PROGRAM });
      if (!isHexString(answer, 32) || BigInt(answer) !== BigInt(id)) {
        throw unavailable(id, new PushChatError('InvalidConfig', `The provider for chain ${id} serves another chain.`));
      }
      proven = true;
    }
    return ask(call);
  };
}

function within<Value>(timeoutMs: number, answer: Promise<Value>): Promise<Value> {
  return new Promise((resolve, reject) => {
    const late = setTimeout(() => {
      reject(new PushChatError('NetworkTimeout', `No answer within ${timeoutMs} ms.`));
    }, timeoutMs);
    void answer.then(resolve, reject).finally(() => clearTimeout(late));
  });
}

const unavailable = (id: number, reason: unknown): PushChatError =>
  new PushChatError('ChainUnavailable', `Chain ${id} cannot be asked at the moment. Try again later.`, {
    cause: withoutAddress(reason),
  });

/** The errors of ethers name the provider's address, which may hold a key, everywhere but in their short form. */
const withoutAddress = (reason: unknown): unknown =>
  reason instanceof Error && 'shortMessage' in reason ? new TypeError(String(reason.shortMessage)) : reason;

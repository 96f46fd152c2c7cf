import { Interface, toUtf8String, type Log, type Provider } from 'ethers';
import { PushChatError } from '../errors.ts';
import { communicatorsOn } from '../protocol/notifications/communicators.ts';
import type { ReadOnChain, SentOnChain } from '../protocol/notifications/openNotification.ts';

/** What is asked of a provider: nothing that changes anything. */
export type ReceiptProvider = Pick<Provider, 'getNetwork' | 'getTransactionReceipt'>;

/** What Push's contract says of a notification that it let a channel, or a delegate of it, send. */
const SENT = new Interface([
  'event SendNotification(address indexed channel, address indexed recipient, bytes identity)',
]);

/**
 * Looks up what channels sent by transactions, through ethers providers, given by EIP-155 chain id. Only what Push's own
 * contracts say counts, and a provider that turns out to speak for another chain is not believed.
 * @example <PushChatProvider signer={signer} env="prod" readOnChain={sentOnChain({ 1: provider })}>
 */
export function sentOnChain(providers: Readonly<Record<number, ReceiptProvider>>): ReadOnChain {
  return async ({ chain, hash }) => {
    const provider = providers[chain];
    if (!provider) return undefined;
    try {
      const { chainId } = await provider.getNetwork();
      if (chainId !== BigInt(chain)) throw new TypeError(`The provider for chain ${chain} serves another chain.`);
      const receipt = await provider.getTransactionReceipt(hash);
      if (receipt?.status !== 1) return null;
      const contracts = communicatorsOn(chain);
      const log = receipt.logs.find(({ address }) => contracts.includes(address.toLowerCase()));
      return log ? readLog(log) : null;
    } catch (cause) {
      throw new PushChatError('ChainUnavailable', `Chain ${chain} cannot be asked at the moment. Try again later.`, {
        cause,
      });
    }
  };
}

function readLog({ topics, data }: Log): SentOnChain | null {
  const event = SENT.parseLog({ topics, data });
  if (!event) return null;
  const [channel, recipient, identity] = event.args as unknown as [string, string, string];
  return { channel, recipient, identity: toUtf8String(identity) };
}

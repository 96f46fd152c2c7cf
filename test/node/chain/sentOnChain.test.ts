import { Interface, toUtf8Bytes, type Log, type TransactionReceipt } from 'ethers';
import { describe, expect, it } from 'vitest';
import { sentOnChain, type ReceiptProvider } from '../../../src/chains/sentOnChain.ts';
import { vectorUser } from '../../support/vectors.ts';

const PUSH = '0xb3971BCef2D791bc4027BbfedFb47319A4AAaaAa';
const HASH = `0x${'ab'.repeat(32)}`;
const events = new Interface([
  'event SendNotification(address indexed channel, address indexed recipient, bytes identity)',
]);
const [channel, recipient] = [vectorUser('alice').address, vectorUser('bob').address];

/** A log as the contract writes it. */
const logOf = (address: string, identity = '0+1+Rain+In an hour'): Log => {
  const fields = events.encodeEventLog('SendNotification', [channel, recipient, toUtf8Bytes(identity)]);
  return { address, ...fields } as unknown as Log;
};

const providerOf = (logs: readonly Log[], { status = 1, chain = 1n } = {}): ReceiptProvider =>
  ({
    getNetwork: () => Promise.resolve({ chainId: chain }),
    getTransactionReceipt: () => Promise.resolve({ status, logs } as Partial<TransactionReceipt>),
  }) as unknown as ReceiptProvider;

const read = (provider: ReceiptProvider) => sentOnChain({ 1: provider })({ chain: 1, hash: HASH });

describe('a notification that a transaction sent', () => {
  it('is what Push’s contract says of it', async () => {
    expect(await read(providerOf([logOf(PUSH)]))).toEqual({ channel, recipient, identity: '0+1+Rain+In an hour' });
  });

  it('is none where another contract says so, or the transaction failed', async () => {
    expect(await read(providerOf([logOf(channel)]))).toBeNull();
    expect(await read(providerOf([logOf(PUSH)], { status: 0 }))).toBeNull();
    expect(await read(providerOf([]))).toBeNull();
  });

  it('is unknown on a chain that nobody asks, and where the provider serves another or does not answer', async () => {
    expect(await sentOnChain({})({ chain: 1, hash: HASH })).toBeUndefined();
    await expect(read(providerOf([logOf(PUSH)], { chain: 137n }))).rejects.toMatchObject({ code: 'ChainUnavailable' });
    const silent = { ...providerOf([]), getTransactionReceipt: () => Promise.reject(new Error('silent')) };
    await expect(read(silent)).rejects.toMatchObject({ code: 'ChainUnavailable' });
  });
});

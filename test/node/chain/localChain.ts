import { createServer, type IncomingMessage } from 'node:http';
import type { AddressInfo } from 'node:net';
import { createCustomCommon, Mainnet } from '@ethereumjs/common';
import { createAddressFromString, hexToBytes, setLengthLeft, type PrefixedHexString } from '@ethereumjs/util';
import { createVM, type VM } from '@ethereumjs/vm';
import { hexlify, JsonRpcProvider, toBeHex, toQuantity } from 'ethers';
import { onTestFinished } from 'vitest';
import type { Chains } from '../../../src/protocol/chain.ts';
import { ethersChains } from '../../../src/chains/ethersChains.ts';
import { didOf } from '../../support/builders.ts';
import { vectorUser } from '../../support/vectors.ts';
import { tokens } from './contracts.ts';

/** A blockchain of one test: a real EVM behind JSON-RPC on a port of its own. */
export interface LocalChain {
  readonly provider: JsonRpcProvider;
  /** The calls that were answered. */
  readonly asked: string[];
  /** Puts a contract there. */
  readonly put: (address: string, code: string, storage?: Readonly<Record<string, bigint>>) => Promise<void>;
  /** Accepts calls and never answers them. */
  readonly fallSilent: () => void;
  /** Refuses connections. */
  readonly goDown: () => Promise<void>;
}

/** @param id what the chain says of itself, to `eth_chainId` and to its contracts */
export async function startLocalChain(id = 1): Promise<LocalChain> {
  const vm = await createVM({ common: createCustomCommon({ chainId: id }, Mainnet, { hardfork: 'shanghai' }) });
  const asked: string[] = [];
  let silent = false;
  let turn: Promise<unknown> = Promise.resolve();
  const server = createServer((request, response) => {
    const answer = async (): Promise<void> => {
      const { id: callId, method, params } = JSON.parse(await textOf(request)) as RpcCall;
      if (silent) return;
      turn = turn.then(() => answerCall(vm, id, method, params));
      const result = (await turn) as object;
      asked.push(method);
      response.end(JSON.stringify({ jsonrpc: '2.0', id: callId, ...result }));
    };
    void answer();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const provider = new JsonRpcProvider(url, id, { staticNetwork: true, batchMaxCount: 1, cacheTimeout: -1 });
  const goDown = async (): Promise<void> => {
    const closed = new Promise((resolve) => server.close(resolve));
    server.closeAllConnections();
    await closed;
  };
  onTestFinished(async () => {
    provider.destroy();
    await goDown();
  });
  return {
    provider,
    asked,
    put: async (address, code, storage = {}) => {
      const account = createAddressFromString(address);
      await vm.stateManager.putCode(account, hexToBytes(code as PrefixedHexString));
      for (const [key, value] of Object.entries(storage)) {
        const slot = setLengthLeft(hexToBytes(key.toLowerCase() as PrefixedHexString), 32);
        await vm.stateManager.putStorage(account, slot, hexToBytes(toBeHex(value) as PrefixedHexString));
      }
    },
    fallSilent: () => {
      silent = true;
    },
    goDown,
  };
}

/** The chain that the vectors' contract wallet and NFT are on: the wallet not deployed, the NFT its maker's. */
export async function vectorChains(): Promise<Chains> {
  const { address } = vectorUser('heidi-nft');
  const [, , , contract = '', token = ''] = didOf('heidi-nft').split(':');
  const chain = await startLocalChain(1);
  await chain.put(contract, tokens, { [toBeHex(token, 32)]: BigInt(address) });
  return ethersChains({ 1: chain.provider });
}

interface RpcCall {
  readonly id: number;
  readonly method: string;
  readonly params: readonly [{ readonly to?: string; readonly data?: string; readonly gas?: string }];
}

async function textOf(request: IncomingMessage): Promise<string> {
  let text = '';
  for await (const chunk of request.setEncoding('utf8')) text += String(chunk);
  return text;
}

async function answerCall(vm: VM, id: number, method: string, [call]: RpcCall['params']): Promise<object> {
  if (method === 'eth_chainId') return { result: toQuantity(id) };
  if (method === 'eth_call') return execute(vm, call);
  return { error: { code: -32601, message: `no method ${method}` } };
}

/** Runs a call, or creation code where there is no receiver, and forgets what it changed. Errors are worded as by geth. */
async function execute(vm: VM, { to, data = '0x', gas = '0x2faf080' }: RpcCall['params'][0]): Promise<object> {
  await vm.evm.journal.checkpoint();
  const { execResult } = await vm.evm.runCall({
    ...(to !== undefined && { to: createAddressFromString(to) }),
    data: hexToBytes(data as PrefixedHexString),
    gasLimit: BigInt(gas),
    skipBalance: true,
  });
  await vm.evm.journal.revert();
  const { exceptionError, returnValue } = execResult;
  if (!exceptionError) return { result: hexlify(returnValue) };
  return exceptionError.error === 'revert'
    ? { error: { code: 3, message: 'execution reverted', data: hexlify(returnValue) } }
    : { error: { code: -32000, message: exceptionError.error } };
}

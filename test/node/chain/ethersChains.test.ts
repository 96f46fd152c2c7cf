import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { inspect } from 'node:util';
import { concat, getCreate2Address, keccak256, toBeHex, ZeroHash } from 'ethers';
import { erc6492SignatureValidatorByteCode } from 'viem';
import { beforeEach, describe, expect, it, onTestFinished } from 'vitest';
import type { Chain } from '../../../src/protocol/chain.ts';
import { ethersChains, rpcChains, type CallProvider } from '../../../src/chains/ethersChains.ts';
import { UNIVERSAL_VALIDATOR } from '../../../src/chains/universalValidator.ts';
import { parseAddress, type Address } from '../../../src/protocol/did.ts';
import { coded, walletOf } from '../../support/builders.ts';
import { creationOf, endless, FACTORY, ownedWallet, reverting, tokens, yesSayer } from './contracts.ts';
import { startLocalChain, type LocalChain } from './localChain.ts';
import { SUFFIX, wrapped } from './wrapped.ts';

const owner = walletOf('alice');
const stranger = walletOf('bob');
const ACCOUNT = parseAddress(`0x${'ac'.repeat(20)}`);
const NOBODY = parseAddress(`0x${'ee'.repeat(20)}`);
const TEXT = 'a digest in hex, as profiles sign it';

let local: LocalChain;
let chain: Chain;
beforeEach(async () => {
  local = await startLocalChain(1);
  chain = ethersChains({ 1: local.provider }).get(1)!;
});

const byOwner = (text = TEXT): Promise<string> => owner.signMessage(text);

describe('EIP-1271, deployed contracts', () => {
  it('asks with the code of the reference validator', () => {
    expect(UNIVERSAL_VALIDATOR).toBe(erc6492SignatureValidatorByteCode);
  });

  it('believes a contract that its owner signed for, and no other signer, text or account', async () => {
    await local.put(ACCOUNT, ownedWallet(owner.address));
    expect(await chain.isSignedBy(ACCOUNT, TEXT, await byOwner())).toBe(true);
    expect(await chain.isSignedBy(ACCOUNT, TEXT, await stranger.signMessage(TEXT))).toBe(false);
    expect(await chain.isSignedBy(ACCOUNT, `${TEXT}.`, await byOwner())).toBe(false);
    expect(await chain.isSignedBy(NOBODY, TEXT, await byOwner())).toBe(false);
  });

  it.each([
    ['reverts', reverting],
    ['answers anything but the magic value', yesSayer],
    ['burns all gas', endless],
    ['has none of the functions', tokens],
  ])('KI-04 believes no contract that %s', async (_, code) => {
    await local.put(ACCOUNT, code);
    expect(await chain.isSignedBy(ACCOUNT, TEXT, await byOwner())).toBe(false);
  });

  it('takes a plain wallet for itself, but not where a contract lives', async () => {
    const address = parseAddress(owner.address);
    expect(await chain.isSignedBy(address, TEXT, await byOwner())).toBe(true);
    expect(await chain.isSignedBy(address, TEXT, await stranger.signMessage(TEXT))).toBe(false);
    await local.put(address, ownedWallet(stranger.address));
    expect(await chain.isSignedBy(address, TEXT, await byOwner())).toBe(false);
  });

  it.each(['', '0x', '0x00', 'signature', `0x${'00'.repeat(65)}`, `0x${'ff'.repeat(65)}`, `0x${'11'.repeat(5_000)}`])(
    'takes no signature that is none (%#)',
    async (signature) => {
      expect(await chain.isSignedBy(NOBODY, TEXT, signature)).toBe(false);
      await local.put(ACCOUNT, ownedWallet(owner.address));
      expect(await chain.isSignedBy(ACCOUNT, TEXT, signature)).toBe(false);
    },
  );
});

describe('EIP-6492, contracts that are not deployed yet', () => {
  const creation = creationOf(ownedWallet(owner.address));
  const account = parseAddress(getCreate2Address(FACTORY.address, ZeroHash, keccak256(creation)));
  const deploy = concat([ZeroHash, creation]);
  beforeEach(() => local.put(FACTORY.address, FACTORY.code));

  it('deploys for the answer alone, and believes the contract’s owner only', async () => {
    expect(await chain.isSignedBy(account, TEXT, wrapped(deploy, await byOwner()))).toBe(true);
    expect(await chain.isSignedBy(account, TEXT, wrapped(deploy, await stranger.signMessage(TEXT)))).toBe(false);
    expect(await chain.isSignedBy(account, `${TEXT}.`, wrapped(deploy, await byOwner()))).toBe(false);
    expect(await chain.isSignedBy(account, TEXT, await byOwner())).toBe(false);
  });

  it('KI-05 believes no wrapper that does not make that very account', async () => {
    const other = concat([ZeroHash, creationOf(ownedWallet(stranger.address))]);
    const hostile: [Address, string, string][] = [
      [account, wrapped(other, await stranger.signMessage(TEXT)), 'another contract'],
      [NOBODY, wrapped(deploy, await byOwner()), 'another address'],
      [account, wrapped('0x', await byOwner()), 'no contract'],
      [account, wrapped(concat([ZeroHash, endless]), await byOwner()), 'endless creation'],
      [account, wrapped(deploy, wrapped(deploy, await byOwner())), 'a wrapper in the wrapper'],
      [parseAddress(toBeHex(4, 20)), wrapped(deploy, await byOwner()), 'the precompile that echoes its input'],
      [account, `${await byOwner()}${SUFFIX.slice(2)}`, 'nothing that decodes'],
    ];
    for (const [address, signature, what] of hostile) {
      expect(await chain.isSignedBy(address, TEXT, signature), what).toBe(false);
    }
  });

  it('stays valid after the contract was deployed', async () => {
    await local.put(account, ownedWallet(owner.address));
    expect(await chain.isSignedBy(account, TEXT, wrapped(deploy, await byOwner()))).toBe(true);
    expect(await chain.isSignedBy(account, TEXT, await byOwner())).toBe(true);
  });
});

describe('tokens', () => {
  const huge = 2n ** 200n + 1n;
  beforeEach(() => local.put(ACCOUNT, tokens, { [owner.address]: huge, [toBeHex(7, 32)]: BigInt(owner.address) }));

  it('tells balances to the last unit, and owners', async () => {
    expect(await chain.balanceOf(ACCOUNT, parseAddress(owner.address))).toBe(huge);
    expect(await chain.balanceOf(ACCOUNT, NOBODY)).toBe(0n);
    expect(await chain.ownerOf(ACCOUNT, 7n)).toBe(owner.address);
    for (const token of [8n, 2n ** 256n - 1n, 2n ** 256n, 10n ** 78n - 1n]) {
      expect(await chain.ownerOf(ACCOUNT, token)).toBeUndefined();
    }
  });

  it('knows nothing of what is no token contract', async () => {
    await local.put(NOBODY, reverting);
    for (const contract of [NOBODY, parseAddress(`0x${'dd'.repeat(20)}`)]) {
      expect(await chain.balanceOf(contract, parseAddress(owner.address))).toBeUndefined();
      expect(await chain.ownerOf(contract, 7n)).toBeUndefined();
    }
  });
});

describe('a chain that cannot be asked', () => {
  const ask = async (over: Chain = chain): Promise<boolean> =>
    over.isSignedBy(parseAddress(owner.address), TEXT, await byOwner());

  it('KI-04 is down: nothing is believed', async () => {
    await local.goDown();
    await expect(ask()).rejects.toEqual(coded('ChainUnavailable'));
    await expect(chain.ownerOf(ACCOUNT, 1n)).rejects.toEqual(coded('ChainUnavailable'));
    await expect(chain.balanceOf(ACCOUNT, NOBODY)).rejects.toEqual(coded('ChainUnavailable'));
  });

  it('gives no answer in time: the caller is not kept waiting', async () => {
    local.fallSilent();
    const hasty = ethersChains({ 1: local.provider }, { timeoutMs: 1 }).get(1)!;
    await expect(ask(hasty)).rejects.toEqual(coded('ChainUnavailable'));
  });

  it('is another chain than it is given for', async () => {
    const other = await startLocalChain(137);
    const mistaken = ethersChains({ 1: other.provider }).get(1)!;
    await expect(ask(mistaken)).rejects.toEqual(coded('ChainUnavailable'));
    expect(await ask(ethersChains({ 137: other.provider }).get(137))).toBe(true);
  });

  it('keeps the address of a JSON-RPC server to itself, which may hold a key', async () => {
    const refusing = createServer((_, response) => response.writeHead(401).end('{}'));
    await new Promise<void>((resolve) => refusing.listen(0, '127.0.0.1', resolve));
    onTestFinished(() => void refusing.close());
    const url = `http://127.0.0.1:${(refusing.address() as AddressInfo).port}/SECRET`;
    const error: unknown = await ask(rpcChains({ 1: url }).get(1)).catch((thrown: unknown) => thrown);
    expect(error).toEqual(coded('ChainUnavailable'));
    expect(inspect(error, { depth: 9 })).toContain('401');
    expect(inspect(error, { depth: 9 })).not.toContain('SECRET');
  });

  it('recovers: what failed once is asked anew', async () => {
    const provider: CallProvider = { call: () => Promise.reject(new TypeError('fetch failed')) };
    const recovering = ethersChains({ 1: provider }).get(1)!;
    await expect(ask(recovering)).rejects.toEqual(coded('ChainUnavailable'));
    provider.call = (call) => local.provider.call(call);
    expect(await ask(recovering)).toBe(true);
  });
});

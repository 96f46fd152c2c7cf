import { concat, getCreate2Address, keccak256, toBeHex, ZeroHash, type Wallet } from 'ethers';
import { beforeEach, describe, expect, it } from 'vitest';
import { ethersChains } from '../../src/chains/ethersChains.ts';
import { createPushChat } from '../../src/client/createPushChat.ts';
import { createKeyring, type Keyring } from '../../src/client/keyring.ts';
import { memoryPins } from '../../src/client/pins/pinStore.ts';
import { sha256Hex } from '../../src/crypto/hash.ts';
import { profileKeysText } from '../../src/protocol/canonical.ts';
import type { Chains } from '../../src/protocol/chain.ts';
import { parseDid } from '../../src/protocol/did.ts';
import { withOwner } from '../../src/protocol/profileProof.ts';
import { createPushNode } from '../../src/node/createPushNode.ts';
import { routes } from '../../src/protocol/routes.ts';
import { creationOf, FACTORY, ownedWallet, reverting, tokens, yesSayer } from '../node/chain/contracts.ts';
import { startLocalChain, type LocalChain } from '../node/chain/localChain.ts';
import { wrapped } from '../node/chain/wrapped.ts';
import { didOf, text, walletOf } from '../support/builders.ts';
import { vectorUser } from '../support/vectors.ts';

const WALLET = `0x${'ac'.repeat(20)}`;
const SCW = `scw:eip155:1:${WALLET}`;
const NFT = didOf('heidi-nft');
const [, , , CONTRACT = '', TOKEN = ''] = NFT.split(':');

let local: LocalChain;
let chains: Chains;
beforeEach(async () => {
  local = await startLocalChain(1);
  chains = ethersChains({ 1: local.provider }, { timeoutMs: 500 });
});

/** A record as a node serves it, with keys that a wallet signed for an account. */
async function recordOf(did: string, signer: Wallet, wrap = (same: string): string => same): Promise<object> {
  const { creation } = vectorUser(did.startsWith('nft:') ? 'heidi-nft' : 'grace-scw');
  const keys = { ...creation, did, caip10: did };
  const signature = await signer.signMessage(sha256Hex(profileKeysText(keys)));
  const bundle = did.startsWith('nft:')
    ? withOwner(keys.encryptedPrivateKey, parseDid(signer.address))
    : keys.encryptedPrivateKey;
  return {
    did,
    wallets: did,
    publicKey: keys.publicKey,
    encryptedPrivateKey: bundle,
    verificationProof: `eip191v2:${wrap(signature)}`,
    msgSent: 0,
    maxMsgPersisted: 0,
    profile: { name: null, desc: null, picture: null, blockedUsersList: null, profileVerificationProof: null },
  };
}

const ringOf = (record: object, asks: Chains = chains, pins = memoryPins()): Keyring =>
  createKeyring({ request: () => Promise.resolve(record) }, pins, undefined, asks);

const levelOf = async (ring: Keyring, did = SCW): Promise<string | undefined> =>
  (await ring.refresh(parseDid(did)))?.key?.level;

describe('KI-04 keys of a contract wallet', () => {
  it('KI-04 are believed when the contract says so, and asked about once', async () => {
    await local.put(WALLET, ownedWallet(walletOf('alice').address));
    const ring = ringOf(await recordOf(SCW, walletOf('alice')));
    expect(await levelOf(ring)).toBe('verified');
    const asked = local.asked.length;
    expect(await levelOf(ring)).toBe('verified');
    expect(local.asked).toHaveLength(asked);
  });

  it.each<[string, string]>([
    ['signed by another', ownedWallet(walletOf('bob').address)],
    ['of a contract that reverts', reverting],
    ['of a contract that says 1, which is not the magic word', yesSayer],
  ])('KI-04 %s are not', async (_, code) => {
    await local.put(WALLET, code);
    expect(await levelOf(ringOf(await recordOf(SCW, walletOf('alice'))))).toBe('unattested');
  });

  it('KI-04 are unchecked where nobody asks the chain', async () => {
    expect(await levelOf(ringOf(await recordOf(SCW, walletOf('alice')), new Map()))).toBe('unchecked');
  });

  it('KI-04 are nobody’s while the chain is silent, down or another one, and believed once it answers', async () => {
    await local.put(WALLET, ownedWallet(walletOf('alice').address));
    const record = await recordOf(SCW, walletOf('alice'));
    const pins = memoryPins();
    const elsewhere = ethersChains({ 1: (await startLocalChain(5)).provider });
    await expect(levelOf(ringOf(record, elsewhere, pins))).rejects.toMatchObject({ code: 'ChainUnavailable' });
    const mute = await startLocalChain(1);
    mute.fallSilent();
    const patient = ethersChains({ 1: mute.provider }, { timeoutMs: 50 });
    await expect(levelOf(ringOf(record, patient, pins))).rejects.toMatchObject({ code: 'ChainUnavailable' });
    expect(await pins.get(parseDid(SCW))).toBeUndefined();
    expect(await levelOf(ringOf(record, chains, pins))).toBe('verified');
    await local.goDown();
    expect(await levelOf(ringOf(record, chains, pins))).toBe('verified');
  });
});

describe('KI-05 keys of a wallet that is not deployed yet', () => {
  const creation = creationOf(ownedWallet(walletOf('alice').address));
  const did = `scw:eip155:1:${getCreate2Address(FACTORY.address, ZeroHash, keccak256(creation))}`;
  const wrap = (signature: string): string => wrapped(concat([ZeroHash, creation]), signature);
  beforeEach(() => local.put(FACTORY.address, FACTORY.code));

  it('KI-05 are believed by EIP-6492', async () => {
    expect(await levelOf(ringOf(await recordOf(did, walletOf('alice'), wrap)), did)).toBe('verified');
    expect(await levelOf(ringOf(await recordOf(did, walletOf('bob'), wrap)), did)).toBe('unattested');
  });

  it('KI-05 are not by a wrapper in a wrapper, nor by one of a hundred kilobytes, which no chain is asked about', async () => {
    const twice = await recordOf(did, walletOf('alice'), (signature) => wrap(wrap(signature)));
    expect(await levelOf(ringOf(twice), did)).toBe('unattested');
    const asked = local.asked.length;
    const huge = await recordOf(did, walletOf('alice'), (signature) =>
      wrapped(concat([ZeroHash, creation, `0x${'00'.repeat(100_000)}`]), signature),
    );
    await expect(levelOf(ringOf(huge), did)).rejects.toMatchObject({ code: 'PayloadTooLarge' });
    expect(local.asked).toHaveLength(asked);
  });
});

it('KI-04 keys of an NFT are those of whoever owns it now', async () => {
  const give = (owner: Wallet): Promise<void> =>
    local.put(CONTRACT, tokens, { [toBeHex(TOKEN, 32)]: BigInt(owner.address) });
  const record = await recordOf(NFT, walletOf('alice'));
  await give(walletOf('bob'));
  expect(await levelOf(ringOf(record), NFT)).toBe('unattested');
  await give(walletOf('alice'));
  expect(await levelOf(ringOf(record), NFT)).toBe('verified');
});

it('KI-04 a message to a contract wallet is encrypted where its chain is asked, and not sent where it is not', async () => {
  await local.put(WALLET, ownedWallet(walletOf('alice').address));
  const node = createPushNode({ chains });
  const { creation } = vectorUser('grace-scw');
  const { wallets: _, ...keys } = (await recordOf(SCW, walletOf('alice'))) as Record<string, unknown>;
  const { method, path } = routes.createUser();
  const body = JSON.stringify({ ...creation, ...keys, caip10: SCW });
  expect((await node.fetch(new Request(`http://node.test${path}`, { method, body }))).status).toBe(201);

  const clients = [{ chains }, {}].map((config) => createPushChat({ signer: walletOf('bob'), node, ...config }));
  const [asks, doesNot] = clients as [(typeof clients)[0], (typeof clients)[0]];
  await asks.unlock();
  await asks.sendMessage(SCW, text('Hello, contract'));
  const thread = asks.store.get().threads[parseDid(SCW)];
  expect(thread).toMatchObject({ peerKey: 'verified', items: [{ encrypted: true, state: 'verified' }] });
  await doesNot.unlock();
  await expect(doesNot.sendMessage(SCW, text('Hello?'))).rejects.toMatchObject({ code: 'KeyUnattested' });
  expect(doesNot.store.get().threads[parseDid(SCW)]).toMatchObject({ peerKey: 'unchecked' });
  for (const client of clients) client.close();
});

import { toBeHex, ZeroHash, concat, getCreate2Address, keccak256, type Wallet } from 'ethers';
import { beforeEach, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../../src/crypto/hash.ts';
import { generateKeyPair } from '../../../src/crypto/pgp.ts';
import { ethersChains } from '../../../src/chains/ethersChains.ts';
import { legacyProfileKeysText, profileKeysText } from '../../../src/protocol/canonical.ts';
import { ownerIn, withoutOwner } from '../../../src/protocol/profileProof.ts';
import type { UserCreation } from '../../../src/protocol/payload.ts';
import { formatPublicKey } from '../../../src/protocol/publicKey.ts';
import { routes } from '../../../src/protocol/routes.ts';
import { didOf, NOW, walletOf } from '../../support/builders.ts';
import { vectorUser } from '../../support/vectors.ts';
import { createNodeWorld, type Answer, type NodeWorld } from '../nodeWorld.ts';
import { creationOf, FACTORY, ownedWallet, reverting, tokens } from './contracts.ts';
import { startLocalChain, type LocalChain } from './localChain.ts';
import { wrapped } from './wrapped.ts';

const WALLET = `0x${'ac'.repeat(20)}`;
const SCW = `scw:eip155:1:${WALLET}`;
const NFT = didOf('heidi-nft');
const [, , , CONTRACT = '', TOKEN = ''] = NFT.split(':');

let local: LocalChain;
let world: NodeWorld;
beforeEach(async () => {
  local = await startLocalChain(1);
  world = createNodeWorld(undefined, { chains: ethersChains({ 1: local.provider }) });
});

const giveToken = (owner: Wallet): Promise<void> =>
  local.put(CONTRACT, tokens, { [toBeHex(TOKEN, 32)]: BigInt(owner.address) });

const create = (body: unknown): Promise<Answer> => world.call(routes.createUser(), body);
const update = ({ caip10, publicKey, encryptedPrivateKey, verificationProof }: UserCreation): Promise<Answer> =>
  world.call(routes.updateKeys(caip10), { caip10, publicKey, encryptedPrivateKey, verificationProof });
const find = async (did: string): Promise<unknown> => (await world.call(routes.user(did))).body;
const refusal = ({ status, body }: Answer): unknown[] => [status, body?.details?.code];

type Change = Partial<UserCreation> & { readonly wrap?: (signature: string) => string };

/** Keys of the contract wallet's vector user for another account, signed by a wallet. */
async function keysFor(
  did: string,
  signer: Wallet,
  { wrap = (same) => same, ...keys }: Change = {},
): Promise<UserCreation> {
  const { creation } = vectorUser(did.startsWith('nft:') ? 'heidi-nft' : 'grace-scw');
  const body = { ...creation, ...keys, did, caip10: did };
  const signature = await signer.signMessage(sha256Hex(profileKeysText(body)));
  return { ...body, verificationProof: `eip191v2:${wrap(signature)}` };
}

describe('contract wallets', () => {
  it('a deployed one is taken with its owner’s signature, and refused with a stranger’s', async () => {
    await local.put(WALLET, ownedWallet(walletOf('alice').address));
    expect(refusal(await create(await keysFor(SCW, walletOf('bob'))))).toEqual([403, 'KeyUnattested']);
    expect(await find(SCW)).toBeNull();
    const keys = await keysFor(SCW, walletOf('alice'));
    expect((await create(keys)).status).toBe(201);
    expect(await find(SCW)).toMatchObject({ did: SCW, publicKey: keys.publicKey });
  });

  it('one that is not deployed yet is taken with an EIP-6492 signature', async () => {
    const creation = creationOf(ownedWallet(walletOf('alice').address));
    await local.put(FACTORY.address, FACTORY.code);
    const did = `scw:eip155:1:${getCreate2Address(FACTORY.address, ZeroHash, keccak256(creation))}`;
    const wrap = (signature: string): string => wrapped(concat([ZeroHash, creation]), signature);
    expect(refusal(await create(await keysFor(did, walletOf('bob'), { wrap })))).toEqual([403, 'KeyUnattested']);
    expect((await create(await keysFor(did, walletOf('alice'), { wrap }))).status).toBe(201);
    expect((await update(await keysFor(did, walletOf('alice'), { wrap }))).status).toBe(200);
  });

  it('takes the official client’s contract account', async () => {
    expect((await create(vectorUser('grace-scw').creation)).status).toBe(201);
  });

  it('ND-03 refuses what nobody could check', async () => {
    await local.put(WALLET, ownedWallet(walletOf('alice').address));
    const keys = await keysFor(SCW, walletOf('alice'));
    const elsewhere = SCW.replace(':1:', ':137:');
    const legacy = sha256Hex(legacyProfileKeysText(keys, { caip10: SCW, encryptionType: 'pgpv1:scw', name: '' }));
    const refused = [
      await keysFor(elsewhere, walletOf('alice')),
      { ...keys, verificationProof: `eip191:${await walletOf('alice').signMessage(legacy)}` },
      { ...keys, verificationProof: keys.verificationProof?.replace('eip191v2', 'eip712v2') },
      { ...keys, verificationProof: 'a:xyz' },
      { ...keys, publicKey: vectorUser('bob').creation.publicKey },
    ];
    for (const body of refused) expect(refusal(await create(body))).toEqual([403, 'KeyUnattested']);
    for (const did of [SCW, elsewhere]) expect(await find(did)).toBeNull();
  });

  it('changes keys for its wallet alone, which may have another owner by then', async () => {
    await local.put(WALLET, ownedWallet(walletOf('alice').address));
    await create(await keysFor(SCW, walletOf('alice')));
    const next = { publicKey: formatPublicKey((await generateKeyPair(NOW, 'curve25519')).publicKey) };
    expect(refusal(await update(await keysFor(SCW, walletOf('bob'), next)))).toEqual([403, 'KeyUnattested']);
    await local.put(WALLET, ownedWallet(walletOf('bob').address));
    expect((await update(await keysFor(SCW, walletOf('bob'), next))).status).toBe(200);
    expect(await find(SCW)).toMatchObject(next);
  });

  it('KI-04 stores nothing while the chain does not answer, and everything once it does', async () => {
    await local.put(WALLET, reverting);
    const keys = await keysFor(SCW, walletOf('alice'));
    expect(refusal(await create(keys))).toEqual([403, 'KeyUnattested']);
    await local.goDown();
    expect(refusal(await create(keys))).toEqual([503, 'ChainUnavailable']);
    expect(await find(SCW)).toBeNull();
  });
});

describe('NFT accounts', () => {
  it('are their owner’s; the served bundle names the owner, and without it is what was signed', async () => {
    await giveToken(walletOf('heidi-nft'));
    const { creation } = vectorUser('heidi-nft');
    expect((await create(creation)).status).toBe(201);
    const { encryptedPrivateKey } = (await find(NFT)) as UserCreation;
    expect(ownerIn(encryptedPrivateKey)).toBe(`eip155:${walletOf('heidi-nft').address}`);
    expect(withoutOwner(encryptedPrivateKey)).toBe(creation.encryptedPrivateKey);
  });

  it('ND-03 are nobody else’s: of strangers, of tokens that are not, of bundles with an owner of their own', async () => {
    const keys = await keysFor(NFT, walletOf('alice'));
    expect(refusal(await create(keys))).toEqual([403, 'KeyUnattested']);
    await giveToken(walletOf('bob'));
    expect(refusal(await create(keys))).toEqual([403, 'KeyUnattested']);
    await giveToken(walletOf('alice'));
    const { encryptedPrivateKey } = keys;
    const owned = JSON.stringify({ ...(JSON.parse(encryptedPrivateKey) as object), owner: walletOf('bob').address });
    for (const bundle of [owned, encryptedPrivateKey.replace(',', ', ')]) {
      expect((await create(await keysFor(NFT, walletOf('alice'), { encryptedPrivateKey: bundle }))).status).toBe(400);
    }
    expect(await find(NFT)).toBeNull();
    expect((await create(keys)).status).toBe(201);
  });

  it('stay with their owner when the token is sold: the next one makes a new account', async () => {
    await giveToken(walletOf('alice'));
    await create(await keysFor(NFT, walletOf('alice')));
    await giveToken(walletOf('bob'));
    const next = { publicKey: vectorUser('bob').creation.publicKey };
    for (const name of ['alice', 'bob']) {
      expect(refusal(await update(await keysFor(NFT, walletOf(name), next)))).toEqual([403, 'KeyUnattested']);
    }
    const later = NFT.replace(/\d{10}$/, '1800000000');
    expect((await create(await keysFor(later, walletOf('bob'), next))).status).toBe(201);
    expect(await find(NFT)).not.toMatchObject(next);
  });
});

it.each(['grace-scw', 'heidi-nft'])('ND-03 a node that asks no chain refuses %s and says so', async (name) => {
  world = createNodeWorld();
  const answer = await create(vectorUser(name).creation);
  expect(refusal(answer)).toEqual([403, 'KeyUnattested']);
  expect(answer.body.message).toContain('asks no chain 1');
  expect(await find(didOf(name))).toBeNull();
});

import { Wallet } from 'ethers';
import { generateKey } from 'openpgp';
import { beforeEach, describe, expect, it } from 'vitest';
import { sha256Hex } from '../../src/crypto/hash.ts';
import { profileKeysText } from '../../src/protocol/canonical.ts';
import { parseUser } from '../../src/protocol/parseAnswer.ts';
import type { UserCreation } from '../../src/protocol/payload.ts';
import { verifyProfileProof } from '../../src/protocol/profileProof.ts';
import { formatPublicKey } from '../../src/protocol/publicKey.ts';
import { routes } from '../../src/protocol/routes.ts';
import { didOf, NOW } from '../support/builders.ts';
import { vectorUser, vectorUsers } from '../support/vectors.ts';
import profiles from '../vectors/d_profile.json' with { type: 'json' };
import users from '../vectors/a_users.json' with { type: 'json' };
import { createNodeWorld, profile, type Answer, type NodeWorld } from './nodeWorld.ts';

let world: NodeWorld;
beforeEach(() => {
  world = createNodeWorld();
});

const create = (body: unknown): Promise<Answer> => world.call(routes.createUser(), body);
const find = async (did: string): Promise<unknown> => (await world.call(routes.user(did))).body;
/** Contract and NFT accounts are in `chain/contractAccounts.test.ts`. */
const wallets = vectorUsers.filter(({ did }) => did.startsWith('eip155:'));
const refusal = ({ status, body }: Answer): unknown[] => [status, body?.details?.code];
const blank = (did: string): object => ({
  caip10: did,
  did,
  publicKey: '',
  encryptedPrivateKey: '',
  signature: 'xyz',
  sigType: 'a',
});

/** The same keys, attested anew by the wallet under another spelling of the account. */
async function spelledAs(name: string, did: string, keys: Partial<UserCreation> = {}): Promise<UserCreation> {
  const { creation, walletPrivateKey } = vectorUser(name);
  const body = { ...creation, ...keys, did, caip10: did };
  const signature = await new Wallet(walletPrivateKey).signMessage(sha256Hex(profileKeysText(body)));
  return { ...body, verificationProof: `eip191v2:${signature}` };
}

describe('creating an account', () => {
  it.each(wallets.map(({ name, creation }) => [name, creation] as const))(
    'takes the official client’s profile of %s, and serves it so that its proof can be checked',
    async (_, creation) => {
      expect(await find(creation.did)).toBeNull();
      const { status, body } = await create(creation);
      expect(status).toBe(201);
      const { caip10: wallets, origin = null, ...rest } = creation;
      expect(body).toMatchObject({ ...rest, wallets, origin });
      expect(body.profile).toMatchObject({
        name: null,
        desc: null,
        picture: expect.stringMatching(/^data:image\/png;base64,iVBOR/),
      });
      expect(verifyProfileProof(parseUser(await find(creation.did)))).toBe('verified');
    },
  );

  it('never touches keys that are there; a blank record is filled, and made any number of times', async () => {
    const { did, creation } = vectorUser('alice');
    expect(await create(blank(did))).toEqual(await create(blank(did)));
    expect(await find(did)).toMatchObject({ publicKey: '', encryptedPrivateKey: '', verificationProof: null });
    expect((await create(creation)).body).toMatchObject({ publicKey: creation.publicKey });
    const other = await spelledAs('alice', did, { publicKey: vectorUser('bob').creation.publicKey });
    for (const body of [blank(did), other]) {
      expect((await create(body)).body).toMatchObject({
        publicKey: creation.publicKey,
        verificationProof: creation.verificationProof,
      });
    }
  });

  it('ND-03 takes no keys that the account’s wallet did not sign', async () => {
    const alice = vectorUser('alice').creation;
    const bob = vectorUser('bob').creation;
    const forgeries = [
      { ...alice, publicKey: bob.publicKey },
      { ...alice, encryptedPrivateKey: bob.encryptedPrivateKey },
      { ...alice, did: bob.did, caip10: bob.did },
      { ...alice, verificationProof: bob.verificationProof },
      { ...alice, verificationProof: 'eip191v2:0x00' },
      { ...alice, verificationProof: 'a:xyz' },
    ];
    for (const body of forgeries) expect(refusal(await create(body))).toEqual([403, 'KeyUnattested']);
    const { verificationProof: _, ...unsigned } = alice;
    expect(refusal(await create(unsigned))).toEqual([403, 'ProofMissing']);
    for (const { did } of [alice, bob]) expect(await find(did)).toBeNull();
  });

  it('takes no keys that are none', async () => {
    const { did, privateKeyArmored } = vectorUser('alice');
    const signing = await generateKey({
      ...{ type: 'ecc', curve: 'curve25519Legacy', userIDs: [{ name: '' }], format: 'armored' },
      subkeys: [{ sign: true }],
    });
    const bad = [
      { publicKey: 'key' },
      { publicKey: privateKeyArmored },
      // Nobody could write to it, nor to a group that it is in.
      { publicKey: formatPublicKey(signing.publicKey) },
      { encryptedPrivateKey: '{}' },
      { encryptedPrivateKey: 'x' },
    ];
    for (const keys of bad) expect((await create(await spelledAs('alice', did, keys))).status).toBe(400);
    expect((await create({ ...blank(did), encryptedPrivateKey: '{}' })).status).toBe(400);
    expect((await create({ ...blank(did), caip10: didOf('bob') })).status).toBe(400);
    expect(await find(did)).toBeNull();
  });

  it('ND-08 is one account in every spelling of its address', async () => {
    const { did, creation } = vectorUser('alice');
    const digits = did.slice('eip155:0x'.length);
    const spellings = [
      did.toLowerCase(),
      `eip155:0x${digits.toUpperCase()}`,
      `eip155:1:0x${digits}`,
      `eip155:137:0x${digits.toLowerCase()}`,
    ];
    await create(blank(did.toLowerCase()));
    await create(creation);
    for (const spelled of spellings) {
      expect(await find(spelled)).toEqual(await find(did));
      expect((await create(blank(spelled))).body).toMatchObject({ did, publicKey: creation.publicKey });
      expect((await create(await spelledAs('alice', spelled))).body).toMatchObject({ did });
    }
    const { body } = await world.call(routes.users(), { userIds: [did, didOf('bob')] });
    expect(body).toMatchObject({ users: [{ did }], countFound: 1, countNotFound: 1 });
    expect((await world.call(routes.users(), { userIds: [did, did.toLowerCase()] })).status).toBe(400);
  });

  it('ND-08 an account that was made in lower case keeps a proof that can be checked', async () => {
    const did = didOf('alice').toLowerCase();
    await create(await spelledAs('alice', did));
    expect(verifyProfileProof(parseUser(await find(didOf('alice'))))).toBe('verified');
  });

  it('ND-09 refuses what only looks like an address', async () => {
    const digits = didOf('alice').slice('eip155:0x'.length);
    for (const did of [`eip155:0х${digits}`, `eip155:0x${digits.replace('3', '３')}`, 'alice.eth', '', '0x']) {
      expect((await create(blank(did))).status).toBe(400);
      expect((await world.call(routes.user(encodeURIComponent(did)))).status).toBe(400);
      expect((await world.call(routes.users(), { userIds: [did] })).status).toBe(400);
    }
  });

  it('answers batches of at most a hundred', async () => {
    const userIds = Array.from({ length: 101 }, (_, i) => `eip155:0x${String(i).padStart(40, '0')}`);
    expect((await world.call(routes.users(), { userIds })).status).toBe(413);
    expect((await world.call(routes.users(), { userIds: userIds.slice(1) })).body).toMatchObject({
      countNotFound: 100,
    });
  });
});

describe('updating keys', () => {
  const update = (
    did: string,
    { caip10, publicKey, encryptedPrivateKey, verificationProof }: UserCreation,
  ): Promise<Answer> =>
    world.call(routes.updateKeys(did), { caip10, publicKey, encryptedPrivateKey, verificationProof });

  it('takes the official client’s update', async () => {
    const { request } = users.users.find(({ name }) => name === 'dave-auth-update') ?? {};
    await world.join('dave');
    const { status, body } = await world.call({ method: 'PUT', path: request?.path ?? '' }, request?.body);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      publicKey: request?.body.publicKey,
      encryptedPrivateKey: request?.body.encryptedPrivateKey,
    });
    expect(verifyProfileProof(parseUser(body))).toBe('verified');
  });

  it('KI-08 takes no keys that were made before those that it has', async () => {
    await world.join('alice');
    const { did } = vectorUser('alice');
    const made = async (date: Date): Promise<UserCreation> => {
      const { publicKey } = await generateKey({
        ...{ type: 'ecc', curve: 'curve25519Legacy', userIDs: [{ name: '' }], format: 'armored', date },
      });
      return spelledAs('alice', did, { publicKey: formatPublicKey(publicKey) });
    };
    expect(refusal(await update(did, await made(new Date('2020-01-01'))))).toEqual([409, 'KeyRollback']);
    expect((await update(did, await made(NOW))).status).toBe(200);
  });

  it('ND-03 takes no keys without the wallet’s proof, nor for somebody else, nor for nobody', async () => {
    await world.join('alice', 'bob');
    const [alice, bob] = [vectorUser('alice'), vectorUser('bob')];
    expect(refusal(await update(alice.did, { ...alice.creation, publicKey: bob.creation.publicKey }))).toEqual([
      403,
      'KeyUnattested',
    ]);
    expect(refusal(await update(alice.did, { ...bob.creation, caip10: alice.did }))).toEqual([403, 'KeyUnattested']);
    expect(refusal(await update(alice.did, bob.creation))).toEqual([403, 'SenderMismatch']);
    expect(refusal(await update(didOf('carol'), vectorUser('carol').creation))).toEqual([400, 'KeyNotFound']);
    expect(await find(alice.did)).toMatchObject({ publicKey: alice.creation.publicKey });
  });

  it('brings no old keys back by their old proof', async () => {
    await world.join('alice');
    const { did, creation } = vectorUser('alice');
    const next = await spelledAs('alice', did, { encryptedPrivateKey: vectorUser('bob').creation.encryptedPrivateKey });
    expect((await update(did, next)).status).toBe(200);
    expect((await update(did, next)).status).toBe(200);
    expect(refusal(await update(did, creation))).toEqual([409, 'ReplayDetected']);
    expect(await find(did)).toMatchObject({ encryptedPrivateKey: next.encryptedPrivateKey });
  });
});

describe('updating a profile', () => {
  const update = (name: string, body: unknown): Promise<Answer> => world.call(routes.updateProfile(didOf(name)), body);
  const blockedOf = async (name: string): Promise<unknown> =>
    ((await find(didOf(name))) as { profile: { blockedUsersList: unknown } }).profile.blockedUsersList;

  beforeEach(() => world.join('alice', 'bob', 'carol'));

  it('takes the official client’s updates in their order, two of them signed alike within one second', async () => {
    for (const { request } of profiles.requests) {
      const { status, body } = await world.call({ method: 'PUT', path: request.path }, request.body);
      expect(status).toBe(201);
      const { verificationProof, ...fields } = request.body;
      expect(body.profile).toEqual({ ...fields, profileVerificationProof: verificationProof });
      world.clock.time += 100;
    }
  });

  it('GR-08 stores the block list as it is signed: one taken off leaves the others', async () => {
    const [bob, carol, dave] = ['bob', 'carol', 'dave'].map(didOf);
    await update('alice', await profile('alice', [bob ?? '', carol ?? '', dave ?? '']));
    await update('alice', await profile('alice', [bob ?? '', dave ?? ''], 'Alice'));
    expect(await blockedOf('alice')).toEqual([bob, dave]);
    await world.block('alice');
    expect(await blockedOf('alice')).toEqual([]);
  });

  it('refuses block lists with strangers to the grammar, or with one account twice', async () => {
    const bob = didOf('bob');
    for (const list of [
      ['bob.eth'],
      [bob, bob],
      [bob, bob.toLowerCase()],
      [bob, bob.replace('eip155:', 'eip155:1:')],
    ]) {
      expect((await update('alice', await profile('alice', list))).status).toBe(400);
    }
    expect(await blockedOf('alice')).toEqual([]);
  });

  it('ND-03 refuses a profile that its owner did not sign', async () => {
    const forgeries = [
      await profile('alice', [], 'Mallory', 'bob'),
      { ...(await profile('alice', [], 'Alice')), name: 'Mallory' },
      { ...(await profile('alice', [didOf('bob')])), blockedUsersList: [] },
    ];
    for (const body of forgeries) expect(refusal(await update('alice', body))).toEqual([403, 'ProofInvalid']);
    expect(refusal(await update('dave', await profile('dave', [])))).toEqual([400, 'KeyNotFound']);
  });

  it('GR-09 brings no old profile back by its old proof', async () => {
    const first = await profile('alice', [didOf('bob')], 'first');
    const second = await profile('alice', [], 'second');
    await update('alice', first);
    expect((await update('alice', first)).status).toBe(201);
    world.clock.time += 10_000;
    await update('alice', second);
    expect(refusal(await update('alice', first))).toEqual([409, 'ReplayDetected']);
    expect(await find(didOf('alice'))).toMatchObject({ profile: { name: 'second', blockedUsersList: [] } });
  });
});

import { TypedDataEncoder, type Wallet } from 'ethers';
import { describe, expect, it } from 'vitest';
import { sha256Hex } from '../../src/crypto/hash.ts';
import { DATA_TYPES } from '../../src/crypto/dataTypes.ts';
import { verifyProfileProof, type AttestedUser } from '../../src/protocol/profileProof.ts';
import { armoredKey, formatPublicKey, recoverWrapperSigner } from '../../src/protocol/publicKey.ts';
import { walletOf } from '../support/builders.ts';
import { vectorUser, vectorUsers } from '../support/vectors.ts';

const alice = walletOf('alice');
const { did, publicKey, encryptedPrivateKey } = vectorUser('alice').creation;
const [V3, V2] = ['eip191-aes256-gcm-hkdf-sha256', 'aes256GcmHkdfSha256'];
const NO_CONTRACT = `0x${'0'.repeat(40)}`;

type Unsigned = Omit<AttestedUser, 'verificationProof'>;
const profile: Unsigned = { did, wallets: did, publicKey, encryptedPrivateKey, profile: { name: 'Alice' } };
const frank = vectorUser('frank').creation;
const oldProfile: Unsigned = { ...profile, encryptedPrivateKey: frank.encryptedPrivateKey };

// Written after protocol 2.5, apart from the code under test.
const fourFields = ({ wallets, did, publicKey, encryptedPrivateKey }: Unsigned): string =>
  sha256Hex(JSON.stringify({ caip10: wallets, did, publicKey, encryptedPrivateKey }));

function eightFields(user: Unsigned, encryptionType: string | undefined, name: string | null): string {
  const { wallets: caip10, did, publicKey, encryptedPrivateKey } = user;
  const fields = { caip10, did, publicKey, encryptedPrivateKey, encryptionType, name };
  return sha256Hex(JSON.stringify({ ...fields, encryptedPassword: null, nftOwner: null }));
}

const typed = (domain: Record<string, unknown>, data: string, wallet = alice): string =>
  wallet.signingKey.sign(TypedDataEncoder.hash(domain, DATA_TYPES, { data })).serialized;

/** Every proof that was ever published, by prefix and text. */
const proofs: Record<string, (user: Unsigned, wallet: Wallet) => string> = {
  'eip191v2 over four fields': (user, wallet) => `eip191v2:${wallet.signMessageSync(fourFields(user))}`,
  'eip191 over eight fields, no name': (user, wallet) => `eip191:${wallet.signMessageSync(eightFields(user, V2, ''))}`,
  'eip191 over eight fields, name null': (user, wallet) =>
    `eip191:${wallet.signMessageSync(eightFields(user, V2, null))}`,
  'eip191 over eight fields, with name': (user, wallet) =>
    `eip191:${wallet.signMessageSync(eightFields(user, V2, 'Alice'))}`,
  'eip712v2 without domain': (user, wallet) => `eip712v2:${typed({}, eightFields(user, V2, ''), wallet)}`,
  'eip712v2 of PUSH CHAT ID on chain 137': (user, wallet) =>
    `eip712v2:137:${typed({ name: 'PUSH CHAT ID', chainId: 137, verifyingContract: NO_CONTRACT }, eightFields(user, V2, ''), wallet)}`,
  'eip712v2 of EPNS COMM V1 on chain 5': (user, wallet) =>
    `eip712v2:5:${typed({ name: 'EPNS COMM V1', chainId: 5, verifyingContract: NO_CONTRACT }, eightFields(user, V2, null), wallet)}`,
};

describe('a wallet vouches for its keys', () => {
  it.each(Object.entries(proofs))('%s is verified', (_, prove) => {
    expect(verifyProfileProof({ ...oldProfile, verificationProof: prove(oldProfile, alice) })).toBe('verified');
  });

  it.each(Object.entries(proofs))('KI-03 %s by another wallet is unattested', (_, prove) => {
    const verificationProof = prove(oldProfile, walletOf('bob'));
    expect(verifyProfileProof({ ...oldProfile, verificationProof })).toBe('unattested');
  });

  it.each(Object.entries(proofs))('KI-01 %s with a substituted key is unattested', (_, prove) => {
    const verificationProof = prove(oldProfile, alice);
    for (const substituted of [
      vectorUser('bob').creation.publicKey,
      vectorUser('bob').publicKey,
      armoredKey(publicKey),
      '',
    ]) {
      expect(verifyProfileProof({ ...oldProfile, publicKey: substituted, verificationProof })).toBe('unattested');
    }
  });

  it.each(Object.entries(proofs))(
    'KI-03 %s with other keys, another account or other wallets is unattested',
    (_, prove) => {
      const verificationProof = prove(oldProfile, alice);
      const bob = vectorUser('bob').creation;
      const changes: Partial<AttestedUser>[] = [
        { encryptedPrivateKey: vectorUser('dave').creation.encryptedPrivateKey },
        { encryptedPrivateKey: '' },
        { wallets: bob.caip10 },
        { did: bob.did },
        { did: bob.did, wallets: bob.caip10 },
        { did: did.toLowerCase() },
      ];
      for (const change of changes) {
        expect(verifyProfileProof({ ...oldProfile, verificationProof, ...change })).toBe('unattested');
      }
    },
  );

  it.each(['eip191v2', 'eip191', 'eip712v2'])('KI-01 a damaged %s proof is unattested', (scheme) => {
    const right = alice.signMessageSync(fourFields(profile));
    for (const signature of [
      '',
      ':',
      'junk',
      '0x',
      `0x${'0'.repeat(130)}`,
      right.slice(0, -2),
      `${right}00`,
      `x:${right}`,
      `-1:${right}`,
    ]) {
      const verificationProof = `${scheme}:${signature}`;
      expect(verifyProfileProof({ ...profile, verificationProof })).toBe('unattested');
    }
  });

  it('KI-03 a signature of one scheme under the prefix of another is unattested', () => {
    const four = alice.signMessageSync(fourFields(profile));
    const eight = alice.signMessageSync(eightFields(profile, V3, ''));
    expect(verifyProfileProof({ ...profile, verificationProof: `eip191v2:${four}` })).toBe('verified');
    expect(verifyProfileProof({ ...profile, verificationProof: `eip191:${eight}` })).toBe('verified');
    for (const verificationProof of [`eip191:${four}`, `eip712v2:${four}`, `eip191v2:${eight}`, `eip712v2:${eight}`]) {
      expect(verifyProfileProof({ ...profile, verificationProof })).toBe('unattested');
    }
  });

  it('an eip712v2 signature for one chain is none for another', () => {
    const domain = { name: 'PUSH CHAT ID', chainId: 137, verifyingContract: NO_CONTRACT };
    const signature = typed(domain, eightFields(profile, V3, ''));
    expect(verifyProfileProof({ ...profile, verificationProof: `eip712v2:137:${signature}` })).toBe('verified');
    for (const chain of ['1:', '138:', '', 'x:', '1e400:']) {
      expect(verifyProfileProof({ ...profile, verificationProof: `eip712v2:${chain}${signature}` })).toBe('unattested');
    }
  });
});

describe('KI-02 profiles that no proof can be checked of', () => {
  const vague = [null, '', ':', 'DEPRECATED', 'a:xyz', 'xyz', 'pgp:x', 'EIP191V2:0x', 'eip191v3:0x', ' eip191v2:0x'];
  const inherited = ['constructor:x', 'toString:x', '__proto__:x', 'hasOwnProperty:x', 'valueOf:x'];

  it.each([...vague, ...inherited])(
    'KI-02 the proof %j makes keys `signed`, never `verified`, and never throws',
    (verificationProof) => {
      expect(verifyProfileProof({ ...profile, verificationProof })).toBe('signed');
    },
  );

  it('KI-02 a right signature does not help an unknown prefix', () => {
    const signature = alice.signMessageSync(fourFields(profile));
    for (const prefix of ['eip191v22', 'eip191V2', '']) {
      expect(verifyProfileProof({ ...profile, verificationProof: `${prefix}:${signature}` })).toBe('signed');
    }
  });

  it('contracts and NFT accounts are unattested by any wallet’s signature', () => {
    const address = alice.address;
    for (const account of [`scw:eip155:1:${address}`, `nft:eip155:1:${address}:1:1700000000`]) {
      const theirs = { ...profile, did: account, wallets: account };
      const verificationProof = `eip191v2:${alice.signMessageSync(fourFields(theirs))}`;
      expect(verifyProfileProof({ ...theirs, verificationProof })).toBe('unattested');
      expect(verifyProfileProof({ ...theirs, verificationProof: null })).toBe('unattested');
    }
  });

  it('each wallet of the vectors is verified by its own proof and by nobody else’s', () => {
    const wallets = vectorUsers.filter(({ did }) => did.startsWith('eip155:'));
    for (const { creation } of wallets) {
      for (const other of wallets) {
        const verificationProof = other.creation.verificationProof ?? null;
        const level = verifyProfileProof({ ...creation, wallets: creation.caip10, verificationProof });
        expect(level).toBe(creation === other.creation ? 'verified' : 'unattested');
      }
    }
  });
});

describe('the key wrapper', () => {
  const armored = vectorUser('alice').publicKey;
  const wrap = (key: string, wallet: Wallet): string => {
    const text = `Create Push Profile \n${sha256Hex(JSON.stringify(key))}`;
    return JSON.stringify({ key, signature: `eip191:${wallet.signMessageSync(text)}` });
  };

  it('holds a key in either form', () => {
    expect(armoredKey(formatPublicKey(armored))).toBe(armored);
    expect(armoredKey(armored)).toBe(armored);
    for (const odd of ['{', '{}', '{"key":1}', '{"key":null}', '[]', 'null', '']) expect(armoredKey(odd)).toBe(odd);
  });

  it('signed by the account’s wallet, it attests its key', () => {
    const wrapper = wrap(armored, alice);
    expect(recoverWrapperSigner(wrapper)).toBe(alice.address.toLowerCase());
    expect(verifyProfileProof({ ...profile, publicKey: wrapper, verificationProof: null })).toBe('verified');
  });

  it('KI-01 signed by another wallet, for another key, or not at all, it attests nothing', () => {
    const otherKey = JSON.stringify({
      ...(JSON.parse(wrap(armored, alice)) as object),
      key: vectorUser('bob').publicKey,
    });
    const odd = [
      wrap(armored, walletOf('bob')),
      otherKey,
      formatPublicKey(armored),
      armored,
      '{"key":"x","signature":1}',
    ];
    for (const wrapper of [...odd, wrap(armored, alice).replace('eip191:', 'eip712:')]) {
      expect(recoverWrapperSigner(wrapper)).not.toBe(alice.address.toLowerCase());
      expect(verifyProfileProof({ ...profile, publicKey: wrapper, verificationProof: null })).toBe('signed');
    }
  });
});

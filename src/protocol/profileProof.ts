import { sha256Hex } from '../crypto/hash.ts';
import { recoverMessage, recoverTypedData } from '../crypto/walletSignature.ts';
import { legacyProfileKeysText, profileKeysText } from './canonical.ts';
import { addressOf, parseDid, type Did } from './did.ts';
import type { WireUser } from './payload.ts';
import { recoverWrapperSigner } from './publicKey.ts';
import { parseProof } from './verificationProof.ts';

/**
 * How far a profile's keys can be trusted.
 * - `verified`: the account's wallet signed over these very keys.
 * - `signed`: a legacy profile without a checkable proof; its signatures hold together, but no wallet vouches for it.
 * - `unattested`: there is a proof and it is wrong, or no externally owned account could have made it.
 * - `unchecked`: only a chain could tell, and this one is not asked.
 */
export type KeyLevel = 'verified' | 'signed' | 'unattested' | 'unchecked';

/** How a wallet vouched: `eip191:key` is the signature of 2022 over the public key alone. */
export type AttestationScheme = 'eip191v2' | 'eip191' | 'eip712v2' | 'eip191:key';

export interface Attestation {
  readonly level: KeyLevel;
  /** Null unless the level is `verified`. */
  readonly scheme: AttestationScheme | null;
}

export type AttestedUser = Pick<
  WireUser,
  'did' | 'wallets' | 'publicKey' | 'encryptedPrivateKey' | 'verificationProof'
> & {
  readonly profile?: { readonly name: string | null };
};

/** Checks a profile's wallet proof in each form of protocol 2.5, and that of the key alone as of 2022 (2.4). */
export function verifyAttestation(user: AttestedUser): Attestation {
  const owner = ownerOf(user);
  if (owner !== undefined && recoverWrapperSigner(user.publicKey) === owner) {
    return { level: 'verified', scheme: 'eip191:key' };
  }
  const level = verifyKeysProof(user);
  const scheme = level === 'verified' ? (parseProof(user.verificationProof ?? '')?.scheme as AttestationScheme) : null;
  return { level, scheme };
}

/** The level of {@link verifyAttestation} alone. */
export const verifyProfileProof = (user: AttestedUser): KeyLevel => verifyAttestation(user).level;

/** Checks the proof that covers all of a profile's keys: the only one by which they may be changed. */
export function verifyKeysProof(user: AttestedUser): KeyLevel {
  const owner = ownerOf(user);
  if (owner === undefined) return 'unattested';
  const proof = parseProof(user.verificationProof ?? '');
  const signers = proof && SIGNERS.get(proof.scheme);
  if (!signers) return 'signed';
  return signers(user, proof.signature).includes(owner) ? 'verified' : 'unattested';
}

/**
 * What a contract wallet, or an NFT's owner, has to have signed over a profile's keys. Only the current scheme counts:
 * older ones were never checked on a chain (protocol 2.5, 9).
 */
export function chainKeysProof(user: AttestedUser): { text: string; signature: string } | undefined {
  const proof = parseProof(user.verificationProof ?? '');
  if (proof?.scheme !== 'eip191v2') return undefined;
  const { did, wallets, publicKey } = user;
  const encryptedPrivateKey = did.startsWith('nft:')
    ? withoutOwner(user.encryptedPrivateKey)
    : user.encryptedPrivateKey;
  const keys = { did, caip10: wallets, publicKey, encryptedPrivateKey };
  return { text: sha256Hex(profileKeysText(keys)), signature: proof.signature };
}

/** A bundle that names the owner whom the node checked an NFT account's proof against (protocol 2.6). */
export const withOwner = (bundle: string, owner: Did): string =>
  JSON.stringify({ ...(JSON.parse(bundle) as object), owner });

/** The bundle as the owner signed it. */
export function withoutOwner(bundle: string): string {
  const { owner: _, ...signed } = JSON.parse(bundle) as Record<string, unknown>;
  return JSON.stringify(signed);
}

/** The owner that a bundle names, if any. */
export const ownerIn = (bundle: string): unknown => (JSON.parse(bundle) as Record<string, unknown>)['owner'];

/** The address that can vouch for the keys: contracts and NFTs answer only on their chain. */
function ownerOf(user: AttestedUser): string | undefined {
  const did = parseDid(user.did);
  return did.startsWith('eip155:') ? addressOf(did)?.toLowerCase() : undefined;
}

type Signers = (user: AttestedUser, signature: string) => (string | undefined)[];

/** Every address that may have signed, by scheme; one signature can be read over several historical texts. */
const SIGNERS: ReadonlyMap<string, Signers> = new Map<string, Signers>([
  [
    'eip191v2',
    (user, signature) => [recoverMessage(sha256Hex(profileKeysText({ ...user, caip10: user.wallets })), signature)],
  ],
  ['eip191', (user, signature) => legacyHashes(user).map((hash) => recoverMessage(hash, signature))],
  ['eip712v2', typedSigners],
]);

function typedSigners(user: AttestedUser, signature: string): (string | undefined)[] {
  const parts = signature.split(':');
  const chainId = parts.length > 1 ? Number(parts[0]) : 1;
  const bare = parts.at(-1) ?? '';
  return legacyHashes(user).flatMap((hash) =>
    legacyDomains(chainId).map((domain) => recoverTypedData(domain, hash, bare)),
  );
}

function legacyHashes(user: AttestedUser): string[] {
  const encryptionType = bundleVersion(user.encryptedPrivateKey);
  const names = new Set(['', null, user.profile?.name ?? null]);
  return [...names].map((name) =>
    sha256Hex(legacyProfileKeysText(user, { caip10: user.wallets, encryptionType, name })),
  );
}

function bundleVersion(bundle: string): string {
  try {
    const { version } = JSON.parse(bundle) as Record<string, unknown>;
    return typeof version === 'string' ? version : '';
  } catch {
    return '';
  }
}

/** The EIP-712 domains under which proofs were published: none, and two named ones (protocol 2.3, 11). */
function legacyDomains(chainId: number): Record<string, unknown>[] {
  const verifyingContract = `0x${'0'.repeat(40)}`;
  return [{}, ...['PUSH CHAT ID', 'EPNS COMM V1'].map((name) => ({ name, chainId, verifyingContract }))];
}

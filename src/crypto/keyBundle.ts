import { gcm } from '@noble/ciphers/aes.js';
import { hsalsa, xsalsa20poly1305 } from '@noble/ciphers/salsa.js';
import { x25519 } from '@noble/curves/ed25519.js';
import { hkdf } from '@noble/hashes/hkdf.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, hexToBytes, utf8ToBytes } from '@noble/hashes/utils.js';
import { PushChatError } from '../errors.ts';
import { base64ToBytes } from './encoding.ts';
import { keySecret } from './keySecret.ts';
import type { RandomBytes } from './random.ts';
import { parseWalletSignature } from './walletSignature.ts';

const V1 = 'x25519-xsalsa20-poly1305';
const V2 = 'aes256GcmHkdfSha256';
const V3 = 'eip191-aes256-gcm-hkdf-sha256';
const V4 = 'pgpv1:nft';
const V5 = 'pgpv1:scw';

/** AES-256-GCM under an HKDF of some secret; all fields hex (protocol 2.3). */
interface Sealed {
  readonly ciphertext: string;
  readonly salt: string;
  readonly nonce: string;
  readonly preKey: string;
}

/** The wrapped private key of a profile, by what unwraps it (protocol 2.3, V1 to V5). */
export type KeyBundle =
  | {
      readonly version: typeof V1;
      readonly nonce: string;
      readonly ephemPublicKey: string;
      readonly ciphertext: string;
    }
  | (Sealed & { readonly version: typeof V2 | typeof V3 })
  | (Sealed & { readonly version: typeof V4 | typeof V5; readonly encryptedPassword: Sealed });

/** A key that is sealed for the wallet's own key, as accounts of 2022 have. */
export type BoxedKey = Extract<KeyBundle, { version: typeof V1 }>;

/** What opening a bundle may ask of a wallet. Each call may show a prompt. */
export interface BundleWallet {
  readonly signMessage: (text: string) => Promise<string>;
  readonly signTypedData?: (domain: Record<string, unknown>, data: string) => Promise<string>;
  /** MetaMask's `eth_decrypt` over the V1 bundle; needed for accounts of 2022 only. */
  readonly decrypt?: (bundle: BoxedKey) => Promise<string>;
}

/** A bundle with an RSA key takes 8 kB; anything far larger is not read. */
const MAX_BUNDLE = 128_000;
const PRE_KEY = /^[0-9a-f]{64}$/;
const HEX = /^(?:[0-9a-f]{2})+$/i;

/**
 * Reads a profile's `encryptedPrivateKey`. Whatever passes is safe to show to a wallet.
 * @throws {PushChatError} `KeyBundleMalformed`
 */
export function parseKeyBundle(text: string): KeyBundle {
  let fields: Record<string, unknown>;
  try {
    if (text.length > MAX_BUNDLE) throw malformed('size');
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== 'object' || parsed === null) throw malformed('shape');
    fields = parsed as Record<string, unknown>;
  } catch (cause) {
    throw malformed('JSON', cause);
  }
  const { version } = fields;
  switch (version) {
    case V1:
      return {
        version,
        nonce: base64Field(fields, 'nonce', 24),
        ephemPublicKey: base64Field(fields, 'ephemPublicKey', 32),
        ciphertext: base64Field(fields, 'ciphertext'),
      };
    case V2:
    case V3:
      return { version, ...parseSealed(fields, PRE_KEY) };
    case V4:
    case V5:
      return {
        version,
        ...parseSealed(fields, /^$/),
        encryptedPassword: parseSealed(asFields(fields['encryptedPassword']), PRE_KEY),
      };
    default:
      throw malformed('version');
  }
}

function parseSealed(fields: Record<string, unknown>, preKeyShape: RegExp): Sealed {
  const preKey = fields['preKey'];
  if (typeof preKey !== 'string' || !preKeyShape.test(preKey)) throw malformed('preKey');
  return {
    ciphertext: hexField(fields, 'ciphertext'),
    salt: hexField(fields, 'salt', 32),
    nonce: hexField(fields, 'nonce', 12),
    preKey,
  };
}

function asFields(value: unknown): Record<string, unknown> {
  if (typeof value !== 'object' || value === null) throw malformed('encryptedPassword');
  return value as Record<string, unknown>;
}

function hexField(fields: Record<string, unknown>, name: string, bytes?: number): string {
  const value = fields[name];
  if (typeof value !== 'string' || !HEX.test(value)) throw malformed(name);
  if (bytes !== undefined && value.length !== 2 * bytes) throw malformed(name);
  return value;
}

function base64Field(fields: Record<string, unknown>, name: string, bytes?: number): string {
  const value = fields[name];
  try {
    if (typeof value !== 'string') throw malformed(name);
    const { length } = base64ToBytes(value);
    if (length === 0 || (bytes !== undefined && length !== bytes)) throw malformed(name);
    return value;
  } catch (cause) {
    throw malformed(name, cause);
  }
}

const malformed = (what: string, cause?: unknown): PushChatError =>
  new PushChatError('KeyBundleMalformed', `The wrapped private key of this account is damaged (${what}).`, { cause });

/** What the wallet signs to open or seal a V3 bundle; mind the space before the line feed. */
export const unlockText = (preKey: string): string => `Enable Push Profile \n${preKey}`;
const unlockTextV2 = (preKey: string): string => `Enable Push Chat Profile \n${preKey}`;

/** A fresh 32-byte `preKey` in hex. */
export const randomPreKey = (random: RandomBytes): string => bytesToHex(random(32));

/**
 * Wraps a private key as V3.
 * @param signature the wallet's EIP-191 signature over {@link unlockText}
 * @returns the JSON text of `encryptedPrivateKey`
 */
export function sealKeyBundle(privateKey: string, preKey: string, signature: string, random: RandomBytes): string {
  const salt = random(32);
  const nonce = random(12);
  const ciphertext = gcm(deriveKey(keySecret(`eip191:${signature}`), salt), nonce).encrypt(utf8ToBytes(privateKey));
  return JSON.stringify({
    ciphertext: bytesToHex(ciphertext),
    salt: bytesToHex(salt),
    nonce: bytesToHex(nonce),
    version: V3,
    preKey,
  });
}

/**
 * Unwraps a private key, asking the wallet once.
 * @returns the armored private key
 * @throws {PushChatError} `DecryptFailed`, `WalletUnsupported`, and whatever the wallet throws
 */
export async function openKeyBundle(bundle: KeyBundle, wallet: BundleWallet): Promise<string> {
  switch (bundle.version) {
    case V1:
      if (!wallet.decrypt) throw unsupported('eth_decrypt');
      return wallet.decrypt(bundle);
    case V2:
      return openTyped(bundle, wallet);
    case V3:
      return openSigned(bundle, wallet);
    case V4:
    case V5:
      return openSealed(bundle, passwordSecret(await openSigned(bundle.encryptedPassword, wallet)));
  }
}

async function openSigned(sealed: Sealed, wallet: BundleWallet): Promise<string> {
  const signature = parseWalletSignature(await wallet.signMessage(unlockText(sealed.preKey)));
  return openSealed(sealed, keySecret(`eip191:${signature}`));
}

async function openTyped(sealed: Sealed, wallet: BundleWallet): Promise<string> {
  if (!wallet.signTypedData) throw unsupported('EIP-712');
  const signature = parseWalletSignature(await wallet.signTypedData({}, unlockTextV2(sealed.preKey)));
  return openSealed(sealed, keySecret(`eip712v2:${signature}`));
}

const unsupported = (what: string): PushChatError =>
  new PushChatError('WalletUnsupported', `This account was made for wallets with ${what}, which this one lacks.`);

/** UTF-16 units, each padded to two hex digits and all read as one text: Latin-1, and a jumble beyond (protocol 2.3). */
function passwordSecret(password: string): Uint8Array {
  let digits = '';
  for (let i = 0; i < password.length; i++) digits += password.charCodeAt(i).toString(16).padStart(2, '0');
  return keySecret(digits);
}

function openSealed(sealed: Sealed, secret: Uint8Array): string {
  try {
    const cipher = gcm(deriveKey(secret, hexToBytes(sealed.salt)), hexToBytes(sealed.nonce));
    return new TextDecoder('utf-8', { fatal: true }).decode(cipher.decrypt(hexToBytes(sealed.ciphertext)));
  } catch (cause) {
    throw decryptFailed(cause);
  }
}

const deriveKey = (secret: Uint8Array, salt: Uint8Array): Uint8Array => hkdf(sha256, secret, salt, undefined, 32);

const decryptFailed = (cause: unknown): PushChatError =>
  new PushChatError('DecryptFailed', 'The wallet’s signature does not open the private key of this account.', {
    cause,
  });

/**
 * Opens a V1 bundle with a raw wallet key: NaCl `box` with the wallet key as X25519 scalar, as `eth_decrypt` does.
 * @param walletPrivateKey 32 bytes in hex, with or without `0x`
 * @throws {PushChatError} `DecryptFailed`
 */
export function openBoxedKey(bundle: BoxedKey, walletPrivateKey: string): string {
  try {
    const shared = x25519.getSharedSecret(
      hexToBytes(walletPrivateKey.replace(/^0x/, '')),
      base64ToBytes(bundle.ephemPublicKey),
    );
    const plain = xsalsa20poly1305(boxKey(shared), base64ToBytes(bundle.nonce)).decrypt(
      base64ToBytes(bundle.ciphertext),
    );
    return new TextDecoder('utf-8', { fatal: true }).decode(plain);
  } catch (cause) {
    throw decryptFailed(cause);
  }
}

/** NaCl's `crypto_box_beforenm`: HSalsa20 of the shared point under a zero nonce. */
function boxKey(shared: Uint8Array): Uint8Array {
  const words = (bytes: Uint8Array): Uint32Array => new Uint32Array(bytes.slice().buffer);
  const key = new Uint32Array(8);
  hsalsa(words(utf8ToBytes('expand 32-byte k')), words(shared), new Uint32Array(4), key);
  return new Uint8Array(key.buffer);
}

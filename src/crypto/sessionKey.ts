import { rsaOperation, type RsaNumbers, type RsaOperation } from './rsa.ts';

/** The RSA operations of a key's parts, by key id. */
export type RsaOperations = ReadonlyMap<string, RsaOperation>;

/** RFC 9580, 9.3; whoever writes to us uses the last one. */
const CIPHERS = new Map<number | undefined, { readonly algorithm: SessionKey['algorithm']; readonly bytes: number }>([
  [7, { algorithm: 'aes128', bytes: 16 }],
  [8, { algorithm: 'aes192', bytes: 24 }],
  [9, { algorithm: 'aes256', bytes: 32 }],
]);

/** What a message is encrypted with. */
export interface SessionKey {
  readonly data: Uint8Array;
  readonly algorithm: 'aes128' | 'aes192' | 'aes256';
}

/** A part of an opened private key. */
interface KeyPart {
  readonly getKeyID: () => { readonly toHex: () => string };
  readonly getAlgorithmInfo: () => { readonly algorithm: string };
  readonly keyPacket: unknown;
}

const RSA: ReadonlySet<string> = new Set(['rsaEncryptSign', 'rsaEncrypt']);

/** Prepares whatever an opened private key can decrypt with by RSA. */
export function rsaOperationsOf(parts: readonly KeyPart[]): RsaOperations {
  const operations = new Map<string, RsaOperation>();
  for (const part of parts) {
    if (!RSA.has(part.getAlgorithmInfo().algorithm)) continue;
    const { publicParams, privateParams } = part.keyPacket as {
      readonly publicParams: Pick<RsaNumbers, 'n' | 'e'>;
      readonly privateParams: Omit<RsaNumbers, 'n' | 'e'>;
    };
    operations.set(part.getKeyID().toHex(), rsaOperation({ ...publicParams, ...privateParams }));
  }
  return operations;
}

/** The packet of a message that says for which key it is, and has its session key. */
export interface KeyPacket {
  readonly version: number;
  readonly publicKeyID: { readonly toHex: () => string };
  readonly encrypted: { readonly c?: Uint8Array };
}

/**
 * Opens the session key of a message by the one packet that names a part of this key (RFC 9580, 5.1.3).
 * @returns undefined when there is none such: hidden receivers and other kinds of keys are left to the library
 * @throws {RangeError} for every kind of damage
 */
export function openSessionKey(packets: readonly KeyPacket[], operations: RsaOperations): SessionKey | undefined {
  for (const { version, publicKeyID, encrypted } of packets) {
    const operate = operations.get(publicKeyID.toHex());
    if (version === 3 && operate && encrypted.c) return decodeSessionKey(unpad(operate(encrypted.c)));
  }
  return undefined;
}

/**
 * RSAES-PKCS1-v1_5 (RFC 8017, 7.2.2); looks at every byte, wherever the padding ends. What follows has a length of its own
 * to be checked, so that the padding is never short.
 */
function unpad(encoded: Uint8Array): Uint8Array {
  let end = 0;
  for (let i = encoded.length - 1; i >= 2; i -= 1) end = encoded[i] === 0 ? i : end;
  const isPadded = Number(encoded[0] === 0) & Number(encoded[1] === 2) & Number(end > 0);
  if (!isPadded) throw new RangeError('no session key');
  return encoded.subarray(end + 1);
}

/** One byte that names the cipher, the key, and the sum of the key's bytes. */
function decodeSessionKey(bytes: Uint8Array): SessionKey {
  const data = bytes.slice(1, -2);
  const cipher = CIPHERS.get(bytes[0]);
  const [high = 0, low = 0] = bytes.subarray(-2);
  const sum = data.reduce((total, byte) => (total + byte) & 0xffff, 0);
  if (cipher?.bytes !== data.length || sum !== high * 256 + low) throw new RangeError('no session key');
  return { data, algorithm: cipher.algorithm };
}

import { computeAddress, hashMessage, SigningKey, verifyMessage, verifyTypedData, type TypedDataDomain } from 'ethers';
import { PushChatError } from '../errors.ts';
import { DATA_TYPES } from './dataTypes.ts';

const SIGNATURE = /^(?:0x)?[0-9a-f]{130}$/i;

/**
 * Checks that a wallet's answer is a 65-byte signature and returns it unchanged: keys already wrapped depend on its
 * very characters, `v` of 0 or 27 included (protocol 2.3).
 * @throws {PushChatError} `WalletUnsupported` for compact (EIP-2098), contract (EIP-1271) and other answers
 */
export function parseWalletSignature(answer: unknown): string {
  if (typeof answer === 'string' && SIGNATURE.test(answer)) return answer;
  throw new PushChatError(
    'WalletUnsupported',
    'This wallet did not answer with a 65-byte signature, as contract wallets do not: it can make no chat keys yet. Connect a wallet that has a key of its own.',
  );
}

/** The same signature as every verifier reads it: `0x`, lower case, `v` of 27 or 28. */
export function standardSignature(signature: string): string {
  const digits = signature.replace(/^0x/i, '').toLowerCase();
  const v = Number.parseInt(digits.slice(128), 16);
  return `0x${digits.slice(0, 128)}${(v < 27 ? v + 27 : v).toString(16)}`;
}

/** The lower-case address that made an EIP-191 signature over a text, or undefined when it is none. */
export function recoverMessage(text: string, signature: string): string | undefined {
  try {
    return verifyMessage(text, standardSignature(signature)).toLowerCase();
  } catch {
    return undefined;
  }
}

/** The lower-case address that made an EIP-712 signature over `Data(string data)`, or undefined when it is none. */
export const recoverTypedData = (domain: TypedDataDomain, data: string, signature: string): string | undefined =>
  recoverStruct(domain, { types: DATA_TYPES, value: { data } }, signature);

/** An EIP-712 struct: the fields of its type, and their values. */
export interface Struct {
  readonly types: Record<string, { name: string; type: string }[]>;
  readonly value: Readonly<Record<string, string>>;
}

/** The lower-case address that made an EIP-712 signature over a struct, or undefined when it is none. */
export function recoverStruct(
  domain: TypedDataDomain,
  { types, value }: Struct,
  signature: string,
): string | undefined {
  try {
    return verifyTypedData(domain, types, value, standardSignature(signature)).toLowerCase();
  } catch {
    return undefined;
  }
}

/** An externally owned account whose key is here. */
export interface LocalWallet {
  /** With its EIP-55 checksum. */
  readonly address: string;
  /** Signs as wallets do (EIP-191), the same text the same way each time (RFC 6979). */
  readonly signMessage: (text: string) => string;
}

/** @param privateKey `0x` and 64 hex digits; not every value is a key, but all that chance gives are */
export function localWallet(privateKey: string): LocalWallet {
  const key = new SigningKey(privateKey);
  return {
    address: computeAddress(key.publicKey),
    signMessage: (text) => key.sign(hashMessage(text)).serialized,
  };
}

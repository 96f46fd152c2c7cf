import { keccak_256 } from '@noble/hashes/sha3.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { PushChatError } from '../errors.ts';

declare const didBrand: unique symbol;

/**
 * A decentralized identifier in our own spelling: `eip155:<EIP-55 address>`, `scw:eip155:<chain>:<address>` or
 * `nft:eip155:<chain>:<contract>:<token>[:<epoch>]`. Compare with {@link sameDid}, never with `===` on wire strings.
 */
export type Did = string & { readonly [didBrand]: 'Did' };

/** `0x` and 40 hex digits with the EIP-55 checksum. */
export type Address = `0x${string}`;

const ADDRESS = /^0[xX]([0-9a-fA-F]{40})$/;
const CHAIN = /^[1-9]\d{0,15}$/;
const TOKEN = /^[1-9]\d{0,77}$/;
const EPOCH = /^\d{10}$/;
const LONGEST_DID = 200;

/**
 * An address with its EIP-55 checksum. All-lower and all-upper spellings are accepted, mixed ones must be right.
 * @throws {PushChatError} `InvalidAddress`
 */
export function parseAddress(text: string): Address {
  const digits = ADDRESS.exec(text)?.[1];
  if (digits === undefined) throw invalid(text);
  const checksummed = checksum(digits.toLowerCase());
  const mixed = digits !== digits.toLowerCase() && digits !== digits.toUpperCase();
  if (mixed && checksummed !== `0x${digits}`) throw invalid(text);
  return checksummed;
}

/** EIP-55: a hex letter is upper case where the Keccak-256 of the lower-case text has a nibble of 8 or more. */
function checksum(lower: string): Address {
  const hash = bytesToHex(keccak_256(utf8ToBytes(lower)));
  let out = '';
  for (let i = 0; i < 40; i++) {
    const letter = lower.charAt(i);
    out += Number.parseInt(hash.charAt(i), 16) >= 8 ? letter.toUpperCase() : letter;
  }
  return `0x${out}`;
}

/**
 * The DID of any accepted spelling (protocol 1.1): plain address, `eip155:<address>`, CAIP-10 `eip155:<chain>:<address>`,
 * `scw:…`, `nft:…`. An account is the same on every chain, so the chain of a CAIP-10 is dropped.
 * @throws {PushChatError} `InvalidAddress`
 */
export function parseDid(text: string): Did {
  if (typeof text !== 'string' || text.length > LONGEST_DID) throw invalid(text);
  const parts = text.split(':');
  const [first = '', second = '', third = '', fourth = '', fifth = '', sixth = ''] = parts;
  if (parts.length === 1) return `eip155:${parseAddress(first)}` as Did;
  if (first === 'eip155' && parts.length === 2) return `eip155:${parseAddress(second)}` as Did;
  if (first === 'eip155' && parts.length === 3 && CHAIN.test(second)) return `eip155:${parseAddress(third)}` as Did;
  if (second === 'eip155' && CHAIN.test(third)) {
    if (first === 'scw' && parts.length === 4) return `scw:eip155:${third}:${parseAddress(fourth)}` as Did;
    if (first === 'nft' && TOKEN.test(fifth) && (parts.length === 5 || (parts.length === 6 && EPOCH.test(sixth)))) {
      return ['nft:eip155', third, parseAddress(fourth), ...parts.slice(4)].join(':') as Did;
    }
  }
  throw invalid(text);
}

function invalid(text: unknown): PushChatError {
  const shown = typeof text === 'string' ? JSON.stringify(text.slice(0, 60)) : `a ${typeof text}`;
  return new PushChatError('InvalidAddress', `${shown} is not an account: use 0x…, eip155:0x… or CAIP-10.`);
}

/** Whether a text names an account in any accepted spelling. */
export function isDid(text: string): boolean {
  try {
    parseDid(text);
    return true;
  } catch {
    return false;
  }
}

/** Whether two spellings name the same account; false when either names none. */
export function sameDid(a: string, b: string): boolean {
  try {
    return parseDid(a) === parseDid(b);
  } catch {
    return false;
  }
}

/** The wallet address of an account, or undefined for NFT accounts, which have no address of their own. */
export function addressOf(did: Did): Address | undefined {
  return did.startsWith('nft:') ? undefined : (did.slice(did.lastIndexOf(':') + 1) as Address);
}

/** The EIP-155 chain id in a CAIP-10 of a plain wallet (`eip155:<chain>:<address>`), if there is one. */
export function chainIn(caip10: string): number | undefined {
  const [, chain, address] = caip10.split(':');
  return caip10.startsWith('eip155:') && chain !== undefined && address !== undefined ? Number(chain) : undefined;
}

/** An account that only its chain can speak for: a contract wallet, or whoever owns a token. */
export interface ChainAccount {
  /** EIP-155 chain id. */
  readonly chain: number;
  readonly contract: Address;
  /** The ERC-721 token of an NFT account. */
  readonly token?: bigint;
}

/** Where a `scw:` or `nft:` account lives; undefined for accounts of plain wallets, which are on no chain. */
export function chainAccountOf(did: Did): ChainAccount | undefined {
  const [kind, , chain = '', contract = '', token = ''] = did.split(':');
  if (kind === 'eip155') return undefined;
  const account = { chain: Number(chain), contract: contract as Address };
  return kind === 'nft' ? { ...account, token: BigInt(token) } : account;
}

const CHAT_ID = /^(spaces:)?[0-9a-f]{64}$/;

/** Whether a text is a chat id: 64 lower-case hex digits, optionally after `spaces:` (protocol 1.1). */
export const isChatId = (text: string): boolean => CHAT_ID.test(text);

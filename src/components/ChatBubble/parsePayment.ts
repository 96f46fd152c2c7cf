import { parseAddress, type Address } from '../../protocol/did.ts';

/** What an EIP-681 link asks for: a plain transfer of a chain's own coin. */
export interface PaymentRequest {
  readonly to: Address;
  /** EIP-155 chain id; without it the payer's wallet decides. */
  readonly chain?: string;
  /** In wei; without it the payer decides. */
  readonly value?: bigint;
}

/** EIP-681 without function calls and gas: a card must show everything that it asks for. */
const REQUEST = /^ethereum:(?:pay-)?(0x[0-9a-fA-F]{40})(?:@([1-9]\d{0,14}))?(?:\?value=([^&]*))?$/;
const NUMBER = /^\+?(\d{1,78})(?:\.(\d{1,77}))?(?:[eE](\d{1,2}))?$/;
const LARGEST = 2n ** 256n - 1n;
const DECIMALS = 18;

/** Reads a payment request; undefined for what is malformed or asks for more than a plain transfer. */
export function parsePayment(text: string): PaymentRequest | undefined {
  const [, address, chain, number] = REQUEST.exec(text) ?? [];
  const to = address === undefined ? undefined : checkedAddress(address);
  if (to === undefined) return undefined;
  const value = number === undefined ? undefined : parseWei(number);
  if (number !== undefined && value === undefined) return undefined;
  return { to, ...(chain !== undefined && { chain }), ...(value !== undefined && { value }) };
}

/** The address with its checksum, or undefined where the written checksum is wrong. */
export function checkedAddress(text: string): Address | undefined {
  try {
    return parseAddress(text);
  } catch {
    return undefined;
  }
}

/** A whole number of wei in EIP-681's notation (`2.014e18`), to the last digit. */
function parseWei(text: string): bigint | undefined {
  const [, whole, fraction = '', exponent = '0'] = NUMBER.exec(text) ?? [];
  const places = Number(exponent) - fraction.length;
  if (whole === undefined || places < 0) return undefined;
  const value = BigInt(whole + fraction) * 10n ** BigInt(places);
  return value <= LARGEST ? value : undefined;
}

/** An amount of wei in units of 10^18, to the last digit. */
export function formatEther(wei: bigint): string {
  const digits = wei.toString().padStart(DECIMALS + 1, '0');
  const fraction = digits.slice(-DECIMALS).replace(/0+$/, '');
  const whole = digits.slice(0, -DECIMALS);
  return fraction === '' ? whole : `${whole}.${fraction}`;
}

import type { Address } from '../../protocol/did.ts';
import { checkedAddress, parsePayment, type PaymentRequest } from './parsePayment.ts';

/** Something of a chain that a text names. */
export type OnChain =
  | { readonly kind: 'address'; readonly text: string; readonly address: Address }
  | { readonly kind: 'misspelt'; readonly text: string }
  | { readonly kind: 'hash'; readonly text: string }
  | { readonly kind: 'payment'; readonly text: string; readonly request: PaymentRequest };

const CANDIDATE = /\b(?:ethereum:[\w@?=&.+/%-]+|0x(?:[0-9a-fA-F]{64}|[0-9a-fA-F]{40})\b)/g;
/** Before these a word goes on: the path or the query of an address that was not safe to link, say. */
const INSIDE = /[\w/=@&?#%.-]/;
const LONGEST_REQUEST = 400;

/** Finds addresses, transaction hashes and payment requests, each with its place in the text. */
export function* findOnChain(text: string): Generator<readonly [at: number, found: OnChain]> {
  for (const match of text.matchAll(CANDIDATE)) {
    if (INSIDE.test(text.charAt(match.index - 1))) continue;
    const found = recognize(match[0]);
    if (found) yield [match.index, found];
  }
}

function recognize(written: string): OnChain | undefined {
  if (written.startsWith('ethereum:')) {
    // The sentence's full stop or question mark.
    const text = written.replace(/[.?]$/, '');
    const request = text.length > LONGEST_REQUEST ? undefined : parsePayment(text);
    return request && { kind: 'payment', text, request };
  }
  if (written.length === 66) return { kind: 'hash', text: written };
  const address = checkedAddress(written);
  return address === undefined ? { kind: 'misspelt', text: written } : { kind: 'address', text: written, address };
}

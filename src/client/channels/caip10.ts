import { addressOf, type Did } from '../../protocol/did.ts';

/**
 * How feeds and subscriptions name an account: with a chain, on whichever the account is the same. Accounts that live on
 * one chain name it already (protocol 1.1, 7).
 */
export const caip10Of = (did: Did): string => (did.startsWith('eip155:') ? `eip155:1:${addressOf(did) ?? ''}` : did);

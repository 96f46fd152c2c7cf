import type { Address } from './did.ts';

/**
 * What a node asks of one blockchain. Every answer is the chain's own, of now.
 * All calls throw `PushChatError` `ChainUnavailable` when it gives none: then nothing is known, and nothing is allowed.
 */
export interface Chain {
  /**
   * Whether the account at an address signed a text as EIP-191 personal message: a contract, deployed (EIP-1271) or
   * not yet (EIP-6492), or a plain wallet.
   * @param signature hex with `0x`
   */
  readonly isSignedBy: (account: Address, text: string, signature: string) => Promise<boolean>;
  /** Who owns one token of an ERC-721 contract; undefined when nobody does, or there is no such contract. */
  readonly ownerOf: (contract: Address, token: bigint) => Promise<Address | undefined>;
  /**
   * How much an account holds: of an ERC-20 contract in its smallest unit, of an ERC-721 contract in tokens. Undefined
   * when there is no such contract.
   */
  readonly balanceOf: (contract: Address, owner: Address) => Promise<bigint | undefined>;
}

/** The blockchains that a node can ask, by EIP-155 chain id. */
export type Chains = ReadonlyMap<number, Chain>;

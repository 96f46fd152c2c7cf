/**
 * Blockchains that are asked about contract wallets, NFTs and tokens.
 * @module push-chat-kit/chains
 */
export type { Chain, Chains } from '../protocol/chain.ts';
export { ethersChains, rpcChains, type CallProvider, type EthersChainsOptions } from '../chains/ethersChains.ts';
export { sentOnChain, type ReceiptProvider } from '../chains/sentOnChain.ts';
export type { OnChainProof, ReadOnChain, SentOnChain } from '../protocol/notifications/openNotification.ts';

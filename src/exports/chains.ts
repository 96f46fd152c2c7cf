export type { Chain, Chains } from '../protocol/chain.ts';
export { ethersChains, rpcChains, type CallProvider, type EthersChainsOptions } from '../chains/ethersChains.ts';

export { createPushNode, type PushNode, type PushNodeConfig } from '../node/createPushNode.ts';
export type { Chain, Chains } from '../protocol/chain.ts';
export { ethersChains, rpcChains, type CallProvider, type EthersChainsOptions } from '../chains/ethersChains.ts';
export type { Bus, NodeListener } from '../node/delivery.ts';
export type { Pace } from '../node/replication/follow.ts';
export type { Peer, PeerConfig, PeerStatus } from '../node/replication/peer.ts';
export type { RuleChecker, RuleCondition, RuleResult } from '../node/rules.ts';
export { createMemoryStore } from '../node/store/memoryStore.ts';
export type { NodeStore, Range, Row, Rows, Table, WritableRows } from '../node/store/store.ts';

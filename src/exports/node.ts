/**
 * A Push Node as a function, in a browser, a worker or Node.js.
 * @module push-chat-kit/node
 */
export { createPushNode, type PushNode, type PushNodeConfig } from '../node/createPushNode.ts';
export type { Chain, Chains } from '../protocol/chain.ts';
export { ethersChains, rpcChains, type CallProvider, type EthersChainsOptions } from '../chains/ethersChains.ts';
export type { Bus, NodeListener } from '../node/delivery.ts';
export type { Pace } from '../node/replication/follow.ts';
export type { Peer, PeerConfig, PeerStatus } from '../node/replication/peer.ts';
export type { RuleChecker, RuleCondition, RuleResult } from '../node/rules.ts';
export { createMemoryStore } from '../node/store/memoryStore.ts';
export type { NodeStore, Range, Row, Rows, Table, WritableRows } from '../node/store/store.ts';
export type { Caller } from '../node/caller.ts';
export type { Connection } from '../node/connections.ts';
export type { PinnerConfig } from '../node/ipfs/pinner.ts';
export type { LimitRates } from '../node/limits/limits.ts';
export type { Rate } from '../node/limits/tokenBuckets.ts';
export type { Answered, NodeObserver } from '../node/observer.ts';
export type { Told } from '../node/tables/outbox.ts';
export type { Json, JsonObject } from '../protocol/payload.ts';
export type { PushOutcome, PushService, PushTarget } from '../node/push/pushService.ts';

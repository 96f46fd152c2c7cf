export { createPushNode, type PushNode, type PushNodeConfig } from '../node/createPushNode.ts';
export type { NodeListener } from '../node/delivery.ts';
export { createMemoryStore } from '../node/memoryStore.ts';
export type { Block, ChatRow, NodeStore, Page, StoreReader, StoreWriter } from '../node/store.ts';

export { createPushNode, type PushNode, type PushNodeConfig } from '../node/createPushNode.ts';
export type { Bus, NodeListener } from '../node/delivery.ts';
export { createMemoryStore } from '../node/store/memoryStore.ts';
export type { NodeStore, Range, Row, Rows, Table, WritableRows } from '../node/store/store.ts';

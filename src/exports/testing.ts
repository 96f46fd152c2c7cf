/**
 * A node, wallets, faults and a clock for your tests.
 * @module push-chat-kit/testing
 */
export {
  createTestWorld,
  type JoinOptions,
  type TestUser,
  type TestWorld,
  type TestWorldOptions,
} from '../testing/testWorld.ts';
export type { Line } from '../testing/converse.ts';
export { createTestClock, type TestClock, type TestClockOptions } from '../testing/testClock.ts';
export type { Faults, TestNetwork } from '../testing/testNetwork.ts';
export { hostileNode, LIES, type HostileCall, type HostileNode, type Lie } from '../testing/hostileNode.ts';
export {
  renderWithPushChat,
  type RenderedPushChat,
  type RenderWithPushChatOptions,
} from '../testing/renderWithPushChat.ts';
export { until } from '../testing/until.ts';

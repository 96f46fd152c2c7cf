export { createTestWorld, type TestWorld, type TestUser, type JoinOptions } from '../testing/testWorld.ts';
export { hostileNode, LIES, type HostileCall, type HostileNode, type Lie } from '../testing/hostileNode.ts';
export {
  renderWithPushChat,
  type RenderedPushChat,
  type RenderWithPushChatOptions,
} from '../testing/renderWithPushChat.ts';
export { until } from '../testing/until.ts';

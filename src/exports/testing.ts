export { createChatWorld, type ChatWorld, type ChatWorldUser, type JoinOptions } from '../testing/chatWorld.ts';
export { hostileNode, LIES, type HostileCall, type HostileNode, type Lie } from '../testing/hostileNode.ts';

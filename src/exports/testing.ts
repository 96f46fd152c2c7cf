export { createChatWorld, type ChatWorld, type ChatWorldUser, type JoinOptions } from '../testing/chatWorld.ts';

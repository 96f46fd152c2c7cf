/**
 * A Push Node behind a port, with durable stores. Node.js only.
 * @module push-chat-kit/server
 */
export { startPushNode, type RunningNode, type PushServerConfig } from '../node/httpServer.ts';
export { openLibsqlStore } from '../node/store/libsqlStore.ts';
export type { LibsqlOptions } from '../node/store/libsqlStore.ts';
export type { WebPushConfig } from '../node/push/webPush.ts';

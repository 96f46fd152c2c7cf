export { startPushNode, type RunningNode, type PushServerConfig } from '../node/httpServer.ts';
export { openLibsqlStore } from '../node/store/libsqlStore.ts';

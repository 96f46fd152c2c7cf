import { mountPushChatFrame } from './frame/mountPushChatFrame.ts';

// For pages that show a chat in a frame and carry nothing of it themselves.
const api = { mountPushChatFrame };

declare global {
  var PushChatFrame: typeof api | undefined;
}

globalThis.PushChatFrame ??= api;

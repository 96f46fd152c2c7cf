import type { PushEnv } from '../client/nodeChoice.ts';
import { definePushChat } from './definePushChat.tsx';
import { mountPushChatFrame } from './frame/mountPushChatFrame.ts';
import { servePushChatFrame } from './frame/servePushChatFrame.tsx';

// The one file for pages without a bundler. What its tag says:
//   data-name="my-chat"                          another name than <push-chat>, such as beside another version
//   data-frame-hosts="https://dapp.example.org"  this page is the chat of a frame, for these origins
//   data-node, data-env                          the node of that chat
const { name, frameHosts, node, env } = (document.currentScript as HTMLScriptElement | null)?.dataset ?? {};

const api = { definePushChat, mountPushChatFrame, servePushChatFrame };

declare global {
  var PushChat: typeof api | undefined;
}

// Two versions in one page: the first keeps its names (security SC-06).
globalThis.PushChat ??= api;
definePushChat({ name: name as `${string}-${string}` | undefined });

const serve = (hosts: string): void => {
  servePushChatFrame({ hosts: hosts.split(/[\s,]+/).filter(Boolean), node, env: env as PushEnv | undefined });
};
if (frameHosts !== undefined) {
  if (document.readyState === 'loading') document.addEventListener('DOMContentLoaded', () => serve(frameHosts));
  else serve(frameHosts);
}

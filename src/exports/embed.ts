/**
 * Chat for pages without React: an element, and a frame on an origin of its own.
 * @module push-chat-kit/embed
 */
export { definePushChat, type DefineOptions, type PushChatElement } from '../embed/definePushChat.tsx';
export type { EmbedSettings, EmbedView } from '../embed/embedSettings.ts';
export type { EmbedEvents } from '../embed/EmbedRoot.tsx';
export type { FrameLook, WalletRequest } from '../embed/frame/frameMessages.ts';
export { mountPushChatFrame, type FrameOptions, type PushChatFrame } from '../embed/frame/mountPushChatFrame.ts';
export { servePushChatFrame, type ServeFrameOptions } from '../embed/frame/servePushChatFrame.tsx';
export type { FramePurpose } from '../embed/frame/purposeOf.ts';

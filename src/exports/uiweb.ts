/**
 * The names of `@pushprotocol/uiweb`, for who comes from there.
 * @module push-chat-kit/uiweb
 */
export { ChatPreviewList, type ChatPreviewListProps } from '../uiweb/ChatPreviewList.tsx';
export { ChatUIProvider, type ChatUIProviderProps } from '../uiweb/ChatUIProvider.tsx';
export { ChatProfile, ChatViewList, MessageInput } from '../uiweb/ChatParts.tsx';
export { ChatView, ChatView as ChatViewComponent, type ChatPartProps, type ChatViewProps } from '../uiweb/ChatView.tsx';
export {
  ChatWidget,
  SupportChat,
  SupportChat as Chat,
  type ChatWidgetProps,
  type SupportChatProps,
} from '../uiweb/SupportChat.tsx';
export {
  convertUiwebTheme,
  darkChatTheme,
  lightChatTheme,
  type ConvertedTheme,
  type UiwebTheme,
} from '../uiweb/uiwebTheme.ts';

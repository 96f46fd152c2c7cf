export { ChatBubble, type ChatBubbleProps } from '../components/ChatBubble/ChatBubble.tsx';
export type { FailedMessageCallbacks } from '../components/ChatBubble/BubbleStatus.tsx';
export { ChatInbox, type ChatInboxProps } from '../components/ChatInbox/ChatInbox.tsx';
export { ChatList, type ChatListProps } from '../components/ChatList/ChatList.tsx';
export { ChatWindow, type ChatWindowProps } from '../components/ChatWindow/ChatWindow.tsx';
export type { ChatWindowHeaderProps } from '../components/ChatWindow/ChatWindowHeader.tsx';
export type { ChatWindowRootProps } from '../components/ChatWindow/ChatWindowRoot.tsx';
export type { ChatWindowThreadProps } from '../components/ChatWindow/ChatWindowThread.tsx';
export type { ComposerProps } from '../components/Composer/Composer.tsx';
export { RequestList, type RequestListProps } from '../components/RequestList/RequestList.tsx';
export { darkTheme } from '../components/theme/darkTheme.ts';
export { lightTheme } from '../components/theme/lightTheme.ts';
export { presets, type PresetName } from '../components/theme/presets.ts';
export { ThemeRoot, type ThemeRootProps } from '../components/theme/ThemeRoot.tsx';
export type { ColorTokens, ScaleTokens, Scheme, Theme, ThemeOptions } from '../components/theme/tokens.ts';
export { UnlockPanel } from '../components/UnlockPanel/UnlockPanel.tsx';
export { PushChatProvider, type PushChatProviderProps } from '../hooks/PushChatProvider.tsx';
export { useAction, type ActionState } from '../hooks/useAction.ts';
export type { ChatSummaries } from '../hooks/useChatSummaries.ts';
export { useChats } from '../hooks/useChats.ts';
export { useConnectionStatus } from '../hooks/useConnectionStatus.ts';
export { useDraft } from '../hooks/useDraft.ts';
export { useProfile } from '../hooks/useProfile.ts';
export { usePushChat } from '../hooks/usePushChat.ts';
export { useRequestActions, type RequestAction, type RequestActions } from '../hooks/useRequestActions.ts';
export { useRequests } from '../hooks/useRequests.ts';
export { useSendMessage, type MessageSender } from '../hooks/useSendMessage.ts';
export { useSession, type SessionView } from '../hooks/useSession.ts';
export { useStickToEnd, type StickToEnd, type StickToEndItem } from '../hooks/useStickToEnd.ts';
export { useStore } from '../hooks/useStore.ts';
export { useThread, type ThreadView } from '../hooks/useThread.ts';
export type { PushChatConfig, PushEnv } from '../client/createPushChat.ts';
export type { ProfileChanges, PushChatClient, SendOptions } from '../client/PushChatClient.ts';
export type { Eip1193Provider, EthersSigner, Signer, ViemSigner, WalletSigner } from '../client/signer.ts';
export type {
  ChatListState,
  ChatState,
  ChatSummary,
  Connection,
  FailedItem,
  Loading,
  OpenedItem,
  PeerKey,
  PendingItem,
  Profile,
  QuarantinedItem,
  Relation,
  Session,
  Thread,
  ThreadItem,
  UndecryptableItem,
  UnlockStep,
} from '../client/state.ts';
export type { ErrorCode, PushChatError } from '../errors.ts';
export type { Did } from '../protocol/did.ts';
export type { MessageContent, MessageType, PlainContent, PlainContentType } from '../protocol/messageContent.ts';

/**
 * Components, and all hooks.
 * @module push-chat-kit
 */
export { ChatBubble, type ChatBubbleProps } from '../components/ChatBubble/ChatBubble.tsx';
export { ChatInbox, type ChatInboxProps } from '../components/ChatInbox/ChatInbox.tsx';
export { ChatLauncher, type ChatLauncherProps } from '../components/ChatLauncher/ChatLauncher.tsx';
export type { ChatLauncherHandle, LauncherEvents } from '../components/ChatLauncher/launcherHandle.ts';
export type { Corner } from '../components/ChatLauncher/useCorner.ts';
export { ChatList, type ChatListProps } from '../components/ChatList/ChatList.tsx';
export { ChatWindow, type ChatWindowProps } from '../components/ChatWindow/ChatWindow.tsx';
export type { ChatWindowRootProps } from '../components/ChatWindow/ChatWindowRoot.tsx';
export type { ChatWindowThreadProps } from '../components/ChatWindow/ChatWindowThread.tsx';
export type { ComposerProps } from '../components/Composer/Composer.tsx';
export type {
  AvatarProps,
  BubbleProps,
  BubbleReaction,
  ChatListItemProps,
  DayProps,
  FailedMessageCallbacks,
  HeaderProps,
  NoticeProps,
  Overrides,
  PartName,
  PartProps,
  RequestItemProps,
  ShownNotice,
  Slots,
} from '../components/parts/overrides.ts';
export type { SupportHours } from '../components/ChatLauncher/supportHours.ts';
export type { SupportOptions } from '../components/ChatLauncher/SupportWindow.tsx';
export { CreateGroup, type CreateGroupProps } from '../components/groups/CreateGroup.tsx';
export { NamesProvider, type Names, type NamesProviderProps } from '../components/people/NamesProvider.tsx';
export { NotificationItem, type NotificationItemProps } from '../components/channels/NotificationItem.tsx';
export { NotificationList, type NotificationListProps } from '../components/channels/NotificationList.tsx';
export {
  NotificationSettings,
  type NotificationSettingsProps,
} from '../components/notifications/NotificationSettings.tsx';
export {
  NotificationsProvider,
  type NotificationsProviderProps,
} from '../components/notifications/NotificationsProvider.tsx';
export { RequestList, type RequestListProps } from '../components/RequestList/RequestList.tsx';
export {
  en,
  type BesideTextKey,
  type ErrorTextKey,
  type LateTextKey,
  type Locale,
  type TextKey,
} from '../components/text/locale.ts';
export { LocaleProvider, type LocaleProviderProps } from '../components/text/LocaleProvider.tsx';
export { useText, type TextView, type Translate } from '../components/text/useText.ts';
export { darkTheme } from '../components/theme/darkTheme.ts';
export type { HostTheme } from '../components/theme/hostTheme.ts';
export { lightTheme } from '../components/theme/lightTheme.ts';
export { presets, type PresetName } from '../components/theme/presets.ts';
export { StyleProvider, type StyleProviderProps } from '../components/theme/StyleProvider.tsx';
export { ThemeRoot, type ThemeRootProps } from '../components/theme/ThemeRoot.tsx';
export type { ColorTokens, ScaleTokens, Scheme, Theme, ThemeOptions } from '../components/theme/tokens.ts';
export { UnlockPanel } from '../components/UnlockPanel/UnlockPanel.tsx';
export * from './hooks.ts';
export type { TextValues } from '../components/text/formatText.ts';

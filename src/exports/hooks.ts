/**
 * Hooks alone, for markup of your own: no styled-components.
 * @module push-chat-kit/hooks
 */
export { PushChatProvider, type PushChatProviderProps } from '../hooks/PushChatProvider.tsx';
export { useAction, type ActionState } from '../hooks/useAction.ts';
export type { ChatSummaries } from '../hooks/useChatSummaries.ts';
export { useChats } from '../hooks/useChats.ts';
export { useComposer, type ComposerFile, type ComposerOptions, type ComposerView } from '../hooks/useComposer.ts';
export { useChatNotifications } from '../hooks/useChatNotifications.ts';
export { useConnectionStatus } from '../hooks/useConnectionStatus.ts';
export { useDraft } from '../hooks/useDraft.ts';
export { useCreateGroup, type GroupCreator } from '../hooks/useCreateGroup.ts';
export { useGroup, type GroupView } from '../hooks/useGroup.ts';
export { useGroupAccess, type GroupAccessView } from '../hooks/useGroupAccess.ts';
export { useGroupActions, type GroupAction, type GroupActions } from '../hooks/useGroupActions.ts';
export { useGroupMembers, type GroupMembersView } from '../hooks/useGroupMembers.ts';
export { useGuest, type GuestOptions, type GuestView } from '../hooks/useGuest.ts';
export { useListNavigation, type ListNavigation } from '../hooks/useListNavigation.ts';
export { useMuted, type MutedView } from '../hooks/useMuted.ts';
export { useNotifications, type NotificationsView } from '../hooks/useNotifications.ts';
export { useNotificationSettings, type NotificationSettingsView } from '../hooks/useNotificationSettings.ts';
export { usePageBadge } from '../hooks/usePageBadge.ts';
export { useProfile } from '../hooks/useProfile.ts';
export { usePushChat } from '../hooks/usePushChat.ts';
export { useReadReceipts, type ReadReceiptsView } from '../hooks/useReadReceipts.ts';
export { useRemoved, type IsRemoved } from '../hooks/useRemoved.ts';
export type { RemovedMessages } from '../client/removed.ts';
export { useRequestActions, type RequestAction, type RequestActions } from '../hooks/useRequestActions.ts';
export { useRequests } from '../hooks/useRequests.ts';
export { useSafetyNumber, type SafetyNumberView } from '../hooks/useSafetyNumber.ts';
export { useSendMessage, type MessageSender } from '../hooks/useSendMessage.ts';
export { useSession, type SessionView } from '../hooks/useSession.ts';
export { useShownThread } from '../hooks/useShownThread.ts';
export { useSubscription, type SubscriptionView } from '../hooks/useSubscription.ts';
export { useStickToEnd, type StickToEnd, type StickToEndItem } from '../hooks/useStickToEnd.ts';
export { useStore } from '../hooks/useStore.ts';
export { useThread, type ThreadView } from '../hooks/useThread.ts';
export { useThreadNotices } from '../hooks/useThreadNotices.ts';
export { useVerification, type VerificationView } from '../hooks/useVerification.ts';
export type { ThreadNotice } from '../client/notices.ts';
export type { KeyChange } from '../client/pins/pin.ts';
export type { WalletPrompt, WalletPurpose } from '../client/walletPrompt.ts';
export type { KeyHolder } from '../client/keys/accountKeys.ts';
export type { KeepUnlocked, UnlockOptions } from '../client/keys/keepUnlocked.ts';
export { workerKeys } from '../client/keys/lateWorkerKeys.ts';
export type { KeyWorker } from '../client/keys/workerKeys.ts';
export { memoryStorage } from '../client/storage/memoryStorage.ts';
export type { DeviceStorage } from '../client/storage/storage.ts';
export type { NodeChoice, PushEnv } from '../client/nodeChoice.ts';
export type { PushChatConfig } from '../client/pushChatConfig.ts';
export type { ProfileChanges, PushChatClient } from '../client/PushChatClient.ts';
export type { ProofOptions, SendOptions } from '../client/sendOptions.ts';
export type { Eip1193Provider, EthersSigner, Signer, ViemSigner } from '../client/signerAddress.ts';
export type { WalletSigner } from '../client/signer.ts';
export type {
  ChatListState,
  ChatState,
  ChatSummary,
  Connection,
  FailedItem,
  Identity,
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
export type { PortableProof } from '../protocol/portableProof.ts';
export { formatSafetyNumber } from '../protocol/formatSafetyNumber.ts';
export { sameSafetyNumber } from '../protocol/sameSafetyNumber.ts';
export type { MessageCheck, Verification, VerifyingKey } from '../protocol/verification.ts';
export type { MessageContent, MessageType, PlainContent, PlainContentType } from '../protocol/messageContent.ts';
export type { SetDraft } from '../hooks/useDraft.ts';
export type { StickToEndOptions } from '../hooks/useStickToEnd.ts';
export type { BadgeOptions } from '../client/notify/badgePage.ts';
export type {
  NotificationPermit,
  NotificationPlatform,
  ShownNotification,
} from '../client/notify/browserNotifications.ts';
export type { MessageNotification } from '../client/notify/messageNotification.ts';
export type { NotificationLines, NotificationTexts } from '../client/notify/notificationLines.ts';
export type { NotificationChoices } from '../client/notify/notificationSettings.ts';
export type { QuietHours } from '../protocol/push/quietHours.ts';
export type { NotificationOptions } from '../client/notify/showNotifications.ts';
export type { ChannelsClient } from '../client/channels/channelsClient.ts';
export type {
  NotificationBox,
  BoxState,
  ChannelNotification,
  ChannelsState,
} from '../client/channels/channelsState.ts';
export type { Notification, NotificationData, NotificationType } from '../protocol/notifications/notification.ts';
export type { OnChainProof, ReadOnChain, SentOnChain } from '../protocol/notifications/openNotification.ts';
export type { NewGroup } from '../client/actions/groups/createGroup.ts';
export type { GroupChanges } from '../client/actions/groups/updateGroup.ts';
export type { GroupActOptions } from '../client/groups/postAct.ts';
export type { GroupLine } from '../client/groups/roster.ts';
export type { Group, GroupMember, GroupMembers, Standing } from '../client/state.ts';
export type { Concern } from '../errors.ts';
export type {
  AccessCondition,
  AccessRules,
  AccessTree,
  Comparison,
  GroupAccess,
} from '../protocol/groups/accessRules.ts';
export type { GroupConfig } from '../protocol/groups/groupPayload.ts';
export type { GroupRules, RuleCondition, RuleTree } from '../protocol/groups/groupRules.ts';
export type { MemberCounts } from '../protocol/groups/parseGroupInfo.ts';
export { isGroupId, type GroupId, type Peer } from '../protocol/peer.ts';

/**
 * The client, for bots, workers and servers: no React.
 * @module push-chat-kit/core
 */
export type { WalletPrompt, WalletPurpose } from '../client/walletPrompt.ts';
export type { NodeChoice, PushEnv } from '../client/nodeChoice.ts';
export { createPushChat } from '../client/createPushChat.ts';
export type { RandomBytes } from '../crypto/random.ts';
export type { PushChatConfig } from '../client/pushChatConfig.ts';
export type { AccountKeys, KeyHolder } from '../client/keys/accountKeys.ts';
export type { KeepUnlocked, SessionSecrets, UnlockOptions } from '../client/keys/keepUnlocked.ts';
export type {
  IncomingMessage,
  IncomingState,
  ReadableMessage,
  UnreadableMessage,
} from '../client/incoming/incomingMessage.ts';
export type { MessageFields, MessageFilter } from '../client/incoming/messageFilter.ts';
export type {
  AcceptPolicy,
  GroupsOptions,
  IncomingInvitation,
  IncomingRequest,
  JoinPolicy,
  MessagesOptions,
} from '../client/incoming/messagesOptions.ts';
export type { RuleAction, RuleOptions } from '../client/incoming/rules.ts';
export { workerKeys, type KeyWorker } from '../client/keys/workerKeys.ts';
export { indexedDbStorage } from '../client/storage/indexedDbStorage.ts';
export { memoryStorage } from '../client/storage/memoryStorage.ts';
export type { DeviceStorage } from '../client/storage/storage.ts';
export type { TabPlatform } from '../client/tabs/browserTabs.ts';
export { directTransport, type LocalNode } from '../client/directTransport.ts';
export { httpTransport } from '../client/httpTransport.ts';
export { noticesOf, type ThreadNotice } from '../client/notices.ts';
export type { KeyChange } from '../client/pins/pin.ts';
export type { GroupCommands, ProfileChanges, PushChatClient } from '../client/PushChatClient.ts';
export type { ProofOptions, SendOptions } from '../client/sendOptions.ts';
export type { Eip1193Provider, EthersSigner, Signer, ViemSigner } from '../client/signerAddress.ts';
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
  Profile,
  Relation,
  Session,
  Thread,
  ThreadItem,
  UnlockStep,
} from '../client/state.ts';
export type { ReadonlyStore } from '../client/store.ts';
export type { LiveListener, Transport } from '../client/transport.ts';
export { asPushChatError, PushChatError, type ErrorCode } from '../errors.ts';
export { addressOf, isDid, parseDid, sameDid, type Address, type Did } from '../protocol/did.ts';
export {
  REACTIONS,
  type MessageContent,
  type MessageType,
  type PlainContent,
  type PlainContentType,
} from '../protocol/messageContent.ts';
export {
  defineContent,
  type ContentDefinition,
  type ContentSchema,
  type ContentType,
  type StandardSchema,
} from '../protocol/defineContent.ts';
export type { TypedData } from '../protocol/typedContent.ts';
export { verifyProofFile, type PortableProof, type ProvenMessage } from '../protocol/portableProof.ts';
export { formatSafetyNumber } from '../protocol/formatSafetyNumber.ts';
export { safetyNumber, type KeyOwner } from '../protocol/safetyNumber.ts';
export { sameSafetyNumber } from '../protocol/sameSafetyNumber.ts';
export type { MessageCheck, Verification, VerifyingKey } from '../protocol/verification.ts';
export { findGuest, forgetGuest, openGuest, signGuestClaim, type Guest, type GuestOptions } from '../client/guest.ts';
export { readGuestClaim, type GuestClaim } from '../protocol/guestClaim.ts';
export type { LocalConnection } from '../client/directTransport.ts';
export type { HttpLimits } from '../client/httpTransport.ts';
export type { Reading, Writing } from '../client/keys/accountKeys.ts';
export type { KeyMessage } from '../client/keys/keyMessages.ts';
export type { WorkerKeysOptions } from '../client/keys/workerKeys.ts';
export type { PageLife } from '../client/pageLife.ts';
export type { TypedDataTypes } from '../client/signerAddress.ts';
export type { BundleWallet, KeyBundle } from '../crypto/keyBundle.ts';
export type { KeyType } from '../crypto/pgp.ts';
export type { Binding } from '../protocol/binding.ts';
export type { Challenge } from '../protocol/challenge.ts';
export type { AttestedKey, Opened } from '../protocol/openMessage.ts';
export type {
  MessageBody,
  ProfileUpdate,
  RequestAcceptance,
  RequestRejection,
  StoredMessage,
} from '../protocol/payload.ts';
export type { SenderRecord } from '../protocol/portableProof.ts';
export type { AttestationScheme, KeyLevel } from '../protocol/profileProof.ts';
export type { Route } from '../protocol/routes.ts';
export type { ProfileFields } from '../protocol/signProof.ts';
export type { ProofScheme } from '../protocol/verifyProof.ts';
export { badgePage, type BadgeOptions } from '../client/notify/badgePage.ts';
export {
  browserNotifications,
  type NotificationPermit,
  type NotificationPlatform,
  type ShownNotification,
} from '../client/notify/browserNotifications.ts';
export type { MessageNotification } from '../client/notify/messageNotification.ts';
export {
  notificationLines,
  type NotificationLines,
  type NotificationWords,
  type NotificationTexts,
} from '../client/notify/notificationLines.ts';
export type { NotificationChoices } from '../client/notify/notificationSettings.ts';
export type { QuietHours } from '../protocol/push/quietHours.ts';
export { showNotifications, type NotificationOptions } from '../client/notify/showNotifications.ts';
export type { ChannelsClient } from '../client/channels/channelsClient.ts';
export type {
  NotificationBox,
  BoxState,
  ChannelNotification,
  ChannelsState,
} from '../client/channels/channelsState.ts';
export type { Notification, NotificationData, NotificationType } from '../protocol/notifications/notification.ts';
export type { OnChainProof, ReadOnChain, SentOnChain } from '../protocol/notifications/openNotification.ts';
export { countVotes, type CastVote, type IgnoredReason, type Tally } from '../protocol/polls/countVotes.ts';
export {
  pollContent,
  pollId,
  tallyContent,
  voteContent,
  type Poll,
  type PublishedTally,
  type Vote,
} from '../protocol/polls/poll.ts';
export { recountPoll, type Recount } from '../protocol/polls/recountPoll.ts';
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
export { describeRules } from '../protocol/groups/accessRules.ts';
export {
  allOf,
  anyOf,
  groupRules,
  hasGuildRole,
  holdsErc20,
  holdsErc721,
  isInvitedBy,
  passesEndpoint,
} from '../protocol/groups/buildRules.ts';
export { isGroupId, isPeer, parsePeer, samePeer, type GroupId, type Peer } from '../protocol/peer.ts';
export type { SubscriptionParties } from '../protocol/notifications/signSubscription.ts';
export type { DevicePush } from '../protocol/push/devicePush.ts';
export type { Period } from '../protocol/groups/periods.ts';
export type { Holding } from '../protocol/groups/buildRules.ts';
export type { GroupDraft, SignedGroupAct } from '../protocol/groups/signGroup.ts';
export type { SchemaResult } from '../protocol/defineContent.ts';
export type { PushRegistration } from '../client/push/pushRegistration.ts';
export type { VaultKeys } from '../client/storage/storage.ts';
export type { FeedListener } from '../client/transport.ts';

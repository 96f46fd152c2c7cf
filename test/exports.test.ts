import { expect, test } from 'vitest';

const namesOf = (entry: object): string[] => Object.keys(entry).sort();

test('.', async () => {
  expect(namesOf(await import('../src/exports/index.ts'))).toMatchInlineSnapshot(`
    [
      "ChatBubble",
      "ChatInbox",
      "ChatLauncher",
      "ChatList",
      "ChatWindow",
      "CreateGroup",
      "LocaleProvider",
      "NamesProvider",
      "NotificationItem",
      "NotificationList",
      "NotificationSettings",
      "NotificationsProvider",
      "PushChatProvider",
      "RequestList",
      "StyleProvider",
      "ThemeRoot",
      "UnlockPanel",
      "darkTheme",
      "en",
      "formatSafetyNumber",
      "isGroupId",
      "lightTheme",
      "memoryStorage",
      "presets",
      "sameSafetyNumber",
      "useAction",
      "useChatNotifications",
      "useChats",
      "useComposer",
      "useConnectionStatus",
      "useCreateGroup",
      "useDraft",
      "useGroup",
      "useGroupAccess",
      "useGroupActions",
      "useGroupMembers",
      "useGuest",
      "useListNavigation",
      "useMuted",
      "useNotificationSettings",
      "useNotifications",
      "usePageBadge",
      "useProfile",
      "usePushChat",
      "useReadReceipts",
      "useRemoved",
      "useRequestActions",
      "useRequests",
      "useSafetyNumber",
      "useSendMessage",
      "useSession",
      "useShownThread",
      "useStickToEnd",
      "useStore",
      "useSubscription",
      "useText",
      "useThread",
      "useThreadNotices",
      "useVerification",
      "workerKeys",
    ]
  `);
});

test('./hooks', async () => {
  expect(namesOf(await import('../src/exports/hooks.ts'))).toMatchInlineSnapshot(`
    [
      "PushChatProvider",
      "formatSafetyNumber",
      "isGroupId",
      "memoryStorage",
      "sameSafetyNumber",
      "useAction",
      "useChatNotifications",
      "useChats",
      "useComposer",
      "useConnectionStatus",
      "useCreateGroup",
      "useDraft",
      "useGroup",
      "useGroupAccess",
      "useGroupActions",
      "useGroupMembers",
      "useGuest",
      "useListNavigation",
      "useMuted",
      "useNotificationSettings",
      "useNotifications",
      "usePageBadge",
      "useProfile",
      "usePushChat",
      "useReadReceipts",
      "useRemoved",
      "useRequestActions",
      "useRequests",
      "useSafetyNumber",
      "useSendMessage",
      "useSession",
      "useShownThread",
      "useStickToEnd",
      "useStore",
      "useSubscription",
      "useThread",
      "useThreadNotices",
      "useVerification",
      "workerKeys",
    ]
  `);
});

test('./theme', async () => {
  expect(namesOf(await import('../src/exports/theme.ts'))).toMatchInlineSnapshot(`
    [
      "createTheme",
      "cssDeclarations",
      "cssVariables",
      "darkTheme",
      "deriveColors",
      "lightTheme",
      "presets",
    ]
  `);
});

test('./core', async () => {
  expect(namesOf(await import('../src/exports/core.ts'))).toMatchInlineSnapshot(`
    [
      "PushChatError",
      "REACTIONS",
      "addressOf",
      "allOf",
      "anyOf",
      "asPushChatError",
      "badgePage",
      "browserNotifications",
      "countVotes",
      "createPushChat",
      "defineContent",
      "describeRules",
      "directTransport",
      "findGuest",
      "forgetGuest",
      "formatSafetyNumber",
      "groupRules",
      "hasGuildRole",
      "holdsErc20",
      "holdsErc721",
      "httpTransport",
      "indexedDbStorage",
      "isDid",
      "isGroupId",
      "isInvitedBy",
      "isPeer",
      "memoryStorage",
      "noticesOf",
      "notificationLines",
      "openGuest",
      "parseDid",
      "parsePeer",
      "passesEndpoint",
      "pollContent",
      "pollId",
      "readGuestClaim",
      "recountPoll",
      "safetyNumber",
      "sameDid",
      "samePeer",
      "sameSafetyNumber",
      "showNotifications",
      "signGuestClaim",
      "tallyContent",
      "verifyProofFile",
      "voteContent",
      "workerKeys",
    ]
  `);
});

test('./files', async () => {
  expect(namesOf(await import('../src/exports/files.ts'))).toEqual(['fileStorage']);
});

test('./polls', async () => {
  expect(namesOf(await import('../src/exports/polls.ts'))).toEqual([
    'PollCard',
    'pollContent',
    'pollId',
    'tallyContent',
    'usePoll',
    'voteContent',
  ]);
});

test('./chains', async () => {
  expect(namesOf(await import('../src/exports/chains.ts'))).toMatchInlineSnapshot(`
    [
      "ethersChains",
      "rpcChains",
      "sentOnChain",
    ]
  `);
});

test('./ens', async () => {
  expect(namesOf(await import('../src/exports/ens.ts'))).toEqual(['ensNames']);
});

test('./locales/*', async () => {
  expect(namesOf(await import('../src/exports/locales/de.ts'))).toEqual(['de']);
});

test('./node', async () => {
  expect(namesOf(await import('../src/exports/node.ts'))).toMatchInlineSnapshot(`
    [
      "createMemoryStore",
      "createPushNode",
      "ethersChains",
      "rpcChains",
    ]
  `);
});

test('./server', async () => {
  expect(namesOf(await import('../src/exports/server.ts'))).toMatchInlineSnapshot(`
    [
      "openLibsqlStore",
      "startPushNode",
    ]
  `);
});

test('./testing', async () => {
  expect(namesOf(await import('../src/exports/testing.ts'))).toMatchInlineSnapshot(`
    [
      "LIES",
      "createTestClock",
      "createTestWorld",
      "hostileNode",
      "renderWithPushChat",
      "until",
    ]
  `);
});

test('service-worker', async () => {
  expect(namesOf(await import('../src/exports/service-worker.ts'))).toMatchInlineSnapshot(`
    [
      "servePush",
    ]
  `);
});

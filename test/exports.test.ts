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
      "LocaleProvider",
      "NamesProvider",
      "PushChatProvider",
      "RequestList",
      "StyleProvider",
      "ThemeRoot",
      "UnlockPanel",
      "darkTheme",
      "en",
      "formatSafetyNumber",
      "lightTheme",
      "memoryStorage",
      "presets",
      "sameSafetyNumber",
      "useAction",
      "useChats",
      "useComposer",
      "useConnectionStatus",
      "useDraft",
      "useGuest",
      "useListNavigation",
      "useProfile",
      "usePushChat",
      "useReadReceipts",
      "useRemoved",
      "useRequestActions",
      "useRequests",
      "useSafetyNumber",
      "useSendMessage",
      "useSession",
      "useStickToEnd",
      "useStore",
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
      "memoryStorage",
      "sameSafetyNumber",
      "useAction",
      "useChats",
      "useComposer",
      "useConnectionStatus",
      "useDraft",
      "useGuest",
      "useListNavigation",
      "useProfile",
      "usePushChat",
      "useReadReceipts",
      "useRemoved",
      "useRequestActions",
      "useRequests",
      "useSafetyNumber",
      "useSendMessage",
      "useSession",
      "useStickToEnd",
      "useStore",
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
      "asPushChatError",
      "countVotes",
      "createPushChat",
      "defineContent",
      "directTransport",
      "findGuest",
      "forgetGuest",
      "formatSafetyNumber",
      "httpTransport",
      "indexedDbStorage",
      "isDid",
      "memoryStorage",
      "noticesOf",
      "openGuest",
      "parseDid",
      "pollContent",
      "pollId",
      "readGuestClaim",
      "recountPoll",
      "safetyNumber",
      "sameDid",
      "sameSafetyNumber",
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
      "createTestWorld",
      "hostileNode",
      "renderWithPushChat",
      "until",
    ]
  `);
});

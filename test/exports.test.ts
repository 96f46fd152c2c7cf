import { expect, test } from 'vitest';

const namesOf = (entry: object): string[] => Object.keys(entry).sort();

test('./core', async () => {
  expect(namesOf(await import('../src/exports/core.ts'))).toMatchInlineSnapshot(`
    [
      "PushChatError",
      "REACTIONS",
      "addressOf",
      "asPushChatError",
      "createPushChat",
      "directTransport",
      "httpTransport",
      "isDid",
      "parseDid",
      "sameDid",
    ]
  `);
});

test('./node', async () => {
  expect(namesOf(await import('../src/exports/node.ts'))).toMatchInlineSnapshot(`
    [
      "createMemoryStore",
      "createPushNode",
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
      "createChatWorld",
    ]
  `);
});

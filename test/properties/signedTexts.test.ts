import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as canonical from '../../src/protocol/canonical.ts';
import * as groups from '../../src/protocol/groups/groupTexts.ts';
import type { JsonObject } from '../../src/protocol/payload.ts';

/** Every text that an account's key or wallet signs the hash of, from whatever its fields hold. */
const purposes: Record<string, (fields: never, other: string) => string> = {
  message: (body) => canonical.messageText(body, 'pgpv3'),
  'message, pgpv2': (body) => canonical.messageText(body, 'pgpv2'),
  'first message before 2023': canonical.legacyMessageText,
  acceptance: canonical.acceptanceText,
  rejection: canonical.rejectionText,
  profile: canonical.profileText,
  'keys of a profile': canonical.profileKeysText,
  'keys of a profile before 2023': (user, name) =>
    canonical.legacyProfileKeysText(user, { caip10: name, encryptionType: name, name }),
  'group profile': groups.groupProfileText,
  'group settings': groups.groupConfigText,
  'first members': groups.firstMembersText,
  members: groups.membersText,
  'acceptance with a secret': groups.secretAcceptanceText,
  'group of v1': groups.groupCreationV1Text,
  'change of a group of v1': (update, chatId) => groups.groupUpdateV1Text(update, chatId),
};

const FIELDS = [
  ...['fromDID', 'toDID', 'fromCAIP10', 'toCAIP10', 'messageObj', 'messageType', 'messageContent', 'encType'],
  ...['sessionKey', 'encryptedSecret', 'status', 'name', 'desc', 'picture', 'blockedUsersList', 'caip10', 'did'],
  ...['publicKey', 'encryptedPrivateKey', 'groupName', 'groupDescription', 'groupImage', 'rules', 'isPublic'],
  ...['groupType', 'meta', 'scheduleAt', 'scheduleEnd', 'members', 'admins', 'upsert', 'remove', 'groupCreator'],
];

/** Values that look like parts of other texts, too. */
const value = fc.oneof(
  fc.constant(null),
  fc.json(),
  fc.string({ unit: 'binary' }),
  fc.constantFrom(...FIELDS.map((field) => `","${field}":"`)),
);
const fields = fc.record(Object.fromEntries(FIELDS.map((field) => [field, value])));

describe('the texts that are signed', () => {
  it('F10 property: none has two purposes, whatever its fields hold', () => {
    fc.assert(
      fc.property(fields, value, (given, other) => {
        const made = Object.entries(purposes).map(([name, text]) => [name, text(given as never, other ?? '')] as const);
        const named = new Map<string, string>();
        for (const [name, text] of made) {
          // What a text is for is told by its fields alone, which nobody's values can change.
          const shape = Object.keys(JSON.parse(text) as JsonObject).join();
          expect(named.get(shape)).toBeUndefined();
          named.set(shape, name);
        }
      }),
      { numRuns: 200 },
    );
  });

  it('F10 property: none is a hash, which alone is signed', () => {
    fc.assert(
      fc.property(fields, (given) => {
        for (const text of Object.values(purposes)) expect(canonical.isHash(text(given as never, ''))).toBe(false);
      }),
      { numRuns: 100 },
    );
  });
});

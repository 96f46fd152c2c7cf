import { sha256Hex } from '../../crypto/hash.ts';
import { PushChatError, type Concern } from '../../errors.ts';
import { isDid, parseDid } from '../../protocol/did.ts';
import { samePeer, type GroupId } from '../../protocol/peer.ts';
import type { ClientContext } from '../context.ts';
import type { Writing } from '../keys/accountKeys.ts';
import type { GroupFile, Readers } from './groupFile.ts';
import { keepGroup } from './keepGroup.ts';
import { findGroup, recentGroup } from './readGroup.ts';
import { agreement, knownMember, readersOf, refuseConcerns, strangeKeys } from './readers.ts';

/** How what is written to a group now is locked; `open` for a public one. */
export type Lock = 'open' | NonNullable<Writing['group']>;

/**
 * Tells how to write to a group.
 * @param maxAge in milliseconds, of what was read of it; by default it is read anew
 * @throws {PushChatError} `NotMember`, `PlaintextRefused`, `KeyUnattested`, `MembersUnconfirmed`, and what the node or network says
 */
export async function lockFor(
  client: ClientContext,
  chatId: GroupId,
  { allowPlaintext, maxAge = 0 }: { readonly allowPlaintext: boolean; readonly maxAge?: number },
): Promise<Lock> {
  const file = await recentGroup(client, chatId, maxAge);
  if (file.standing === 'out' || file.standing === 'invited') {
    throw new PushChatError('NotMember', 'You are not in this group. Join it, or accept the invitation, to write.');
  }
  checkKind(file, allowPlaintext);
  if (file.isPublic) return 'open';
  const readers = await readersOf(client, file);
  const secret = secretNow(file);
  const concerns = [...readers.concerns, ...(await concernsAbout(file, secret, readers))];
  client.dispatch({ type: 'groupConcerned', chatId, concerns });
  refuseConcerns(concerns);
  return secret ?? { keys: readers.keys };
}

/** A private group never becomes a public one, whatever a node says (security GR-03). */
function checkKind({ isPublic, kindProven, info }: GroupFile, allowPlaintext: boolean): void {
  if (isPublic !== info.isPublic) {
    throw new PushChatError(
      'PlaintextRefused',
      'The Push Node says that this group is of another kind than it was. Nothing was sent.',
    );
  }
  if (isPublic && !kindProven && !allowPlaintext) {
    throw new PushChatError(
      'PlaintextRefused',
      'Nothing but the word of the Push Node says that this group is public: the message would go unencrypted.',
    );
  }
}

type Secret = Extract<Lock, { sessionKey: string }>;

/**
 * The secret of now, which came in an act that a member signed (security GR-02).
 * @returns undefined where each message has its own
 * @throws {PushChatError} `KeyUnattested`
 */
function secretNow({ info, roster }: GroupFile): Secret | undefined {
  const { sessionKey, encryptedSecret } = info;
  const proven = roster.group;
  if (!proven) return sessionKey && encryptedSecret ? { sessionKey, encryptedSecret } : undefined;
  if ((proven.secret?.sessionKey ?? null) !== (sessionKey ?? null)) throw notGiven();
  if (!sessionKey) return undefined;
  if (!encryptedSecret || sha256Hex(encryptedSecret) !== roster.secretOf(sessionKey)) throw notGiven();
  return { sessionKey, encryptedSecret };
}

/** One that nobody gave is refused when it is used, and is no reason to agree to nobody. */
function givenSecret(file: GroupFile): Secret | undefined {
  try {
    return secretNow(file);
  } catch {
    return undefined;
  }
}

const notGiven = (): PushChatError =>
  new PushChatError(
    'KeyUnattested',
    'No member of this group gave the secret that the Push Node names. Nothing was sent.',
  );

/** Each secret is looked into once for the same readers. */
const looked = new WeakMap<Readers, Map<string, Promise<Concern[]>>>();

async function concernsAbout(file: GroupFile, secret: Secret | undefined, readers: Readers): Promise<Concern[]> {
  if (!secret) return [];
  const { sessionKey, encryptedSecret } = secret;
  const before = looked.get(readers) ?? new Map<string, Promise<Concern[]>>();
  looked.set(readers, before);
  const strangers = before.get(sessionKey) ?? strangeKeys(encryptedSecret, readers);
  before.set(sessionKey, strangers);
  const unproven: Concern[] = file.membership === 'proven' ? [] : [{ reason: 'secret', name: sessionKey }];
  return [...unproven, ...(await strangers)].filter(
    (concern) => !file.agreed.has(agreement(file, concern, bytesOf(concern, secret))),
  );
}

/** Another secret under the same name is another matter. */
const bytesOf = ({ reason }: Concern, secret: Secret | undefined): string =>
  reason === 'secret' ? (secret?.encryptedSecret ?? '') : '';

/**
 * Notes that the user agrees to have these read what is written, by name, until they have another key.
 * @param names as `Concern` has them; others change nothing
 */
export async function agreeTo(client: ClientContext, chatId: GroupId, names: readonly string[]): Promise<void> {
  const file = await findGroup(client, chatId);
  const readers = await readersOf(client, file);
  const secret = givenSecret(file);
  const concerns = [...readers.concerns, ...(await concernsAbout(file, secret, readers))];
  const more: string[] = [];
  const open: Concern[] = [];
  for (const concern of concerns) {
    if (names.some((name) => name === concern.name || samePeer(name, concern.name))) {
      more.push(agreement(file, concern, (await keyNamed(client, concern)) ?? bytesOf(concern, secret)));
    } else open.push(concern);
  }
  // The group may have been read anew meanwhile.
  const { readers: _, ...now } = client.groups.get(chatId) ?? file;
  const next: GroupFile = { ...now, agreed: new Set([...now.agreed, ...more]) };
  client.groups.set(chatId, next);
  await keepGroup(client, next);
  client.dispatch({ type: 'groupConcerned', chatId, concerns: open });
}

const keyNamed = async (client: ClientContext, { name }: Concern): Promise<string | undefined> =>
  isDid(name) ? ((await knownMember(client, parseDid(name)))?.key?.armored ?? '') : undefined;

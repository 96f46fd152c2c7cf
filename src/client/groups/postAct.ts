import { asPushChatError, PushChatError, type ErrorCode } from '../../errors.ts';
import type { Did } from '../../protocol/did.ts';
import type { GroupDraft } from '../../protocol/groups/signGroup.ts';
import type { GroupId } from '../../protocol/peer.ts';
import { routes, type Route } from '../../protocol/routes.ts';
import { requireAccount, type ClientContext } from '../context.ts';
import { backOffMs } from '../outbox/backOff.ts';
import { agreeTo } from './lockFor.ts';
import type { GroupFile } from './groupFile.ts';
import { readGroup } from './readGroup.ts';
import { readersOf, refuseConcerns } from './readers.ts';

/** Consent that an act may take: whom the user agrees to have read what is written from now on. */
export interface GroupActOptions {
  /** Names as `concerns` of `MembersUnconfirmed` has them. Remembered until they have another key. */
  readonly acceptMembers?: readonly string[];
}

/** Signs a change of a group, posts it, and reads the group anew. */
export async function postAct(
  client: ClientContext,
  { chatId, route, draft }: { readonly chatId: GroupId; readonly route: Route; readonly draft: GroupDraft },
): Promise<GroupFile> {
  const { keys, wireId } = requireAccount(client);
  const body = await keys.signGroup(draft, wireId, client.now());
  await client.transport.request(route, body);
  return readGroup(client, chatId);
}

const MOST_TRIES = 8;

/** Others came or went, or gave the group its secret, after it was read here. */
const OUTDATED: ReadonlySet<ErrorCode> = new Set(['HeadConflict', 'ProofDowngrade']);

/** Does anew what others came in the way of: a change of who reads is made for those who are in the group just then. */
export async function untilCurrent<Result>(client: ClientContext, change: () => Promise<Result>): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await change();
    } catch (error) {
      if (tries === MOST_TRIES || !OUTDATED.has(asPushChatError(error).code)) throw error;
      await client.wait(backOffMs(tries - 1, undefined, client.random));
    }
  }
}

export interface MembersChange {
  /** In the order of keys in which the official client signs it (protocol 5.3). */
  readonly upsert?: Extract<GroupDraft, { kind: 'members' }>['upsert'];
  readonly remove?: readonly Did[];
  /** Gives the group a secret, or its next one, though nobody comes or goes. */
  readonly renew?: boolean;
  /** Those who come in by this act. */
  readonly entering?: readonly Did[];
}

/** Changes who is in a group; whenever that changes who reads, with the secret that comes next (protocol 5.6). */
export const changeMembers = (
  client: ClientContext,
  chatId: GroupId,
  change: MembersChange,
  options: GroupActOptions = {},
): Promise<GroupFile> => untilCurrent(client, () => changeOnce(client, chatId, change, options));

async function changeOnce(
  client: ClientContext,
  chatId: GroupId,
  { upsert = { members: [], admins: [] }, remove = [], renew = false, entering = [] }: MembersChange,
  options: GroupActOptions,
): Promise<GroupFile> {
  const file = await prepared(client, chatId, options);
  const readersChange = remove.length > 0 || entering.length > 0;
  const readers = renew || readersChange ? await nextReaders(client, file, { without: remove, renew }) : null;
  return postAct(client, {
    chatId,
    route: routes.updateMembers(chatId),
    draft: { kind: 'members', upsert, remove, readers },
  });
}

/** Reads a group before it is changed, with what its user agrees to. */
export async function prepared(
  client: ClientContext,
  chatId: GroupId,
  { acceptMembers = [] }: GroupActOptions,
): Promise<GroupFile> {
  const file = await readGroup(client, chatId);
  if (acceptMembers.length === 0) return file;
  await agreeTo(client, chatId, acceptMembers);
  return client.groups.get(chatId) ?? file;
}

/**
 * Keys for the next secret of a private group.
 * @returns null where it needs none
 * @throws {PushChatError} `MembersUnconfirmed`
 */
export async function nextReaders(
  client: ClientContext,
  file: GroupFile,
  { without = [], renew = false }: { readonly without?: readonly Did[]; readonly renew?: boolean },
): Promise<readonly string[] | null> {
  if (file.isPublic) {
    if (renew) throw new PushChatError('UnsupportedEncType', 'A public group has no secret.');
    return null;
  }
  // Whether anybody gave the present one matters to nobody who makes the next.
  if (!renew && !file.info.sessionKey && !file.roster.group?.secret) return null;
  const { did, keys: own } = requireAccount(client);
  const found = await readersOf(client, file, { without });
  refuseConcerns(found.concerns);
  // Who leaves makes the next secret for those who stay, and has no key in it.
  const keys = without.includes(did) ? found.keys.filter((key) => key !== own.publicKey) : found.keys;
  return keys.length > 0 ? keys : null;
}

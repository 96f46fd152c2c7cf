import { encryptedTo, identifyKey } from '../../crypto/identifyKey.ts';
import { sha256Hex } from '../../crypto/hash.ts';
import { asPushChatError, PushChatError, type Concern } from '../../errors.ts';
import { isDid, parseDid, type Did } from '../../protocol/did.ts';
import { MAX_BATCH, MAX_GROUP_BYTES } from '../../protocol/limits.ts';
import { parseKeyPage } from '../../protocol/groups/parseGroupInfo.ts';
import { routes } from '../../protocol/routes.ts';
import { requireAccount, type ClientContext } from '../context.ts';
import type { KnownUser } from '../keyring.ts';
import { isOfOne } from '../outbox/outgoing.ts';
import { needsConsent } from '../pins/pin.ts';
import type { GroupFile, Readers } from './groupFile.ts';

/** Accounts of one page of keys, as the official client asks for them. */
const PAGE = 5_000;

/** Pages of the largest group that there may be. */
const MOST_PAGES = 20;

/** So long nobody's key is looked at again, unless the members change. */
const FRESH_MS = 5 * 60_000;

/**
 * Who is to read, and whom the user has to decide about first (security GR-01): members whom nobody let in by their
 * signature, and those for whose key no wallet vouches. Where the node shows no acts, everybody is of the first kind.
 * @param change readers who go, such as who is removed, or who comes by the very act
 */
export async function readersOf(
  client: ClientContext,
  file: GroupFile,
  change: { readonly without?: readonly Did[] } = {},
): Promise<Readers> {
  const now = client.now();
  if (!change.without && file.readers && now - file.readers.at < FRESH_MS) return file.readers.found;
  const found = await findReaders(client, file, new Set(change.without));
  if (!change.without && found.concerns.length === 0) file.readers = { at: now, found };
  return found;
}

async function findReaders(client: ClientContext, file: GroupFile, without: ReadonlySet<Did>): Promise<Readers> {
  const { did: me, keys: own } = requireAccount(client);
  const { roster, agreed } = file;
  const accepted = [...roster.members].flatMap(([did, member]) => (member.accepted ? [did] : []));
  const proven = new Set(accepted.filter((did) => isProven(file, did)));
  const told = await toldMembers(client, file, accepted.length);
  const everybody = [...new Set([...accepted, ...told])].filter((did) => !without.has(did) && did !== me);
  const keys = [own.publicKey];
  const keyIds = new Set((await identifyKey(own.publicKey)).ids);
  const concerns: Concern[] = [];
  for (let start = 0; start < everybody.length; start += MAX_BATCH) {
    const some = everybody.slice(start, start + MAX_BATCH);
    await client.keyring.prefetch(some).catch(() => undefined);
    for (const did of some) {
      const known = await knownMember(client, did);
      const armored = known?.key?.armored;
      // Who has no key can read nothing.
      if (known === null || (known && armored === undefined)) continue;
      for (const reason of [proven.has(did) ? undefined : ('unproven' as const), concernAbout(known)]) {
        if (reason && !agreed.has(agreement(file, { reason, name: did }, armored)))
          concerns.push({ reason, name: did });
      }
      if (armored === undefined) continue;
      keys.push(armored);
      for (const key of [armored, ...(known?.earlier ?? []).map((earlier) => earlier.armored)]) {
        for (const id of await idsOf(key)) keyIds.add(id);
      }
    }
  }
  return { keys, keyIds, concerns };
}

/**
 * @returns undefined for whose key cannot be told now, which keeps nobody else from writing: the user decides about them
 * as about one for whom no wallet vouches, and what is written meanwhile they cannot read
 */
export async function knownMember(client: ClientContext, did: Did): Promise<KnownUser | null | undefined> {
  try {
    const known = await client.keyring.find(did);
    // One whom somebody wrote to before they had a key may have one by now.
    return known?.key ? known : await client.keyring.recheck(did);
  } catch (thrown) {
    const error = asPushChatError(thrown);
    if (!isOfOne(error)) throw error;
    client.warn(error);
    return undefined;
  }
}

/** Whether somebody who may has signed for a member, and nothing speaks against it. */
export const isProven = (acts: Pick<GroupFile, 'roster' | 'seen'>, did: Did): boolean =>
  acts.roster.members.has(did) && !isBack(acts, did) && !acts.roster.letItselfIn(did);

/** Whether an account is in by the list that is followed, and out by all that was ever seen. */
export const isBack = ({ roster, seen }: Pick<GroupFile, 'roster' | 'seen'>, did: Did): boolean =>
  roster !== seen && roster.members.get(did)?.accepted === true && seen.members.get(did)?.accepted !== true;

/** Whether somebody put an account out, or it left, by all that was ever seen. */
const wasOut = (acts: Pick<GroupFile, 'roster' | 'seen'>, did: Did): boolean =>
  isBack(acts, did) || acts.roster.isGone(did) || acts.seen.isGone(did);

/** What is no key has none. */
const idsOf = async (armored: string): Promise<readonly string[]> => {
  try {
    return (await identifyKey(armored)).ids;
  } catch {
    return [];
  }
};

function concernAbout(known: KnownUser | null | undefined): Concern['reason'] | undefined {
  if (known?.key?.level !== 'verified') return 'unattested';
  return known.pin && needsConsent(known.pin) ? 'changed' : undefined;
}

/** Whom the node has in the group; not asked where it has no more than is proven. */
async function toldMembers(client: ClientContext, { chatId, counts }: GroupFile, proven: number): Promise<Did[]> {
  if (counts && counts.accepted <= proven) return [];
  const told: Did[] = [];
  for (let page = 1; page <= MOST_PAGES; page += 1) {
    const dids = parseKeyPage(await client.transport.request(routes.groupKeys(chatId, page, PAGE)));
    told.push(...dids.filter(isDid).map(parseDid));
    if (dids.length < PAGE) break;
  }
  return told;
}

/** What the user agreed to: another key of the same member is another matter, and so is one who was put out since. */
export const agreement = (file: GroupFile, { reason, name }: Concern, armored = ''): string =>
  `${kindOf(file, { reason, name })} ${name} ${sha256Hex(armored).slice(0, 16)}`;

const kindOf = (file: GroupFile, { reason, name }: Concern): string =>
  reason === 'unproven' && isDid(name) && wasOut(file, parseDid(name)) ? 'back' : reason;

/** Whether the user agreed to a member whom nobody let in by their signature, whatever key they had then. */
export function isAgreedTo(file: GroupFile, did: Did): boolean {
  const begin = `${kindOf(file, { reason: 'unproven', name: did })} ${did} `;
  return [...file.agreed].some((agreed) => agreed.startsWith(begin));
}

/**
 * Finds keys of nobody in the group among those that its secret is wrapped for: whoever wrapped it believed a node about
 * them (security GR-01, GR-02).
 */
export async function strangeKeys(wrapped: string, { keyIds }: Readers): Promise<Concern[]> {
  const strangers = (await encryptedTo(wrapped, MAX_GROUP_BYTES)).filter((id) => !keyIds.has(id));
  return [...new Set(strangers)].map((name) => ({ reason: 'key', name }));
}

/** @throws {PushChatError} `MembersUnconfirmed` where there are any */
export function refuseConcerns(concerns: readonly Concern[]): void {
  if (concerns.length === 0) return;
  throw new PushChatError(
    'MembersUnconfirmed',
    'Not everybody who would read this is known to be in the group. Look at who they are, and agree to them or not.',
    { concerns },
  );
}

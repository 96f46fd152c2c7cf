import { encryptedTo, identifyKey } from '../../crypto/identifyKey.ts';
import { canEncryptTo } from '../../crypto/pgpPublicKey.ts';
import { asPushChatError, PushChatError } from '../../errors.ts';
import type { Did } from '../../protocol/did.ts';
import { malformed } from '../../protocol/fields.ts';
import { isJoin, type GroupAct } from '../../protocol/groups/groupState.ts';
import { MAX_GROUP_BYTES } from '../../protocol/limits.ts';
import type { Rows } from '../store/store.ts';
import { keysOf } from '../tables/attestations.ts';
import { listMembers, memberOf, newestActs } from '../tables/groups.ts';

/** So long a client may take from reading a group of thousands to changing it, and so much may be done meanwhile. */
const RECENT_MS = 5 * 60_000;
const MOST_ACTS = 20;
const MOST_ACCOUNTS = 200;

/**
 * Checks that a group's next secret is wrapped for those who came lately, and for none who went lately. Who changed the
 * group without knowing of them is told to read it anew: the secret that counts would leave out one who is in it.
 * @param rows with the act applied
 * @throws {PushChatError} `HeadConflict`, `PayloadMalformed`
 */
export async function checkReaders(rows: Rows, chatId: string, { at, change }: GroupAct): Promise<void> {
  const secret = 'secret' in change ? change.secret : null;
  if (!secret) return;
  const named = await idsIn(secret);
  const recent = (await newestActs(rows, chatId, MOST_ACTS)).filter((act) => act.at > at - RECENT_MS);
  for (const did of [...new Set(recent.flatMap(whoCameOrWent))].slice(0, MOST_ACCOUNTS)) {
    const isIn = (await memberOf(rows, chatId, did))?.accepted === true;
    const isRight = isIn ? await canRead(rows, did, { named, at }) : !(await isNamed(rows, chatId, did, named));
    if (!isRight) {
      throw new PushChatError('HeadConflict', 'Others came or went meanwhile. Read the group, and do this anew.');
    }
  }
}

async function idsIn(secret: string): Promise<ReadonlySet<string>> {
  try {
    return new Set(await encryptedTo(secret, MAX_GROUP_BYTES));
  } catch (error) {
    if (asPushChatError(error).code === 'DecryptFailed') throw malformed('encryptedSecret');
    throw error;
  }
}

const whoCameOrWent = ({ signer, change }: GroupAct): readonly Did[] => {
  if (change.kind === 'accept') return [signer];
  if (change.kind !== 'members') return [];
  return isJoin(change, signer) ? [signer] : change.remove;
};

/** Whether a secret is wrapped for one of an account's keys; true where nothing can be encrypted to the present one. */
async function canRead(
  rows: Rows,
  did: Did,
  { named, at }: { readonly named: ReadonlySet<string>; readonly at: number },
): Promise<boolean> {
  const keys = await keysOf(rows, did);
  for (const key of keys) if ((await idsOf(key)).some((id) => named.has(id))) return true;
  const [current] = keys;
  return current === undefined || !(await canEncryptTo(current, at));
}

/** Whether a secret is wrapped for a key of an account, and of nobody who is in: anybody can publish another's key. */
async function isNamed(rows: Rows, chatId: string, did: Did, named: ReadonlySet<string>): Promise<boolean> {
  const own = new Set<string>();
  for (const key of await keysOf(rows, did)) for (const id of await idsOf(key)) if (named.has(id)) own.add(id);
  if (own.size === 0) return false;
  const members = await listMembers(rows, chatId, { accepted: true }, { offset: 0, limit: Number.MAX_SAFE_INTEGER });
  for (const member of members) {
    const [key] = await keysOf(rows, member.did);
    if (key !== undefined) for (const id of await idsOf(key)) own.delete(id);
    if (own.size === 0) return false;
  }
  return true;
}

const idsOf = async (key: string): Promise<readonly string[]> => (await identifyKey(key)).ids;

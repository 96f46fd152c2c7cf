import { encryptedTo, identifyKey } from '../../crypto/identifyKey.ts';
import { asPushChatError, PushChatError } from '../../errors.ts';
import type { Did } from '../../protocol/did.ts';
import { malformed } from '../../protocol/fields.ts';
import { isJoin, type GroupAct } from '../../protocol/groups/groupState.ts';
import { MAX_GROUP_BYTES } from '../../protocol/limits.ts';
import type { Rows } from '../store/store.ts';
import { keysOf } from '../tables/attestations.ts';
import { memberOf, newestActs } from '../tables/groups.ts';

/** So long a client may take from reading a group of thousands to changing it, and so much may be done meanwhile. */
const RECENT_MS = 5 * 60_000;
const MOST_ACTS = 20;

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
  for (const did of new Set(recent.flatMap(whoCameOrWent))) {
    const ids = await idsOf(rows, did);
    const isIn = (await memberOf(rows, chatId, did))?.accepted === true;
    if (ids.length > 0 && ids.some((id) => named.has(id)) !== isIn) {
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

/** Of every key that the account ever had. */
async function idsOf(rows: Rows, did: Did): Promise<readonly string[]> {
  const identities = await Promise.all((await keysOf(rows, did)).map((key) => identifyKey(key)));
  return identities.flatMap(({ ids }) => ids);
}

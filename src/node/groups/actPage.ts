import type { Did } from '../../protocol/did.ts';
import { FULL_ACTS, MAX_ACTS, type ActPage, type KeyRecord, type ServedAct } from '../../protocol/groups/actPage.ts';
import type { ActVerb } from '../../protocol/groups/readAct.ts';
import type { Rows } from '../store/store.ts';
import { attestationsOf } from '../tables/attestations.ts';
import { actsAfter, countActs, requireGroup } from '../tables/groups.ts';
import { entryAt } from '../tables/journal.ts';

/** Acts read from the store at once: one may have a secret for thousands. */
const AT_ONCE = 20;

/**
 * The acts of a group after a place, as they were posted.
 * @param after empty for the first
 * @throws {PushChatError} `NotFound`
 */
export async function actPage(rows: Rows, chatId: string, after: string): Promise<ActPage> {
  await requireGroup(rows, chatId);
  const acts: ServedAct[] = [];
  const signers = new Set<Did>();
  let [size, from, more] = [0, after, true];
  while (more && size < FULL_ACTS && acts.length < MAX_ACTS) {
    const found = await actsAfter(rows, chatId, { after: from, limit: AT_ONCE });
    more = found.length === AT_ONCE;
    for (const { place, act } of found) {
      if (size >= FULL_ACTS || acts.length >= MAX_ACTS) break;
      const entry = await entryAt(rows, act.entry);
      if (!entry) continue;
      acts.push({ place, verb: entry.verb as ActVerb, at: act.at, body: entry.body });
      signers.add(act.signer);
      size += JSON.stringify(entry.body).length;
      from = place;
    }
  }
  return { acts, total: await countActs(rows, chatId), records: await earlierKeys(rows, signers) };
}

/** Of one signer: nobody uses up more, and whoever does keeps nobody else's from being served. */
const MOST_KEYS = 20;

/** Of those who have other keys by now. */
async function earlierKeys(rows: Rows, signers: ReadonlySet<Did>): Promise<KeyRecord[]> {
  const records: KeyRecord[] = [];
  for (const did of signers) {
    const all = await attestationsOf(rows, did);
    const keys = new Map(all.map((attested) => [attested.publicKey, attested]));
    keys.delete(all.at(-1)?.publicKey ?? '');
    for (const attested of [...keys.values()].slice(-MOST_KEYS)) {
      const { did: spelled, wallets, publicKey, encryptedPrivateKey, verificationProof } = attested;
      records.push({ did: spelled, wallets, publicKey, encryptedPrivateKey, verificationProof });
    }
  }
  return records;
}

import { sha256Hex } from '../../crypto/hash.ts';
import { isDid, parseDid, type Did } from '../../protocol/did.ts';
import { objectOf, stringOf } from '../../protocol/fields.ts';
import { parseActPage } from '../../protocol/groups/actPage.ts';
import { MAX_GROUP_BYTES } from '../../protocol/limits.ts';
import type { StoredMessage } from '../../protocol/payload.ts';
import type { GroupId } from '../../protocol/peer.ts';
import { routes } from '../../protocol/routes.ts';
import type { KeptGroup } from '../groups/groupFile.ts';
import { createRoster } from '../groups/roster.ts';
import type { Reading } from '../keys/accountKeys.ts';
import type { Keyring } from '../keyring.ts';
import type { Transport } from '../transport.ts';

interface Judged {
  readonly me: Did;
  readonly chatId: GroupId;
  readonly sender: Did;
  readonly message: StoredMessage;
}

interface Means {
  readonly known: KeptGroup | undefined;
  readonly transport: Transport;
  readonly keyring: Keyring;
}

/**
 * What a message of a group is judged by while no page is open: the acts that a page has checked and kept, if nothing was
 * done to the group since. Undefined where a page would have to look anew, and for whom this account blocks.
 */
export async function groupForWorker(
  { me, chatId, sender, message }: Judged,
  { known, transport, keyring }: Means,
): Promise<NonNullable<Reading['group']> | undefined> {
  if (!known?.roster) return undefined;
  const roster = createRoster(known.roster);
  if (roster.members.get(me)?.accepted !== true) return undefined;
  const { acts, total } = parseActPage(await transport.request(routes.groupActs(chatId, known.place)));
  if (acts.length > 0 || total !== known.served) return undefined;
  const blocked = (await keyring.find(me))?.user.profile.blockedUsersList ?? [];
  if (blocked.some((did) => isDid(did) && parseDid(did) === sender)) return undefined;
  const { encType, sessionKey } = message;
  if (encType !== 'pgpv1:group') return { periods: roster.periodsOf(sender), secret: null };
  const hash = roster.secretOf(sessionKey ?? '');
  if (sessionKey == null || hash === undefined) return undefined;
  const answer = await transport.request(routes.groupSecret(sessionKey));
  const secret = stringOf(objectOf(answer, 'secret'), 'encryptedSecret', MAX_GROUP_BYTES);
  return sha256Hex(secret) === hash ? { periods: roster.periodsOf(sender), secret } : undefined;
}

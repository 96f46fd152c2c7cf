import { sha256Hex } from '../../crypto/hash.ts';
import { asPushChatError } from '../../errors.ts';
import { objectOf, stringOf } from '../../protocol/fields.ts';
import { MAX_GROUP_BYTES } from '../../protocol/limits.ts';
import { routes } from '../../protocol/routes.ts';
import { boundedMap, type BoundedMap } from '../cache/boundedMap.ts';
import type { ClientContext } from '../context.ts';
import { isPassing } from '../outbox/outgoing.ts';
import type { GroupFile } from './groupFile.ts';

/** Each may be wrapped for thousands: those of a few pages of messages are kept. */
const MOST_KEPT = 8;

const found = new WeakMap<ClientContext, BoundedMap<string, Promise<string | null>>>();

/**
 * The wrapped secret that a message names, where it came in an act that a member signed; where the node shows no acts, as
 * the node gives it.
 * @returns null for one that no member gave
 */
export function wrappedSecret(client: ClientContext, file: GroupFile, sessionKey: string): Promise<string | null> {
  const hash = file.roster.secretOf(sessionKey);
  if (file.membership === 'proven' && hash === undefined) return Promise.resolve(null);
  const kept = found.get(client) ?? boundedMap(MOST_KEPT);
  found.set(client, kept);
  const name = `${sessionKey} ${hash ?? ''}`;
  const before = kept.get(name);
  if (before) return before;
  const asking = ask(client, file, { sessionKey, hash });
  kept.set(name, asking);
  const forget = (): void => kept.delete(name);
  // What is not there now may be there later.
  asking.then((wrapped) => {
    if (wrapped === null) forget();
  }, forget);
  return asking;
}

async function ask(
  client: ClientContext,
  { info }: GroupFile,
  { sessionKey, hash }: { readonly sessionKey: string; readonly hash: string | undefined },
): Promise<string | null> {
  if (info.sessionKey === sessionKey && isHashOf(info.encryptedSecret, hash)) return info.encryptedSecret;
  if (!/^[0-9a-f]{64}$/.test(sessionKey)) return null;
  try {
    const answer = await client.transport.request(routes.groupSecret(sessionKey));
    const wrapped = stringOf(objectOf(answer, 'secret'), 'encryptedSecret', MAX_GROUP_BYTES);
    return isHashOf(wrapped, hash) ? wrapped : null;
  } catch (thrown) {
    const error = asPushChatError(thrown);
    if (isPassing(error)) throw error;
    client.warn(error);
    return null;
  }
}

const isHashOf = (wrapped: string | null, hash: string | undefined): boolean =>
  wrapped !== null && (hash === undefined || sha256Hex(wrapped) === hash);

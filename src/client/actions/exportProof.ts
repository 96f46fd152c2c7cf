import { PushChatError } from '../../errors.ts';
import { parseDid, sameDid, type Did } from '../../protocol/did.ts';
import { isMessageId } from '../../protocol/messageId.ts';
import { parseHistory } from '../../protocol/parseAnswer.ts';
import { portableProof, type PortableProof, type SenderRecord } from '../../protocol/portableProof.ts';
import type { StoredMessage } from '../../protocol/payload.ts';
import { routes } from '../../protocol/routes.ts';
import { requireAccount, type ClientContext } from '../context.ts';
import { openItem } from '../openItem.ts';
import type { ProofOptions } from '../sendOptions.ts';

/**
 * Reads a message as it is stored, checks it, and puts it together with its sender's record.
 * @throws {PushChatError} `NotFound`, `KeyUnattested` where no wallet vouches for the sender, and why it is not verified
 */
export async function exportProof(
  client: ClientContext,
  id: string,
  { disclose = false }: ProofOptions = {},
): Promise<PortableProof> {
  const { did, keys } = requireAccount(client);
  if (!isMessageId(id)) throw new PushChatError('NotFound', 'Only a stored message can be proven.');
  const [message] = parseHistory(await client.transport.request(routes.history(id, 1)));
  if (!message || 'malformed' in message || message.cid !== id) {
    throw new PushChatError('NotFound', 'The Push Node does not serve this message.');
  }
  const isMine = sameDid(message.fromDID, did);
  const peer = parseDid(isMine ? message.toDID : message.fromDID);
  const { verification } = await openItem(client, peer, message);
  // What cannot be opened here can still be proven.
  if (verification?.failed && verification.failed.check !== 'content') {
    throw new PushChatError(verification.failed.code, 'This message did not pass its checks, so it proves nothing.');
  }
  const record = await recordOf(client, isMine ? did : peer, message, verification?.key?.fingerprint);
  const { encType, encryptedSecret } = message;
  const isSealed = disclose && encType === 'pgp' && typeof encryptedSecret === 'string';
  return portableProof(message, record, isSealed ? await keys.disclose(encryptedSecret) : undefined);
}

/** The record of then: of the key that signed. */
async function recordOf(
  client: ClientContext,
  did: Did,
  message: StoredMessage,
  fingerprint: string | undefined,
): Promise<SenderRecord> {
  const known = await client.keyring.find(did);
  const key = known?.pin?.keys.find((pinned) => pinned.fingerprint === fingerprint);
  if (key) return key.record;
  throw new PushChatError('KeyUnattested', `No wallet vouches for the key that signed ${message.cid}.`);
}

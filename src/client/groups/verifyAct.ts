import { identifyKey } from '../../crypto/identifyKey.ts';
import { PushChatError } from '../../errors.ts';
import { sameDid, type Did } from '../../protocol/did.ts';
import type { KeyRecord } from '../../protocol/groups/actPage.ts';
import { verifyGroupProof } from '../../protocol/groups/groupProof.ts';
import { nameAct, type NamedAct, type ReadAct, type SignedText } from '../../protocol/groups/readAct.ts';
import type { AttestedKey } from '../../protocol/openMessage.ts';
import { verifyAttestation } from '../../protocol/profileProof.ts';
import { armoredKey } from '../../protocol/publicKey.ts';
import type { ClientContext } from '../context.ts';

/** Clocks differ: a key may have been used for so long after another was made. */
const CLOCK_TOLERANCE_MS = 24 * 60 * 60 * 1000;

/**
 * Verifies that an account whose wallet vouches for its key signed all of an act.
 * @param records keys of before, as the node serves them
 * @throws {PushChatError} `KeyUnattested`, `KeyRollback`, and why a proof fails
 */
export async function verifyAct(
  client: ClientContext,
  read: ReadAct,
  { chatId, records }: { readonly chatId: string; readonly records: readonly KeyRecord[] },
): Promise<NamedAct> {
  const keys = await keysOf(client, read.signer, records);
  let refusal = new PushChatError('KeyUnattested', `No wallet vouches for the key of ${read.signer}.`);
  for (const key of keys) {
    const proven = await verifyTexts(client, read.signed, key);
    if (Array.isArray(proven)) return nameAct(read, proven, chatId);
    refusal = proven;
  }
  throw refusal;
}

async function verifyTexts(
  client: ClientContext,
  signed: readonly SignedText[],
  { armored, until = Infinity }: AttestedKey,
): Promise<string[] | PushChatError> {
  const digests: string[] = [];
  for (const { text, ...proof } of signed) {
    const result = await verifyGroupProof(text, proof, armored, new Date(client.now()));
    if (!result.ok) return new PushChatError(result.code, 'An act of this group is not its signer’s.');
    if (result.signedAt > until + CLOCK_TOLERANCE_MS) {
      return new PushChatError(
        'KeyRollback',
        'An act of this group was signed with a key that its signer had replaced.',
      );
    }
    digests.push(result.digest);
  }
  return digests;
}

/** Of now, those that this device saw before, and those that the node has kept. */
async function keysOf(client: ClientContext, did: Did, records: readonly KeyRecord[]): Promise<AttestedKey[]> {
  const known = await client.keyring.find(did);
  const keys = [known?.key, ...(known?.earlier ?? [])].filter((key) => key?.level === 'verified') as AttestedKey[];
  for (const record of records) {
    if (!sameDid(record.did, did)) continue;
    const armored = armoredKey(record.publicKey);
    if (keys.some((key) => key.armored === armored)) continue;
    const earlier = await earlierKey(record, armored, keys);
    if (earlier) keys.push(earlier);
  }
  return keys;
}

/** A key of before counts until the next one that is known was made. */
async function earlierKey(
  record: KeyRecord,
  armored: string,
  keys: readonly AttestedKey[],
): Promise<AttestedKey | undefined> {
  try {
    const { level, scheme } = verifyAttestation({ ...record, profile: { name: null } });
    if (level !== 'verified') return undefined;
    const { created } = await identifyKey(armored);
    const others = await Promise.all(keys.map(async (key) => (await identifyKey(key.armored)).created));
    const until = Math.min(...others.filter((time) => time > created));
    // What was made after all keys that are known is no key of before.
    return Number.isFinite(until) ? { armored, level, attestedBy: scheme, until } : undefined;
  } catch {
    return undefined;
  }
}

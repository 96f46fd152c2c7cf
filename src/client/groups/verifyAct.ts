import { sha256Hex } from '../../crypto/hash.ts';
import { identifyKey } from '../../crypto/identifyKey.ts';
import { PushChatError } from '../../errors.ts';
import { isDid, parseDid, type Did } from '../../protocol/did.ts';
import type { KeyRecord } from '../../protocol/groups/actPage.ts';
import { verifyGroupProof } from '../../protocol/groups/groupProof.ts';
import {
  nameAct,
  type NamedAct,
  type ProvenText,
  type ReadAct,
  type SignedText,
} from '../../protocol/groups/readAct.ts';
import type { AttestedKey } from '../../protocol/openMessage.ts';
import { verifyAttestation } from '../../protocol/profileProof.ts';
import { armoredKey } from '../../protocol/publicKey.ts';
import type { ProofResult } from '../../protocol/verifyProof.ts';
import { boundedMap, type BoundedMap } from '../cache/boundedMap.ts';
import type { ClientContext } from '../context.ts';

/** Clocks differ: a key may have been used for so long after another was made. */
const CLOCK_TOLERANCE_MS = 24 * 60 * 60 * 1000;

/** A signer's clock may be ahead by a day, and this one behind: how far an act may be dated is judged by `isTimely`. */
const latest = (client: ClientContext): Date => new Date(client.now() + CLOCK_TOLERANCE_MS);

const MOST_VERIFIED = 20_000;
const verifiedBy = new WeakMap<ClientContext, BoundedMap<string, ProofResult>>();

/** What was found right once is right: a list that is read from its beginning again is not verified again. */
async function verifyOnce(
  client: ClientContext,
  text: string,
  proof: Pick<SignedText, 'proof' | 'scheme'>,
  armored: string,
): Promise<ProofResult> {
  const verified = verifiedBy.get(client) ?? boundedMap(MOST_VERIFIED);
  verifiedBy.set(client, verified);
  const name = sha256Hex(JSON.stringify([text, proof.scheme, proof.proof, armored]));
  const before = verified.get(name);
  if (before) return before;
  const result = await verifyGroupProof(text, proof, armored, latest(client));
  if (result.ok) verified.set(name, result);
  return result;
}

/** The keys that acts of an account may be signed with, of now and of before. */
export type SignerKeys = (did: Did) => Promise<readonly AttestedKey[]>;

/**
 * Verifies that an account whose wallet vouches for its key signed all of an act.
 * @throws {PushChatError} `KeyUnattested`, `KeyRollback`, and why a proof fails
 */
export async function verifyAct(
  client: ClientContext,
  read: ReadAct,
  { chatId, keysOf }: { readonly chatId: string; readonly keysOf: SignerKeys },
): Promise<NamedAct> {
  let refusal = new PushChatError('KeyUnattested', `No wallet vouches for the key of ${read.signer}.`);
  const keys = await keysOf(read.signer);
  for (const key of keys) {
    const proven = await verifyTexts(client, read.signed, key);
    if (Array.isArray(proven)) return nameAct(read, proven, chatId);
    refusal = proven;
  }
  // The signer may have other keys by now.
  const fresh = (await client.keyring.recheck(read.signer))?.key;
  if (fresh?.level !== 'verified' || keys.some(({ armored }) => armored === fresh.armored)) throw refusal;
  const proven = await verifyTexts(client, read.signed, fresh);
  if (Array.isArray(proven)) return nameAct(read, proven, chatId);
  throw proven;
}

async function verifyTexts(
  client: ClientContext,
  signed: readonly SignedText[],
  { armored, until = Infinity }: AttestedKey,
): Promise<ProvenText[] | PushChatError> {
  const proven: ProvenText[] = [];
  for (const { text, ...proof } of signed) {
    const result = await verifyOnce(client, text, proof, armored);
    if (!result.ok) return new PushChatError(result.code, 'An act of this group is not its signer’s.');
    if (result.signedAt > until + CLOCK_TOLERANCE_MS) {
      return new PushChatError(
        'KeyRollback',
        'An act of this group was signed with a key that its signer had replaced.',
      );
    }
    proven.push(result);
  }
  return proven;
}

/**
 * Keys of now, those that this device saw before, and those that the node has kept; found once for each signer.
 * @param records keys of before, as the node serves them
 */
export function signerKeys(client: ClientContext, records: readonly KeyRecord[]): SignerKeys {
  const byOwner = new Map<string, KeyRecord[]>();
  for (const record of records) {
    if (!isDid(record.did)) continue;
    const owner = parseDid(record.did);
    byOwner.set(owner, [...(byOwner.get(owner) ?? []), record]);
  }
  const found = new Map<Did, Promise<readonly AttestedKey[]>>();
  return (did) => {
    const keys = found.get(did) ?? findKeys(client, did, byOwner.get(did) ?? []);
    found.set(did, keys);
    return keys;
  };
}

async function findKeys(client: ClientContext, did: Did, records: readonly KeyRecord[]): Promise<AttestedKey[]> {
  const known = await client.keyring.find(did);
  const keys = [known?.key, ...(known?.earlier ?? [])].filter((key) => key?.level === 'verified') as AttestedKey[];
  for (const record of records) {
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
    // The wallet vouches for it: of several keys each counts for what it signed, until the next one was made.
    return { armored, level, attestedBy: scheme, until };
  } catch {
    return undefined;
  }
}

import type { Did } from '../../protocol/did.ts';
import type { UserCreation, WireUser } from '../../protocol/payload.ts';
import { armoredKey } from '../../protocol/publicKey.ts';
import { table, type Rows, type WritableRows } from '../store/store.ts';
import { keyOf, sortable } from './keys.ts';
import type { Mark } from './profiles.ts';

/** Keys as the wallet of an account attested them. */
export type Keys = Pick<WireUser, 'did' | 'wallets' | 'publicKey' | 'encryptedPrivateKey' | 'verificationProof'>;

export interface Attestation extends Keys {
  /** Of the creation of an account; absent from an update, which leaves it as it was. */
  readonly origin?: string | null;
}

/** By account, then by time. */
const ATTESTATIONS = table<Attestation>('attestation');
/** By account, the oldest record that somebody else made of it. */
const BLANKS = table<Mark & { readonly creation: UserCreation }>('blank');
/** Changes of keys of one account that count. */
const MOST = 1_000;

const placeOf = (did: Did, { at, digest }: Mark): string => keyOf(did, sortable(at), digest);

export async function attestationsOf(rows: Rows, did: Did): Promise<readonly Attestation[]> {
  const found = await rows.list(ATTESTATIONS, { prefix: keyOf(did, ''), limit: MOST });
  return found.map(({ value }) => value);
}

export async function lastAttestedAt(rows: Rows, did: Did): Promise<number> {
  const [last] = await rows.list(ATTESTATIONS, { prefix: keyOf(did, ''), limit: 1, descending: true });
  return Number(last?.key.split('|').at(-2) ?? 0);
}

export const saveAttestation = (rows: WritableRows, did: Did, mark: Mark, attestation: Attestation): Promise<void> =>
  rows.put(ATTESTATIONS, placeOf(did, mark), attestation);

export const dropAttestation = (rows: WritableRows, did: Did, mark: Mark): Promise<void> =>
  rows.delete(ATTESTATIONS, placeOf(did, mark));

export async function blankOf(rows: Rows, did: Did): Promise<(Mark & { readonly creation: UserCreation }) | undefined> {
  return rows.get(BLANKS, did);
}

export const saveBlank = (rows: WritableRows, did: Did, mark: Mark, creation: UserCreation): Promise<void> =>
  rows.put(BLANKS, did, { ...mark, creation });

/**
 * Every key that an account ever had, armored, the newest first. Nodes learn of a change of keys at different times and
 * none can prove when something was signed, so what any of an account's own keys signed is the account's.
 */
export async function keysOf(rows: Rows, did: Did): Promise<readonly string[]> {
  const attested = await attestationsOf(rows, did);
  return [...new Set(attested.map(({ publicKey }) => armoredKey(publicKey)).reverse())];
}

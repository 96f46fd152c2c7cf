import type { Did } from '../../protocol/did.ts';
import type { WireProfile } from '../../protocol/payload.ts';
import { table, type Rows, type WritableRows } from '../store/store.ts';
import { keyOf, sortable } from './keys.ts';

/** When a version of something was published, and by which act: its place among all others. */
export interface Mark {
  /** Milliseconds since the epoch. */
  readonly at: number;
  readonly digest: string;
}

/** What a profile update sets; without a block list it leaves the list as it was. */
export interface ProfileVersion extends Omit<WireProfile, 'blockedUsersList'> {
  readonly blockedUsersList?: readonly string[];
}

/** By account, then by time. */
const PROFILES = table<ProfileVersion>('profile');
/** Block lists as their owners spelled them. */
const SPELLED_LISTS = table<readonly string[]>('spelledBlockList');
/** The same as accounts: these are asked about with every message that arrives. */
const BLOCK_LISTS = table<readonly Did[]>('blockList');

const placeOf = (did: Did, { at, digest }: Mark): string => keyOf(did, sortable(at), digest);

/** @param blocked the accounts that the version's list names, if it has one */
export async function saveVersion(
  rows: WritableRows,
  did: Did,
  mark: Mark,
  version: ProfileVersion,
  blocked: readonly Did[],
): Promise<void> {
  await rows.put(PROFILES, placeOf(did, mark), version);
  if (version.blockedUsersList === undefined) return;
  await rows.put(BLOCK_LISTS, placeOf(did, mark), blocked);
  await rows.put(SPELLED_LISTS, placeOf(did, mark), version.blockedUsersList);
}

export async function dropVersion(rows: WritableRows, did: Did, mark: Mark): Promise<void> {
  await rows.delete(PROFILES, placeOf(did, mark));
  await rows.delete(BLOCK_LISTS, placeOf(did, mark));
  await rows.delete(SPELLED_LISTS, placeOf(did, mark));
}

/** The newest profile, with the newest block list; undefined when none was ever published. */
export async function newestProfile(rows: Rows, did: Did): Promise<WireProfile | undefined> {
  const newest = { prefix: keyOf(did, ''), limit: 1, descending: true };
  const [profile] = await rows.list(PROFILES, newest);
  if (!profile) return undefined;
  const [list] = await rows.list(SPELLED_LISTS, newest);
  return { ...profile.value, blockedUsersList: list?.value ?? [] };
}

export async function lastProfileAt(rows: Rows, did: Did): Promise<number> {
  const [last] = await rows.list(BLOCK_LISTS, { prefix: keyOf(did, ''), limit: 1, descending: true });
  return timeIn(last?.key);
}

/** Whom an account blocked before a version of its profile. */
export async function listBefore(rows: Rows, did: Did, mark: Mark): Promise<readonly Did[]> {
  return inForce(rows, did, placeOf(did, mark));
}

/** Whether one of two accounts blocked the other at a moment, by the lists in force then (security GR-10). */
export async function wasBlocked(rows: Rows, [a, b]: readonly [Did, Did], at: number): Promise<boolean> {
  const [ofA, ofB] = [await listAt(rows, a, at), await listAt(rows, b, at)];
  return ofA.includes(b) || ofB.includes(a);
}

/** A list counts from its own millisecond on. */
const listAt = (rows: Rows, did: Did, at: number): Promise<readonly Did[]> =>
  inForce(rows, did, keyOf(did, sortable(at + 1)));

async function inForce(rows: Rows, did: Did, after: string): Promise<readonly Did[]> {
  const [list] = await rows.list(BLOCK_LISTS, { prefix: keyOf(did, ''), after, limit: 1, descending: true });
  return list?.value ?? [];
}

const timeIn = (key: string | undefined): number => Number(key?.split('|').at(-2) ?? 0);

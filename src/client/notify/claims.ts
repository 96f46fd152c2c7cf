import type { Vault } from '../storage/vault.ts';

/** Who takes care of one message, and since when, in milliseconds since the epoch. */
interface Claim {
  /** No two say the same. */
  readonly by: string;
  readonly at: number;
}

/** A message that was signed earlier is not news, whenever a node tells of it: a claim is kept for longer than that. */
export const NEWS_MS = 24 * 60 * 60 * 1000;
const KEPT_MS = 2 * NEWS_MS;
const MOST_KEPT = 1_000;

/**
 * Takes care of a message if nobody has yet: of all tabs and the service worker of a browser, which share a vault,
 * exactly one gets `true`, once. A replay under another id has a digest that was claimed.
 * @param by drawn for this one claim: a message that is told twice in one tab is claimed once, too
 * @param names of the message: its id, then the digest of its act where that is known; in this order for everybody
 */
export async function claim(vault: Vault, by: string, names: readonly string[], at: number): Promise<boolean> {
  for (const name of names) {
    const standing = (await vault.putIfAbsent('notified', name, { by, at } satisfies Claim)) as Claim;
    if (standing.by !== by) return false;
  }
  return true;
}

/** Forgets claims on what is no news any more, and of more than a device needs the oldest. */
export async function dropOldClaims(vault: Vault, now: number): Promise<void> {
  const claims = (await vault.list('notified')).map(({ name, value }) => ({ name, at: (value as Claim).at }));
  claims.sort((a, b) => b.at - a.at);
  for (const [place, { name, at }] of claims.entries()) {
    if (place >= MOST_KEPT || at < now - KEPT_MS) await vault.delete('notified', name);
  }
}

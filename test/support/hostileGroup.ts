import type { Lie } from '../../src/testing/hostileNode.ts';
import type { TestUser } from '../../src/testing/testWorld.ts';

export type Row = Readonly<Record<string, unknown>>;

/** Changes what a node says of a group. */
export const inGroup =
  (change: (group: Row) => unknown): NonNullable<Lie['answer']> =>
  (answer, { path }) =>
    /\/v2\/chat\/groups\/[0-9a-f]{64}$/.test(path) ? change(answer as Row) : answer;

/** Changes the list of what was done to a group. */
export const inActs =
  (change: (acts: readonly Row[]) => readonly Row[]): NonNullable<Lie['answer']> =>
  (answer, { path }) => {
    if (!path.includes('/acts')) return answer;
    const page = answer as Row & { readonly acts: readonly Row[] };
    const acts = change(page.acts);
    return { ...page, acts, total: Number(page['total']) + acts.length - page.acts.length };
  };

/** Somebody whom nobody invited, in every list of the group. */
export const withGhost =
  (ghost: Pick<TestUser, 'did'>): NonNullable<Lie['answer']> =>
  (answer, { path }) => {
    const row = answer as Row & { readonly members: Row[] };
    if (path.includes('/members/count')) {
      const counts = row['totalMembersCount'] as Row & { readonly approvedCount: number };
      return { totalMembersCount: { ...counts, approvedCount: counts.approvedCount + 1 } };
    }
    if (path.includes('/members/publicKeys')) return { members: [...row.members, { did: ghost.did, publicKey: '' }] };
    return answer;
  };

/** A node that has no list of acts, as the official ones. */
export const withoutActs: Lie = {
  name: 'no acts',
  response: (response, { path }) => (path.includes('/acts') ? new Response('Cannot GET', { status: 404 }) : response),
};

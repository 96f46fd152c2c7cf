import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ThreadItem } from '../../src/client/state.ts';
import { compareItems, mergeAll, mergeItems } from '../../src/client/timeline.ts';

const opened = (id: string, timestamp: number, changes: object = {}): ThreadItem => ({
  id,
  from: 'peer',
  timestamp,
  state: 'verified',
  content: { type: 'Text', content: id },
  encrypted: true,
  digest: `act of ${id}`,
  ...changes,
});

/** A stored item as a node might serve it: repeated, replayed, hidden, legacy or fine. */
const storedItem = fc
  .record({ id: fc.nat(12), act: fc.nat(11), hidden: fc.boolean() })
  .map(({ id, act, hidden }): ThreadItem => {
    // An id names one message at one time, and an act has one signer and one proof, in whatever order they arrive.
    const timestamp = (id * 7) % 5;
    if (hidden) return { id: `m${id}`, from: 'peer', timestamp, state: 'quarantined', reason: 'ProofInvalid' };
    const item = { id: `m${id}`, from: act % 2 ? ('me' as const) : ('peer' as const), timestamp, digest: `act ${act}` };
    if (act % 5 === 0) return { ...item, state: 'undecryptable', reason: 'DecryptFailed' };
    const opened = {
      ...item,
      state: 'verified',
      content: { type: 'Text', content: `text ${act}` },
      encrypted: true,
    } as const;
    return act % 3 === 0 ? { ...opened, legacy: true } : opened;
  });

const oncePerId = fc.uniqueArray(storedItem, { selector: ({ id }) => id, maxLength: 13 });

describe('mergeItems', () => {
  it('CH-07 property: any order of arrival and any paging gives the same timeline', () => {
    const arrivals = oncePerId.chain((items) =>
      fc.record({
        items: fc.constant(items),
        shuffled: fc.shuffledSubarray(items, { minLength: items.length }),
        pageSize: fc.integer({ min: 1, max: 5 }),
      }),
    );
    fc.assert(
      fc.property(arrivals, ({ items, shuffled, pageSize }) => {
        let paged: readonly ThreadItem[] = [];
        for (let i = 0; i < shuffled.length; i += pageSize) paged = mergeItems(paged, shuffled.slice(i, i + pageSize));
        expect(paged).toEqual(mergeItems([], items));
        expect(mergeItems(paged, shuffled)).toEqual(paged);
        expect([...paged].sort(compareItems)).toEqual(paged);
      }),
      { numRuns: 2_000 },
    );
  });

  it('CH-15 property: putting items at their places gives what judging all of them anew gives', () => {
    const pages = fc.array(fc.array(storedItem, { maxLength: 4 }), { maxLength: 12 });
    fc.assert(
      fc.property(pages, (added) => {
        let placed: readonly ThreadItem[] = [];
        let judged: readonly ThreadItem[] = [];
        for (const page of added) {
          const before = [...placed];
          const next = mergeItems(placed, page);
          expect(placed).toEqual(before);
          judged = page.length === 0 ? judged : mergeAll(judged, page);
          expect(next).toEqual(judged);
          // What was shown before is still there to be joined with something else.
          expect(mergeItems(placed, page)).toEqual(judged);
          placed = mergeItems(next, page.slice(0, 1));
          judged = page.length === 0 ? judged : mergeAll(judged, page.slice(0, 1));
          expect(placed).toEqual(judged);
        }
      }),
      { numRuns: 3_000 },
    );
  });

  it('CH-15 reads a thread of 100,000 messages page by page, newest first, without judging all of it each time', () => {
    const PAGE = 30;
    let looks = 0;
    const watched = (i: number): ThreadItem => {
      const item = opened(`m${String(i).padStart(6, '0')}`, i);
      return Object.defineProperty({ ...item }, 'digest', { get: () => ((looks += 1), `act ${i}`), enumerable: true });
    };
    let items: readonly ThreadItem[] = [];
    for (let last = 100_000; last > 0; last -= PAGE) {
      const first = Math.max(0, last - PAGE);
      items = mergeItems(
        items,
        Array.from({ length: last - first }, (_, i) => watched(first + i)),
      );
    }
    expect(items).toHaveLength(100_000);
    expect(items[0]?.id).toBe('m000000');
    expect(looks).toBeLessThan(10 * 100_000);
  });

  it('CH-03 shows a message once when it comes again under another id, link and time', () => {
    const first = opened('a', 1);
    const replay = opened('z', 9, { digest: 'act of a' });
    expect(mergeItems([first], [replay])).toEqual([first]);
    expect(mergeItems([replay], [first])).toEqual([first]);
  });

  it('shows the same words twice when they were signed twice', () => {
    expect(mergeItems([], [opened('a', 1), opened('b', 2)])).toHaveLength(2);
  });

  it('CR-11 quarantines a legacy proof after a modern one of the same sender, whichever came first', () => {
    const modern = opened('modern', 1);
    const stripped = opened('stripped', 2, { legacy: true });
    const hidden = expect.objectContaining({
      id: 'stripped',
      state: 'quarantined',
      reason: 'ProofDowngrade',
    }) as ThreadItem;
    expect(mergeItems([modern], [stripped])).toEqual([modern, hidden]);
    expect(mergeItems([stripped], [modern])).toEqual([modern, hidden]);
  });

  it('keeps legacy messages from before the first modern one, and those of others', () => {
    const old = opened('old', 1, { legacy: true });
    const mine = opened('mine', 3, { legacy: true, from: 'me' });
    expect(mergeItems([], [old, opened('modern', 2), mine]).map(({ state }) => state)).toEqual(
      Array(3).fill('verified'),
    );
  });

  it('keeps what is on its way last', () => {
    const pending = opened('local:1', 0, { state: 'pending', from: 'me', digest: undefined });
    expect(mergeItems([pending], [opened('a', 5)]).map(({ id }) => id)).toEqual(['a', 'local:1']);
  });
});

import { beforeEach, describe, expect, it } from 'vitest';
import * as fc from 'fast-check';
import { table, type NodeStore, type Range, type Rows } from '../../src/node/store/store.ts';

interface Note {
  readonly words: string;
}

const NOTES = table<Note>('note');
const OTHERS = table<number>('other');

/** What every store of a node does. @param open gives an empty store */
export function testNodeStore(name: string, open: () => Promise<NodeStore>): void {
  describe(`a store in ${name}`, () => {
    let store: NodeStore;
    beforeEach(async () => {
      store = await open();
    });

    const put = (...keys: string[]): Promise<void> =>
      store.write(async (rows) => {
        for (const key of keys) await rows.put(NOTES, key, { words: key });
      });
    const keys = async (range: Range): Promise<string[]> =>
      (await store.read((rows) => rows.list(NOTES, range))).map(({ key }) => key);

    it('keeps what was written, letter by letter and in its key order', async () => {
      const odd = {
        zebra: 1,
        words: 'tab\t nul\0 quote\'" 👩‍👩‍👧 \ud800 ％ ? $1 --; DROP TABLE records',
        apple: [null, -1.5e300],
      };
      await store.write((rows) => rows.put(NOTES, 'a?$1\'"', odd));
      const found = await store.read((rows) => rows.get(NOTES, 'a?$1\'"'));
      expect(JSON.stringify(found)).toBe(JSON.stringify(odd));
    });

    it('has nothing that was not written, and one table nothing of another', async () => {
      await put('a');
      expect(
        await store.read(async (rows) => [
          await rows.get(NOTES, 'b'),
          await rows.get(OTHERS, 'a'),
          await rows.list(OTHERS, { limit: 9 }),
          await rows.count(OTHERS),
        ]),
      ).toEqual([undefined, undefined, [], 0]);
    });

    it('takes the newest of a key, and forgets what is deleted', async () => {
      await put('a', 'b');
      await store.write(async (rows) => {
        await rows.put(NOTES, 'a', { words: 'newer' });
        await rows.delete(NOTES, 'b');
        await rows.delete(NOTES, 'never there');
        expect(await rows.get(NOTES, 'a')).toEqual({ words: 'newer' });
        expect(await rows.get(NOTES, 'b')).toBeUndefined();
      });
      expect(await store.read((rows) => rows.list(NOTES, { limit: 9 }))).toEqual([
        { key: 'a', value: { words: 'newer' } },
      ]);
    });

    it('does not let what was read change what is kept', async () => {
      await put('a');
      const found = await store.read((rows) => rows.get(NOTES, 'a'));
      Object.assign(found as object, { words: 'changed outside' });
      expect(await store.read((rows) => rows.get(NOTES, 'a'))).toEqual({ words: 'a' });
    });

    it('lists the keys of a prefix in their order, both ways, in pages', async () => {
      await put('x|3', 'x|1', 'y|1', 'x|2', 'w|9', 'x', 'x|', 'X|1', 'x}');
      expect(await keys({ prefix: 'x|', limit: 9 })).toEqual(['x|', 'x|1', 'x|2', 'x|3']);
      expect(await keys({ prefix: 'x|', limit: 2, descending: true })).toEqual(['x|3', 'x|2']);
      expect(await keys({ prefix: 'x|', after: 'x|1', limit: 9 })).toEqual(['x|2', 'x|3']);
      expect(await keys({ prefix: 'x|', after: 'x|2', limit: 9, descending: true })).toEqual(['x|1', 'x|']);
      expect(await keys({ prefix: 'x|', offset: 1, limit: 2 })).toEqual(['x|1', 'x|2']);
      expect(await keys({ limit: 2 })).toEqual(['X|1', 'w|9']);
      expect(await store.read((rows) => rows.count(NOTES, 'x|'))).toBe(4);
    });

    it('gives the part of a range that a sorted array gives', async () => {
      const key = fc.string({ unit: fc.constantFrom('a', 'b', '|', '0'), minLength: 1, maxLength: 4 });
      const written = fc.sample(key, { numRuns: 40, seed: 7 });
      await put(...written);
      const all = [...new Set(written)].sort();
      await fc.assert(
        fc.asyncProperty(
          fc.record({
            prefix: fc.string({ unit: fc.constantFrom('a', 'b', '|'), maxLength: 2 }),
            after: fc.option(key, { nil: undefined }),
            offset: fc.nat(4),
            limit: fc.integer({ min: 1, max: 9 }),
            descending: fc.boolean(),
          }),
          async ({ prefix, after, offset, limit, descending }) => {
            const inside = all
              .filter((each) => each.startsWith(prefix))
              .filter((each) => after === undefined || (descending ? each < after : each > after));
            const expected = (descending ? inside.reverse() : inside).slice(offset, offset + limit);
            const range = { prefix, offset, limit, descending, ...(after !== undefined && { after }) };
            expect(await keys(range)).toEqual(expected);
          },
        ),
        { numRuns: 60 },
      );
    });

    it('makes a change whole or not at all, and lets its reason through', async () => {
      await put('a', 'b');
      const reason = new RangeError('changed my mind');
      const failing = store.write(async (rows) => {
        await rows.put(NOTES, 'a', { words: 'after' });
        await rows.put(NOTES, 'c', { words: 'new' });
        await rows.delete(NOTES, 'b');
        await rows.put(OTHERS, 'd', 1);
        throw reason;
      });
      const others = [put('beside'), store.write((rows) => rows.get(NOTES, 'c'))];
      await expect(failing).rejects.toBe(reason);
      expect(await Promise.all(others)).toEqual([undefined, undefined]);
      expect(await store.read((rows) => rows.list(NOTES, { limit: 9 }))).toEqual([
        { key: 'a', value: { words: 'a' } },
        { key: 'b', value: { words: 'b' } },
        { key: 'beside', value: { words: 'beside' } },
      ]);
      expect(await store.read((rows) => rows.get(OTHERS, 'd'))).toBeUndefined();
    });

    it('makes changes one after the other, each alone, and settles them in that order', async () => {
      const settled: number[] = [];
      const count = async (rows: Rows): Promise<number> => (await rows.get(OTHERS, 'count')) ?? 0;
      await Promise.all(
        Array.from({ length: 200 }, async (_, i) => {
          const before = await store.write(async (rows) => {
            const found = await count(rows);
            await rows.put(OTHERS, 'count', found + 1);
            return found;
          });
          expect(before).toBe(i);
          settled.push(i);
        }),
      );
      expect(settled).toEqual(Array.from({ length: 200 }, (_, i) => i));
    });

    it('shows a reader nothing of a change under way', async () => {
      const seen: Promise<boolean>[] = [];
      const isWhole = async (rows: Rows): Promise<boolean> =>
        (await rows.get(NOTES, 'left'))?.words === (await rows.get(NOTES, 'right'))?.words;
      const changes = Array.from({ length: 20 }, (_, i) =>
        store.write(async (rows) => {
          await rows.put(NOTES, 'left', { words: String(i) });
          seen.push(store.read(isWhole));
          await rows.put(NOTES, 'right', { words: String(i) });
        }),
      );
      await Promise.all(changes);
      expect(new Set(await Promise.all(seen))).toEqual(new Set([true]));
    });
  });
}

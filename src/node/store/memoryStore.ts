import { endOf, type NodeStore, type Range, type Row, type Table, type WritableRows } from './store.ts';
import { createTurns } from './turns.ts';

/** A store that forgets everything when its page or program ends. */
export function createMemoryStore(): NodeStore {
  const tables = new Map<string, MemoryTable>();
  const undo: (() => void)[] = [];
  const inTurn = createTurns();

  const tableOf = ({ name }: Table<unknown>): MemoryTable => {
    const known = tables.get(name);
    if (known) return known;
    const made = createTable();
    tables.set(name, made);
    return made;
  };
  const change = (table: Table<unknown>, key: string, text: string | undefined): Promise<void> => {
    const rows = tableOf(table);
    const before = rows.get(key);
    undo.push(() => {
      rows.set(key, before);
    });
    rows.set(key, text);
    return Promise.resolve();
  };

  const rows: WritableRows = {
    get: (table, key) => Promise.resolve(parse(tableOf(table).get(key)) as undefined),
    list: (table, range) => Promise.resolve(tableOf(table).list(range) as Row<never>[]),
    count: (table, prefix = '') => Promise.resolve(tableOf(table).count(prefix)),
    // Kept as text, as on a disk, so that nobody can change what is stored by changing what was read.
    put: (table, key, value) => change(table, key, JSON.stringify(value)),
    delete: (table, key) => change(table, key, undefined),
  };

  return {
    read: (query) => inTurn(() => query(rows)),
    write: (make) =>
      inTurn(async () => {
        try {
          return await make(rows);
        } catch (error) {
          for (const step of undo.toReversed()) step();
          throw error;
        } finally {
          undo.length = 0;
        }
      }),
    close: () => inTurn(() => Promise.resolve()),
  };
}

const parse = (text: string | undefined): unknown => (text === undefined ? undefined : JSON.parse(text));

interface MemoryTable {
  readonly get: (key: string) => string | undefined;
  readonly set: (key: string, text: string | undefined) => void;
  readonly count: (prefix: string) => number;
  readonly list: (range: Range) => Row<unknown>[];
}

/** A map whose keys are sorted when somebody first asks for their order, and kept so. */
function createTable(): MemoryTable {
  const values = new Map<string, string>();
  let sorted: string[] | undefined;

  const keys = (): string[] => (sorted ??= [...values.keys()].sort());
  const rowsAt = (from: number, to: number): Row<unknown>[] =>
    keys()
      .slice(from, Math.max(from, to))
      .map((key) => ({ key, value: parse(values.get(key)) }));

  return {
    get: (key) => values.get(key),
    set: (key, text) => {
      if (text === undefined) {
        if (values.delete(key)) sorted?.splice(placeOf(sorted, key), 1);
      } else {
        if (!values.has(key)) sorted?.splice(placeOf(sorted, key), 0, key);
        values.set(key, text);
      }
    },
    count: (prefix) => placeOf(keys(), endOf(prefix)) - placeOf(keys(), prefix),
    list: ({ prefix = '', after, offset = 0, limit, descending = false }) => {
      const all = keys();
      const [start, end] = [placeOf(all, prefix), placeOf(all, endOf(prefix))];
      if (descending) {
        const last = (after === undefined ? end : Math.min(end, placeOf(all, after))) - offset;
        return rowsAt(Math.max(start, last - limit), last).reverse();
      }
      const first = (after === undefined ? start : Math.max(start, placeAfter(all, after))) + offset;
      return rowsAt(first, Math.min(end, first + limit));
    },
  };
}

const placeAfter = (keys: readonly string[], key: string): number =>
  placeOf(keys, key) + Number(keys[placeOf(keys, key)] === key);

/** Where a key is, or would be put. */
function placeOf(keys: readonly string[], key: string): number {
  let [low, high] = [0, keys.length];
  while (low < high) {
    const middle = (low + high) >>> 1;
    if ((keys[middle] ?? '') < key) low = middle + 1;
    else high = middle;
  }
  return low;
}

import type { NodeContext, Transaction } from './context.ts';
import type { Delivery } from './delivery.ts';
import type { NodeStore, WritableRows } from './store/store.ts';
import { appendEntry, type JournalEntry } from './tables/journal.ts';
import { appendParcel, replaceParcel, undelivered, type Parcel, type Told } from './tables/outbox.ts';

/** Older events are of no use to anybody who comes back: everything they told can be read. */
const KEPT_MS = 60 * 60 * 1000;
const MOST_KEPT = 10_000;

interface CommitParts {
  readonly store: NodeStore;
  readonly delivery: Delivery;
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Has an event `grown` when the journal has. */
  readonly news?: EventTarget;
  /** Hears of every act, by its verb. */
  readonly taken?: (verb: string) => void;
}

/**
 * Binds writing to telling: events are kept in the outbox by the transaction that causes them, delivered when it is
 * durable, and taken out afterwards.
 * @param report hears of events that could not be taken out, which will be delivered again
 */
export function createCommit(
  { store, delivery, now, news = new EventTarget(), taken }: CommitParts,
  report: (error: unknown) => void,
): NodeContext['commit'] {
  const keep = (parcel: Parcel): void => {
    store.write((rows) => replaceParcel(rows, parcel)).catch(report);
  };

  /** What a crash left there waits for its accounts to listen again. */
  const recover = ({ key, value }: Parcel): void => {
    const waiting = new Set(value.filter(({ at }) => now() - at < KEPT_MS));
    if (waiting.size < value.length) keep({ key, value: [...waiting] });
    for (const told of waiting) {
      const absent = new Set(told.to);
      for (const did of told.to) {
        delivery.await(did, () => {
          delivery.deliver({ ...told, to: [did] });
          absent.delete(did);
          if (absent.size > 0) return;
          waiting.delete(told);
          keep({ key, value: [...waiting] });
        });
      }
    }
  };

  const recovered = store
    .read((rows) => undelivered(rows, MOST_KEPT))
    .then((parcels) => parcels.forEach(recover))
    .catch(report);

  return async (change) => {
    await recovered;
    const { result, parcel, recorded } = await store.write(async (rows) => {
      const told: Told[] = [];
      const entries: JournalEntry[] = [];
      const made = await change(transaction(rows, told, entries, now));
      const kept = told.length > 0 ? await appendParcel(rows, told) : undefined;
      return { result: made, parcel: kept, recorded: entries };
    });
    for (const { verb } of recorded) taken?.(verb);
    if (recorded.length > 0) news.dispatchEvent(new Event('grown'));
    if (parcel) {
      for (const told of parcel.value) delivery.deliver(told);
      keep({ ...parcel, value: [] });
    }
    return result;
  };
}

const transaction = (rows: WritableRows, told: Told[], entries: JournalEntry[], now: () => number): Transaction => ({
  ...rows,
  tell: (to, event, payload) => {
    told.push({ to: typeof to === 'string' ? [to] : to, event, payload, at: now() });
  },
  record: async (entry) => {
    entries.push(entry);
    return appendEntry(rows, entry);
  },
});

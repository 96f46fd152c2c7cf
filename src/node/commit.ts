import type { NodeContext, Transaction } from './context.ts';
import type { Delivery } from './delivery.ts';
import type { NodeStore, WritableRows } from './store/store.ts';
import { appendEntry } from './tables/journal.ts';
import { appendTold, removeTold, undelivered, type Told } from './tables/outbox.ts';

/** Older events are of no use to anybody who comes back: everything they told can be read. */
const KEPT_MS = 60 * 60 * 1000;
const MOST_KEPT = 10_000;

/**
 * Binds writing to telling: events are kept in the outbox by the transaction that causes them, delivered when it is
 * durable, and taken out afterwards. What a crash left there waits for its account to listen again.
 * @param report hears of events that could not be taken out, which will be delivered again
 */
export function createCommit(
  { store, delivery, now }: { store: NodeStore; delivery: Delivery; now: () => number },
  report: (error: unknown) => void,
): NodeContext['commit'] {
  const takeOut = (keys: readonly string[]): void => {
    if (keys.length > 0) store.write((rows) => removeTold(rows, keys)).catch(report);
  };

  const deliverAndTakeOut = (entries: readonly { key: string; value: Told }[]): void => {
    for (const { value } of entries) delivery.deliver(value);
    takeOut(entries.map(({ key }) => key));
  };

  const recovered = store
    .read((rows) => undelivered(rows, MOST_KEPT))
    .then((left) => {
      const fresh = left.filter(({ value }) => now() - value.at < KEPT_MS);
      takeOut(left.filter((entry) => !fresh.includes(entry)).map(({ key }) => key));
      for (const entry of fresh) delivery.await(entry.value.did, () => deliverAndTakeOut([entry]));
    })
    .catch(report);

  return async (change) => {
    await recovered;
    let told: { key: string; value: Told }[] = [];
    const result = await store.write((rows) => {
      told = [];
      return change(transaction(rows, told, now));
    });
    deliverAndTakeOut(told);
    return result;
  };
}

function transaction(rows: WritableRows, told: { key: string; value: Told }[], now: () => number): Transaction {
  return {
    ...rows,
    tell: async (did, event, payload) => {
      const value = { did, event, payload, at: now() };
      told.push({ key: await appendTold(rows, value), value });
    },
    record: (entry) => appendEntry(rows, entry),
  };
}

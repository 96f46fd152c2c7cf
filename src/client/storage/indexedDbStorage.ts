import { openDB, type IDBPDatabase } from 'idb';
import { PushChatError } from '../../errors.ts';
import { endOf, type DeviceStorage } from './storage.ts';

const NAME = 'push-chat';
const VERSION = 1;
const RECORDS = 'records';

/**
 * Keeps everything in the browser's IndexedDB, under the page's origin.
 * @param name of the database
 * @returns a storage whose every call rejects with `StorageUnavailable` where there is none, such as in private mode
 */
export function indexedDbStorage(name = NAME): DeviceStorage {
  let opening: Promise<IDBPDatabase> | undefined;
  const open = (): Promise<IDBPDatabase> => {
    opening ??= openDB(name, VERSION, {
      upgrade: (database) => void database.createObjectStore(RECORDS),
      // Another tab has a newer schema to make: it must not wait for this one.
      blocking: (_current, _blocked, event) => (event.target as IDBDatabase).close(),
      terminated: () => (opening = undefined),
    });
    opening.catch(() => (opening = undefined));
    return opening;
  };
  const run = async <Result>(work: (database: IDBPDatabase) => Promise<Result>): Promise<Result> => {
    try {
      return await work(await open());
    } catch (cause) {
      throw storageError(cause);
    }
  };
  return {
    get: (key) => run((database) => database.get(RECORDS, key)),
    list: (prefix) =>
      run(async (database) => {
        const range = rangeOf(prefix);
        const { store } = database.transaction(RECORDS);
        const [keys, values] = await Promise.all([store.getAllKeys(range), store.getAll(range)]);
        return keys.map((key, i) => [key as string, values[i] as unknown] as const);
      }),
    put: (key, value) =>
      run(async (database) => {
        await database.put(RECORDS, value, key);
      }),
    putIfAbsent: (key, value) =>
      run(async (database) => {
        const { store, done } = database.transaction(RECORDS, 'readwrite');
        const known: unknown = await store.get(key);
        if (known === undefined) await store.put(value, key);
        await done;
        return known ?? value;
      }),
    delete: (key) => run((database) => database.delete(RECORDS, key)),
    clear: (prefix) => run((database) => database.delete(RECORDS, rangeOf(prefix))),
    close: () => {
      void opening?.then((database) => database.close());
      opening = undefined;
    },
  };
}

const rangeOf = (prefix: string): IDBKeyRange => IDBKeyRange.bound(prefix, endOf(prefix));

function storageError(cause: unknown): PushChatError {
  const isFull = cause instanceof DOMException && cause.name === 'QuotaExceededError';
  return isFull
    ? new PushChatError('StorageQuota', 'The browser gives this page no more room. Free some to keep messages here.', {
        cause,
      })
    : new PushChatError('StorageUnavailable', 'This browser keeps nothing for this page now.', { cause });
}

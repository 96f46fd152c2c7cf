import type { DeviceStorage } from './storage.ts';

/** Keeps everything for as long as the page or program lives. */
export function memoryStorage(): DeviceStorage {
  const records = new Map<string, unknown>();
  const keysOf = (prefix: string): string[] => [...records.keys()].filter((key) => key.startsWith(prefix)).sort();
  return {
    get: (key) => Promise.resolve(records.get(key)),
    list: (prefix) => Promise.resolve(keysOf(prefix).map((key) => [key, records.get(key)] as const)),
    // A copy, as a disk would make: nobody changes what is kept by changing what was given.
    put: (key, value) => {
      records.set(key, structuredClone(value));
      return Promise.resolve();
    },
    putIfAbsent: (key, value) => {
      if (!records.has(key)) records.set(key, structuredClone(value));
      return Promise.resolve(records.get(key));
    },
    delete: (key) => {
      records.delete(key);
      return Promise.resolve();
    },
    clear: (prefix) => {
      for (const key of keysOf(prefix)) records.delete(key);
      return Promise.resolve();
    },
    close: () => undefined,
  };
}

import { mkdirSync } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { PushChatError } from '../../errors.ts';
import { openFileLog, storageError, type Entry, type FileLog } from './fileLog.ts';
import { lockFile } from './lockFile.ts';
import type { DeviceStorage, VaultKeys } from './storage.ts';

export interface FileStorageOptions {
  /**
   * What the records are sealed with. Without it they are sealed with a key that the file itself holds, so that the
   * file's permissions (for its owner only) are all that protects it.
   */
  readonly secret?: string | undefined;
}

/** Bytes that may be of no use any more before the file is written anew. */
const MOST_WASTE = 4_000_000;

/**
 * Keeps everything in one file, for programs on Node.js: what was put is on the disk when its promise resolves, also when
 * the program is killed in the middle of anything. One process at a time.
 * @param path of the file, which is made where there is none; a `.lock` stands beside it meanwhile
 * @throws {PushChatError} from its methods: `StorageUnavailable`, `StorageQuota`, `StorageCorrupt`
 */
export function fileStorage(path: string, { secret }: FileStorageOptions = {}): DeviceStorage {
  const file = resolve(path);
  let [opening, isClosed]: [Promise<Opened> | undefined, boolean] = [undefined, false];
  const opened = (): Promise<Opened> => {
    if (isClosed) throw new PushChatError('StorageUnavailable', `${path} was closed.`);
    return (opening ??= openRecords(file));
  };
  const use = async <Result>(task: (records: Opened) => Result | Promise<Result>): Promise<Result> => {
    try {
      return await task(await opened());
    } catch (error) {
      throw storageError(file, error);
    }
  };
  const putIfAbsent = (key: string, value: unknown): Promise<unknown> =>
    use(async ({ records, write }) => {
      const known = records.get(key);
      if (!known) await write(['put', key, serialize(value)]);
      return known ? (deserialize(known) as unknown) : value;
    });
  return {
    get: (key) => use(({ records }) => valueOf(records.get(key))),
    list: (prefix) =>
      use(({ records }) =>
        [...records.keys()]
          .filter((key) => key.startsWith(prefix))
          .sort()
          .map((key) => [key, valueOf(records.get(key))] as const),
      ),
    put: (key, value) => use(({ write }) => write(['put', key, serialize(value)])),
    putIfAbsent,
    delete: (key) => use(({ records, write }) => (records.has(key) ? write(['delete', key]) : undefined)),
    clear: (prefix) =>
      use(async ({ write, rewrite }) => {
        await write(['clear', prefix]);
        // What is deleted for good must not stay in the file.
        await rewrite();
      }),
    vaultKeys: async (key) => {
      const made = crypto.getRandomValues(new Uint8Array(32));
      const bytes =
        secret === undefined ? ((await putIfAbsent(key, made)) as Uint8Array) : new TextEncoder().encode(secret);
      return deriveKeys(new Uint8Array(bytes), key);
    },
    close: () => {
      isClosed = true;
      const done = opening?.then(({ close }) => close()).catch(() => undefined);
      if (done) closing.set(file, done);
    },
  };
}

const valueOf = (bytes: Uint8Array | undefined): unknown => bytes && (deserialize(bytes) as unknown);

interface Opened {
  readonly records: ReadonlyMap<string, Uint8Array>;
  readonly write: (entry: Entry) => Promise<void>;
  readonly rewrite: () => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Files whose last writes are on their way: whoever opens one again in this process waits for them. */
const closing = new Map<string, Promise<void>>();

async function openRecords(path: string): Promise<Opened> {
  await closing.get(path);
  closing.delete(path);
  mkdirSync(dirname(path), { recursive: true });
  const release = lockFile(path);
  let log: FileLog;
  try {
    log = await openFileLog(path);
  } catch (error) {
    release();
    throw error;
  }
  const records = new Map<string, Uint8Array>();
  for (const entry of log.entries) apply(records, entry);
  const live = (): Entry[] => [...records].map(([key, value]) => ['put', key, value]);
  const most = (): number => MOST_WASTE + 2 * [...records.values()].reduce((sum, { length }) => sum + length, 0);
  const rewrite = async (): Promise<void> => {
    await log.rewrite(live);
    limit = most();
  };
  let limit = most();
  return {
    records,
    write: async (entry) => {
      const undo = apply(records, entry);
      try {
        await log.append(entry);
      } catch (error) {
        // What could not be written down does not count.
        undo();
        throw error;
      }
      if (log.size() > limit) await rewrite();
    },
    rewrite,
    close: async () => {
      await log.close();
      release();
    },
  };
}

/** @returns how to take it back */
function apply(records: Map<string, Uint8Array>, [kind, key, value]: Entry): () => void {
  const touched = kind === 'clear' ? [...records.keys()].filter((name) => name.startsWith(key)) : [key];
  const before = touched.map((name) => [name, records.get(name)] as const);
  for (const name of touched) {
    if (kind === 'put') records.set(name, value);
    else records.delete(name);
  }
  return () => {
    for (const [name, was] of before) {
      if (was) records.set(name, was);
      else records.delete(name);
    }
  };
}

async function deriveKeys(bytes: Uint8Array<ArrayBuffer>, place: string): Promise<VaultKeys> {
  const { subtle } = crypto;
  const root = await subtle.importKey('raw', bytes, 'HKDF', false, ['deriveKey']);
  const from = (info: string): HkdfParams => ({
    name: 'HKDF',
    hash: 'SHA-256',
    salt: new TextEncoder().encode(place),
    info: new TextEncoder().encode(info),
  });
  return {
    seal: await subtle.deriveKey(from('seal'), root, { name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']),
    name: await subtle.deriveKey(from('name'), root, { name: 'HMAC', hash: 'SHA-256', length: 256 }, false, ['sign']),
  };
}

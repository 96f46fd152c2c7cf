import { closeSync, existsSync, fsyncSync, openSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { open, type FileHandle } from 'node:fs/promises';
import { dirname } from 'node:path';
import { deserialize, serialize } from 'node:v8';
import { crc32 } from 'node:zlib';
import { PushChatError } from '../../errors.ts';

/** What is written down: a value put, a record deleted, or all records deleted whose key begins so. */
export type Entry = readonly ['put', key: string, value: Uint8Array] | readonly ['delete' | 'clear', key: string];

/** An append-only file of entries. Whoever is told that one is written finds it again, whatever becomes of the program. */
export interface FileLog {
  /** What the file held when it was opened, in order. */
  readonly entries: readonly Entry[];
  /** Resolves when the disk has it; entries that come meanwhile are written together. */
  readonly append: (entry: Entry) => Promise<void>;
  /** Bytes by now. */
  readonly size: () => number;
  /** Replaces everything by these entries: at once, whole or not at all. */
  readonly rewrite: (entries: () => readonly Entry[]) => Promise<void>;
  readonly close: () => Promise<void>;
}

/** Length and CRC-32 of what follows. */
const HEADER = 8;

const frameOf = (entry: Entry): Buffer => {
  const body = serialize(entry);
  const header = Buffer.alloc(HEADER);
  header.writeUInt32LE(body.length, 0);
  header.writeUInt32LE(crc32(body), 4);
  return Buffer.concat([header, body]);
};

/**
 * Opens the file, or makes it, for its owner only. What a killed program had begun to write at its end, and told nobody
 * of, is cut off.
 * @throws {PushChatError} `StorageCorrupt` for a file that was damaged in any other way, `StorageUnavailable`
 */
export async function openFileLog(path: string): Promise<FileLog> {
  const { entries, end } = existsSync(path) ? readLog(path) : { entries: [], end: 0 };
  let file = await open(path, 'a', 0o600);
  await file.truncate(end);
  let size = end;
  syncFolder(path);

  let waiting: { readonly frame: Buffer; readonly done: (error?: unknown) => void }[] = [];
  let work: Promise<void> = Promise.resolve();
  const write = async (): Promise<void> => {
    const batch = waiting;
    waiting = [];
    if (batch.length === 0) return;
    try {
      const bytes = Buffer.concat(batch.map(({ frame }) => frame));
      await file.appendFile(bytes);
      await file.datasync();
      size += bytes.length;
      for (const { done } of batch) done();
    } catch (error) {
      // Half a frame must not stand before a whole one.
      await file.truncate(size).catch(() => undefined);
      for (const { done } of batch) done(error);
    }
  };
  const inTurn = (task: () => Promise<void>): Promise<void> => {
    const done = work.then(task);
    work = done.catch(() => undefined);
    return done;
  };

  return {
    entries,
    size: () => size,
    append: (entry) =>
      new Promise((resolve, reject) => {
        const done = (error?: unknown): void => (error === undefined ? resolve() : reject(storageError(path, error)));
        waiting.push({ frame: frameOf(entry), done });
        void inTurn(write);
      }),
    rewrite: (live) =>
      inTurn(async () => {
        const bytes = Buffer.concat(live().map(frameOf));
        const next = await replace(path, bytes);
        await file.close();
        file = next;
        size = bytes.length;
      }),
    close: () => inTurn(() => file.close()),
  };
}

async function replace(path: string, bytes: Buffer): Promise<FileHandle> {
  const beside = `${path}.new`;
  writeFileSync(beside, bytes, { mode: 0o600, flush: true });
  renameSync(beside, path);
  syncFolder(path);
  return open(path, 'a', 0o600);
}

/** A name is on the disk when its folder is. */
function syncFolder(path: string): void {
  const folder = openSync(dirname(path), 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

function readLog(path: string): { readonly entries: readonly Entry[]; readonly end: number } {
  const bytes = readFileSync(path);
  const entries: Entry[] = [];
  let at = 0;
  while (at + HEADER <= bytes.length) {
    const length = bytes.readUInt32LE(at);
    const body = bytes.subarray(at + HEADER, at + HEADER + length);
    // A write that ended in the middle.
    if (length === 0 || body.length < length) break;
    if (crc32(body) !== bytes.readUInt32LE(at + 4)) {
      throw new PushChatError('StorageCorrupt', `${path} was damaged. Restore it from a copy, or move it away.`);
    }
    entries.push(deserialize(body) as Entry);
    at += HEADER + length;
  }
  return { entries, end: at };
}

/** What the file system says, in this library's words. */
export function storageError(path: string, cause: unknown): PushChatError {
  if (cause instanceof PushChatError) return cause;
  const code = (cause as { readonly code?: unknown } | null)?.code;
  return code === 'ENOSPC' || code === 'EDQUOT'
    ? new PushChatError('StorageQuota', `There is no room left to write to ${path}.`, { cause })
    : new PushChatError('StorageUnavailable', `${path} cannot be read or written.`, { cause });
}

import {
  appendFileSync,
  existsSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  truncateSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { fileStorage } from '../../src/client/storage/fileStorage.ts';
import { memoryStorage } from '../../src/client/storage/memoryStorage.ts';
import type { DeviceStorage } from '../../src/client/storage/storage.ts';
import { openVault } from '../../src/client/storage/vault.ts';
import { randomBytes } from '../../src/crypto/random.ts';
import { storageContract } from '../contracts/storage.ts';

const open: DeviceStorage[] = [];
const folders: string[] = [];
afterEach(() => {
  for (const storage of open.splice(0)) storage.close();
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true });
});

function opened(...given: Parameters<typeof fileStorage>): DeviceStorage {
  const storage = fileStorage(...given);
  open.push(storage);
  return storage;
}

function newPath(): string {
  const folder = mkdtempSync(join(tmpdir(), 'push-chat-test-'));
  folders.push(folder);
  return join(folder, 'bot.store');
}

/** As when the program was killed: its lock stays, and its process is gone. */
function killed(path: string): void {
  writeFileSync(`${path}.lock`, '0');
}

storageContract('a file', () => opened(newPath()), false);

describe('a file that keeps things', () => {
  it('has after a kill whatever was put before', async () => {
    const path = newPath();
    const before = opened(path);
    await Promise.all(Array.from({ length: 50 }, (_, i) => before.put(`a/${i}`, i)));
    await before.delete('a/7');
    killed(path);
    const after = opened(path);
    expect((await after.list('a/')).length).toBe(49);
    expect(await after.get('a/49')).toBe(49);
  });

  it('property: cut at any byte, it holds what stood at some moment, and goes on from there', async () => {
    const operation = fc.record({ key: fc.constantFrom('a', 'b', 'c'), value: fc.option(fc.integer()) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(operation, { minLength: 1, maxLength: 12 }),
        fc.double({ min: 0, max: 1, noNaN: true }),
        async (operations, cut) => {
          const path = newPath();
          const storage = opened(path);
          const model = memoryStorage();
          const moments = [JSON.stringify([])];
          for (const { key, value } of operations) {
            for (const one of [storage, model]) await (value === null ? one.delete(key) : one.put(key, value));
            moments.push(JSON.stringify(await model.list('')));
          }
          truncateSync(path, Math.floor(statSync(path).size * cut));
          killed(path);
          const after = opened(path);
          expect(moments).toContain(JSON.stringify(await after.list('')));
          await after.put('d', 1);
          killed(path);
          expect(await opened(path).get('d')).toBe(1);
        },
      ),
      { numRuns: 40 },
    );
  });

  it('says so when it was damaged in the middle, and leaves it as it is', async () => {
    const path = newPath();
    const before = opened(path);
    await before.put('a', 'first');
    await before.put('b', 'second');
    killed(path);
    const bytes = readFileSync(path);
    bytes[12] = (bytes[12] ?? 0) ^ 1;
    writeFileSync(path, bytes);
    await expect(opened(path).get('a')).rejects.toMatchObject({ code: 'StorageCorrupt' });
    expect(readFileSync(path)).toEqual(bytes);
  });

  it('belongs to one program at a time', async () => {
    const path = newPath();
    const first = opened(path);
    await first.put('a', 1);
    await expect(opened(path).get('a')).rejects.toMatchObject({ code: 'StorageUnavailable' });
    writeFileSync(`${path}.lock`, String(process.ppid));
    await expect(opened(path).get('a')).rejects.toMatchObject({ code: 'StorageUnavailable' });
    // A process of before a restart of the machine may have had the number of this one.
    writeFileSync(`${path}.lock`, '0');
    expect(await opened(path).get('a')).toBe(1);
  });

  it('does not grow for ever, and keeps nothing of what is cleared', async () => {
    const path = newPath();
    const storage = opened(path);
    for (let i = 0; i < 12; i++) await storage.put('big', 'x'.repeat(1_000_000));
    expect(statSync(path).size).toBeLessThan(8_000_000);
    await storage.put('secret', 'CANARY');
    await storage.clear('secret');
    expect(readFileSync(path, 'latin1')).not.toContain('CANARY');
    expect(await storage.get('big')).toHaveLength(1_000_000);
    expect(statSync(path).mode & 0o077).toBe(0);
  });

  it('seals with a secret that is not in it', async () => {
    const path = newPath();
    const scope = { did: 'eip155:0x1', network: 'n' };
    const parts = { random: randomBytes, warn: () => undefined };
    const vault = await openVault(opened(path, { secret: 'a long secret' }), scope, parts);
    await vault.put('draft', 'a', 'CANARY');
    expect(readFileSync(path, 'latin1')).not.toContain('CANARY');
    killed(path);
    const again = await openVault(opened(path, { secret: 'a long secret' }), scope, parts);
    expect(await again.get('draft', 'a')).toBe('CANARY');
    killed(path);
    const other = await openVault(opened(path, { secret: 'another' }), scope, parts);
    expect(await other.get('draft', 'a')).toBeUndefined();
  });

  it('lets go of its lock when it is closed', async () => {
    const path = newPath();
    const storage = fileStorage(path);
    await storage.put('a', 1);
    storage.close();
    await expect.poll(() => existsSync(`${path}.lock`)).toBe(false);
    appendFileSync(path, Buffer.from([9, 0]));
    expect(await opened(path).get('a')).toBe(1);
  });
});

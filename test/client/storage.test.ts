import 'fake-indexeddb/auto';
import { IDBFactory } from 'fake-indexeddb';
import { beforeEach, describe, expect, it, vi } from 'vitest';
import { indexedDbStorage } from '../../src/client/storage/indexedDbStorage.ts';
import { memoryStorage } from '../../src/client/storage/memoryStorage.ts';
import type { DeviceStorage } from '../../src/client/storage/storage.ts';
import { openVault, type Vault } from '../../src/client/storage/vault.ts';
import { randomBytes } from '../../src/crypto/random.ts';
import type { PushChatError } from '../../src/errors.ts';
import { storageContract } from '../contracts/storage.ts';

beforeEach(() => {
  vi.stubGlobal('indexedDB', new IDBFactory());
  return () => vi.unstubAllGlobals();
});

storageContract('memory', memoryStorage);
storageContract('IndexedDB', () => indexedDbStorage());

describe('a browser that keeps nothing', () => {
  it('ST-02 is told apart from one that has no such record', async () => {
    vi.stubGlobal('indexedDB', undefined);
    const storage = indexedDbStorage();
    await expect(storage.get('a')).rejects.toMatchObject({ code: 'StorageUnavailable' });
    await expect(storage.put('a', 1)).rejects.toMatchObject({ code: 'StorageUnavailable' });
  });

  it('ST-02 may keep something again later', async () => {
    vi.stubGlobal('indexedDB', undefined);
    const storage = indexedDbStorage();
    await expect(storage.put('a', 1)).rejects.toMatchObject({ code: 'StorageUnavailable' });
    vi.stubGlobal('indexedDB', new IDBFactory());
    await storage.put('a', 1);
    expect(await storage.get('a')).toBe(1);
  });
});

describe('a vault', () => {
  const alice = { did: 'eip155:0xa', network: 'node.test' };
  let storage: DeviceStorage;
  let warnings: PushChatError[];
  const open = (scope = alice): Promise<Vault> =>
    openVault(storage, scope, { random: randomBytes, warn: (error) => warnings.push(error) });

  beforeEach(() => {
    storage = memoryStorage();
    warnings = [];
  });

  it('gives back what it sealed, by name and by kind, also when it is opened anew', async () => {
    const vault = await open();
    await vault.put('draft', 'bob', { text: 'Dear Bob' });
    await vault.put('draft', 'carol', { text: 'Dear Carol' });
    await vault.put('pin', 'bob', 'key');
    const again = await open();
    expect([await again.get('draft', 'bob'), await again.get('pin', 'bob')]).toEqual([{ text: 'Dear Bob' }, 'key']);
    expect((await again.list('draft')).map(({ name }) => name).sort()).toEqual(['bob', 'carol']);
    await again.delete('draft', 'bob');
    expect(await vault.get('draft', 'bob')).toBeUndefined();
  });

  it('ST-07 KI-18 shows one account nothing of another, and one network nothing of another', async () => {
    await (await open()).put('draft', 'bob', 'mine');
    for (const scope of [
      { ...alice, did: 'eip155:0xb' },
      { ...alice, network: 'other.test' },
    ]) {
      const other = await open(scope);
      expect([await other.get('draft', 'bob'), await other.list('draft')]).toEqual([undefined, []]);
      await other.wipe();
    }
    expect(await (await open()).get('draft', 'bob')).toBe('mine');
  });

  it('ST-08 writes neither what it keeps nor its name in clear', async () => {
    const vault = await open();
    const [name, text] = ['eip155:0xCanaryPeer', 'canary words'];
    await vault.put('outgoing', name, { text });
    const dump = (await storage.list('')).map(([key, value]) => key + Buffer.from(bytesIn(value)).toString('latin1'));
    expect(dump.join('\n')).not.toMatch(/canary/i);
    expect(dump).toHaveLength(2);
  });

  it.each([
    ['changed', (bytes: Uint8Array) => bytes.with(3, (bytes[3] ?? 0) ^ 1)],
    ['cut', (bytes: Uint8Array) => bytes.slice(0, 5)],
    ['emptied', () => new Uint8Array()],
  ])('ST-03 drops a record that was %s, says so, and keeps the others', async (_, change) => {
    const vault = await open();
    await vault.put('draft', 'bob', 'key of bob');
    await vault.put('draft', 'carol', 'key of carol');
    const [first] = await storage.list((await prefixOf(storage)) + '/draft/');
    const [key, record] = first as [string, { iv: Uint8Array; sealed: ArrayBuffer }];
    await storage.put(key, { iv: record.iv, sealed: change(new Uint8Array(record.sealed)).buffer });
    const left = await vault.list('draft');
    expect(left).toHaveLength(1);
    expect(warnings.map(({ code }) => code)).toEqual(['StorageCorrupt']);
    expect(await vault.list('draft')).toEqual(left);
  });

  it('ST-03 takes no record for one of another name, kind or account', async () => {
    const vault = await open();
    await vault.put('draft', 'bob', 'key of bob');
    await vault.put('draft', 'carol', 'key of carol');
    const [[bob], [carol, ofCarol]] = (await storage.list((await prefixOf(storage)) + '/draft/')) as [
      [string, unknown],
      [string, unknown],
    ];
    await storage.put(bob, ofCarol);
    expect(await vault.list('draft')).toHaveLength(1);
    expect(await storage.get(carol)).toBeDefined();
    expect(warnings.map(({ code }) => code)).toEqual(['StorageCorrupt']);
  });

  it('ST-03 tells a damaged pin from none', async () => {
    const vault = await open();
    await vault.put('pin', 'bob', 'key of bob');
    const [[key, record]] = (await storage.list((await prefixOf(storage)) + '/pin/')) as [[string, object]];
    await storage.put(key, { ...record, sealed: new ArrayBuffer(40) });
    await expect(vault.get('pin', 'bob')).rejects.toMatchObject({ code: 'StorageCorrupt' });
    await expect(vault.get('pin', 'bob')).rejects.toMatchObject({ code: 'StorageCorrupt' });
    expect(await vault.get('pin', 'carol')).toBeUndefined();
  });

  it('ST-09 cannot be read after it was wiped, not even from a copy of its records', async () => {
    const vault = await open();
    await vault.put('draft', 'bob', 'Dear Bob');
    const copies = (await storage.list('')).filter(([key]) => key.includes('/draft/'));
    await vault.wipe();
    expect(await storage.list('')).toEqual([]);
    for (const [key, value] of copies) await storage.put(key, value);
    expect(await (await open()).list('draft')).toEqual([]);
    expect(warnings.map(({ code }) => code)).toEqual(['StorageCorrupt']);
  });

  it('is one for two tabs that open it at once', async () => {
    const [first, second] = await Promise.all([open(), open()]);
    await first.put('draft', 'bob', 'from the first');
    expect(await second.get('draft', 'bob')).toBe('from the first');
  });
});

const bytesIn = (value: unknown): Uint8Array => {
  const { iv = new Uint8Array(), sealed = new ArrayBuffer() } = value as { iv?: Uint8Array; sealed?: ArrayBuffer };
  return new Uint8Array([...iv, ...new Uint8Array(sealed)]);
};

const prefixOf = async (storage: DeviceStorage): Promise<string> =>
  (await storage.list(''))[0]?.[0].split('/')[0] ?? '';

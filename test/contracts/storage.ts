import { describe, expect, it } from 'vitest';
import type { DeviceStorage } from '../../src/client/storage/storage.ts';

/**
 * What every kind of storage on a device does.
 * @param keepsKeys whether a `CryptoKey` can be put there
 */
export function storageContract(name: string, open: () => DeviceStorage, keepsKeys = true): void {
  describe(`storage on a device: ${name}`, () => {
    it('gives back what was put, until it is deleted', async () => {
      const storage = open();
      expect(await storage.get('a')).toBeUndefined();
      await storage.put('a', { text: 'x', bytes: new Uint8Array([1, 2]) });
      await storage.put('a', { text: 'y', bytes: new Uint8Array([3]) });
      expect(await storage.get('a')).toEqual({ text: 'y', bytes: new Uint8Array([3]) });
      await storage.delete('a');
      expect(await storage.get('a')).toBeUndefined();
    });

    it('keeps a copy', async () => {
      const storage = open();
      const value = { text: 'x' };
      await storage.put('a', value);
      value.text = 'changed';
      expect(await storage.get('a')).toEqual({ text: 'x' });
    });

    it('lists and clears what begins alike, and nothing else', async () => {
      const storage = open();
      for (const key of ['b/2', 'a/1', 'b/1', 'b', 'c/1']) await storage.put(key, key);
      expect(await storage.list('b/')).toEqual([
        ['b/1', 'b/1'],
        ['b/2', 'b/2'],
      ]);
      await storage.clear('b/');
      expect((await storage.list('')).map(([key]) => key)).toEqual(['a/1', 'b', 'c/1']);
    });

    it('lets the first of several win where only one may', async () => {
      const storage = open();
      const standing = await Promise.all(['x', 'y', 'z'].map((value) => storage.putIfAbsent('a', value)));
      expect(new Set(standing).size).toBe(1);
      expect(await storage.get('a')).toBe(standing[0]);
    });

    it.runIf(keepsKeys)('keeps keys that nobody can export, and that still work', async () => {
      const storage = open();
      const key = await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']);
      await storage.put('key', key);
      const kept = (await storage.get('key')) as CryptoKey;
      const sign = (by: CryptoKey) => crypto.subtle.sign('HMAC', by, new Uint8Array([1]));
      expect(new Uint8Array(await sign(kept))).toEqual(new Uint8Array(await sign(key)));
      await expect(crypto.subtle.exportKey('raw', kept)).rejects.toThrow();
    });
  });
}

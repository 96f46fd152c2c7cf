import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';
import { sha256Hex } from '../../crypto/hash.ts';
import type { RandomBytes } from '../../crypto/random.ts';
import { PushChatError } from '../../errors.ts';
import type { DeviceStorage, VaultKeys } from './storage.ts';

/** What is kept: each kind is a drawer of its own. */
export type VaultKind =
  | 'draft'
  | 'handled'
  | 'head'
  | 'keys'
  | 'muted'
  | 'notified'
  | 'notifying'
  | 'outgoing'
  | 'pin'
  | 'push'
  | 'removed'
  | 'sealed'
  | 'sent'
  | 'thread'
  | 'untold'
  | 'group';

/** Sealed records of one account on one network. Whoever copies the browser's files can read neither them nor their names. */
export interface Vault {
  /**
   * Undefined for none, and for one that was damaged, which is then gone. Only a damaged pin is told apart from none: it
   * must not pass for a key that was never seen (security ST-03).
   * @throws {PushChatError} `StorageCorrupt`, `StorageUnavailable`
   */
  readonly get: (kind: VaultKind, name: string) => Promise<unknown>;
  readonly list: (kind: VaultKind) => Promise<readonly VaultRecord[]>;
  /** @throws {PushChatError} `StorageQuota`, `StorageUnavailable` */
  readonly put: (kind: VaultKind, name: string, value: unknown) => Promise<void>;
  /**
   * @returns the value that stands: the given one, unless another tab was first
   * @throws {PushChatError} as `put`
   */
  readonly putIfAbsent: (kind: VaultKind, name: string, value: unknown) => Promise<unknown>;
  readonly delete: (kind: VaultKind, name: string) => Promise<void>;
  /** Forgets everything, the key first, without which the rest cannot be read. */
  readonly wipe: () => Promise<void>;
}

export interface VaultRecord {
  readonly name: string;
  readonly value: unknown;
}

export interface VaultScope {
  /** The account. */
  readonly did: string;
  /** The node or network, so that what one says is never taken for what another says. */
  readonly network: string;
}

interface VaultParts {
  readonly random: RandomBytes;
  /** Hears of records that were damaged. */
  readonly warn: (error: PushChatError) => void;
}

interface SealedRecord {
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly sealed: ArrayBuffer;
}

/** Part of what every record is bound to: records of another layout cannot be opened as this one. */
const LAYOUT = 1;
/** NIST SP 800-38D recommends 96 bits. */
const IV_BYTES = 12;

/**
 * Opens the vault of an account, and makes its keys where there are none: AES-GCM and HMAC keys of WebCrypto that no
 * script can export. Each record is bound to its place, so that none can be put in another's.
 * @throws {PushChatError} `StorageUnavailable`
 */
export async function openVault(storage: DeviceStorage, scope: VaultScope, parts: VaultParts): Promise<Vault> {
  const place = sha256Hex(JSON.stringify([scope.network, scope.did]));
  const keys = await keysOf(storage, `${place}/key`);

  const keyOf = async (kind: VaultKind, name: string): Promise<string> => {
    const mark = await crypto.subtle.sign('HMAC', keys.name, utf8ToBytes(`${kind}\n${name}`));
    return `${place}/${kind}/${bytesToHex(new Uint8Array(mark))}`;
  };
  const boundTo = (key: string): BufferSource => utf8ToBytes(JSON.stringify([LAYOUT, scope, key]));

  const open = async (kind: VaultKind, key: string, record: unknown): Promise<VaultRecord | undefined> => {
    try {
      const { iv, sealed } = record as SealedRecord;
      const plain = await crypto.subtle.decrypt(
        { name: 'AES-GCM', iv, additionalData: boundTo(key) },
        keys.seal,
        sealed,
      );
      return JSON.parse(new TextDecoder().decode(plain)) as VaultRecord;
    } catch (cause) {
      const damaged = new PushChatError('StorageCorrupt', 'A record kept on this device was damaged.', { cause });
      if (kind === 'pin') throw damaged;
      parts.warn(damaged);
      await storage.delete(key);
      return undefined;
    }
  };

  const seal = async (key: string, value: VaultRecord): Promise<SealedRecord> => {
    const iv = new Uint8Array(parts.random(IV_BYTES));
    const plain = utf8ToBytes(JSON.stringify(value)) as BufferSource;
    const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv, additionalData: boundTo(key) }, keys.seal, plain);
    return { iv, sealed };
  };

  return {
    get: async (kind, name) => {
      const key = await keyOf(kind, name);
      const record = await storage.get(key);
      return record === undefined ? undefined : (await open(kind, key, record))?.value;
    },
    list: async (kind) => {
      const records = await storage.list(`${place}/${kind}/`);
      const opened = await Promise.all(records.map(([key, record]) => open(kind, key, record)));
      return opened.filter((record) => record !== undefined);
    },
    put: async (kind, name, value) => {
      const key = await keyOf(kind, name);
      await storage.put(key, await seal(key, { name, value }));
    },
    putIfAbsent: async (kind, name, value) => {
      const key = await keyOf(kind, name);
      const record = await seal(key, { name, value });
      const standing = await open(kind, key, await storage.putIfAbsent(key, record));
      if (standing) return standing.value;
      await storage.put(key, record);
      return value;
    },
    delete: async (kind, name) => storage.delete(await keyOf(kind, name)),
    wipe: async () => {
      await storage.delete(`${place}/key`);
      await storage.clear(`${place}/`);
    },
  };
}

/** Whether there is a vault of an account: opening one makes it. */
export async function hasVault(storage: DeviceStorage, { network, did }: VaultScope): Promise<boolean> {
  return (await storage.get(`${sha256Hex(JSON.stringify([network, did]))}/key`)) !== undefined;
}

async function keysOf(storage: DeviceStorage, key: string): Promise<VaultKeys> {
  if (storage.vaultKeys) return storage.vaultKeys(key);
  const known = (await storage.get(key)) as VaultKeys | undefined;
  if (known) return known;
  const made: VaultKeys = {
    seal: await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, ['encrypt', 'decrypt']),
    name: await crypto.subtle.generateKey({ name: 'HMAC', hash: 'SHA-256' }, false, ['sign']),
  };
  return (await storage.putIfAbsent(key, made)) as VaultKeys;
}

/**
 * What a device keeps for this library, each record found by its key. Values are whatever the structured clone algorithm
 * takes, `CryptoKey` included.
 */
export interface DeviceStorage {
  readonly get: (key: string) => Promise<unknown>;
  /** All records whose key begins so, in the plain order of the keys. */
  readonly list: (prefix: string) => Promise<readonly (readonly [key: string, value: unknown])[]>;
  /** @throws {PushChatError} `StorageQuota`, `StorageUnavailable` */
  readonly put: (key: string, value: unknown) => Promise<void>;
  /** @returns the value that stands: the given one, unless another tab was first */
  readonly putIfAbsent: (key: string, value: unknown) => Promise<unknown>;
  readonly delete: (key: string) => Promise<void>;
  /** Deletes all records whose key begins so, whole or not at all. */
  readonly clear: (prefix: string) => Promise<void>;
  readonly close: () => void;
  /**
   * The keys that seal what is kept of an account, there where a `CryptoKey` cannot be kept itself, as in a file.
   * @param key of the record that would hold them
   */
  readonly vaultKeys?: (key: string) => Promise<VaultKeys>;
}

/** What seals records, and what makes their names unreadable. */
export interface VaultKeys {
  /** AES-GCM. */
  readonly seal: CryptoKey;
  /** HMAC with SHA-256. */
  readonly name: CryptoKey;
}

/** After every key that begins with the prefix: keys are ASCII. */
export const endOf = (prefix: string): string => `${prefix}\uffff`;

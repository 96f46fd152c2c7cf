/**
 * Storage in a file, for bots: Node.js only.
 * @module push-chat-kit/files
 */
export { fileStorage, type FileStorageOptions } from '../client/storage/fileStorage.ts';
export type { DeviceStorage } from '../client/storage/storage.ts';

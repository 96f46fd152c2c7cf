export { fileStorage, type FileStorageOptions } from '../client/storage/fileStorage.ts';
export type { DeviceStorage } from '../client/storage/storage.ts';

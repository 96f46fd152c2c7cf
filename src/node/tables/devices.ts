import { sha256Hex } from '../../crypto/hash.ts';
import type { Did } from '../../protocol/did.ts';
import type { DevicePush } from '../../protocol/push/devicePush.ts';
import { table, type Rows, type WritableRows } from '../store/store.ts';
import { keyOf } from './keys.ts';

/** What an account said last about one of its devices. */
export interface DeviceRow extends Omit<DevicePush, 'account' | 'host'> {
  /** Milliseconds since the epoch. */
  readonly signedAt: number;
}

/** By account and endpoint. They are this node's own: no other follows them. */
const DEVICES = table<DeviceRow>('device');

/** More than are ever listed: those that may be woken, and those that lately may not any more. */
const MOST_LISTED = 100;

export interface Device {
  readonly key: string;
  readonly value: DeviceRow;
}

export const devicesOf = (rows: Rows, account: Did): Promise<readonly Device[]> =>
  rows.list(DEVICES, { prefix: keyOf(account, ''), limit: MOST_LISTED });

export const saveDevice = (rows: WritableRows, account: Did, row: DeviceRow): Promise<void> =>
  rows.put(DEVICES, keyOf(account, sha256Hex(row.endpoint)), row);

export const dropDevice = (rows: WritableRows, key: string): Promise<void> => rows.delete(DEVICES, key);

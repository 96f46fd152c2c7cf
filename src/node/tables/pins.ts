import { table, type Rows, type WritableRows } from '../store/store.ts';

/** By the address of an IPFS node: the number of the last journal entry whose block it has. */
const PINNED = table<number>('pinned');

export const lastPinned = async (rows: Rows, url: string): Promise<number> => (await rows.get(PINNED, url)) ?? 0;

export const savePinned = (rows: WritableRows, url: string, number: number): Promise<void> =>
  rows.put(PINNED, url, number);

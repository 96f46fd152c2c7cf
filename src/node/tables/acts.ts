import { table, type Rows, type WritableRows } from '../store/store.ts';

const ACTS = table<string>('act');

/** What a signed act made when it was done: an id, or an empty text; undefined when it was never done. */
export const actOf = (rows: Rows, digest: string): Promise<string | undefined> => rows.get(ACTS, digest);

export const saveAct = (rows: WritableRows, digest: string, made: string): Promise<void> =>
  rows.put(ACTS, digest, made);

import type { ThreadItem } from './state.ts';

/** Messages that the user has taken out of sight on this device. */
export type RemovedMessages = Readonly<Record<string, true>>;

/** Names what was said, so that it stays out of sight under whatever id a node serves it. */
export const removalName = ({ id, digest }: Pick<ThreadItem, 'id' | 'digest'>): string => digest ?? id;

export const isRemoved = (removed: RemovedMessages, item: Pick<ThreadItem, 'id' | 'digest'>): boolean =>
  Object.hasOwn(removed, removalName(item));

import { nextTurn } from './nextTurn.ts';

/** Works through many things a part at a time, and holds up nobody else: each takes a moment, and together they take long. */
export async function inTurns<Item, Result>(
  items: readonly Item[],
  atOnce: number,
  work: (item: Item) => Result,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let start = 0; start < items.length; start += atOnce) {
    if (start > 0) await nextTurn();
    results.push(...items.slice(start, start + atOnce).map(work));
  }
  return results;
}

/** Those who want to hear of something, whichever session it happens in. */
export interface Listeners<News> {
  /** @returns how to listen no more */
  readonly add: (listener: (news: News) => void) => () => void;
  readonly tell: (news: News) => void;
  readonly size: () => number;
}

export function createListeners<News>(): Listeners<News> {
  const all = new Set<{ readonly listener: (news: News) => void }>();
  return {
    add: (listener) => {
      const entry = { listener };
      all.add(entry);
      return () => all.delete(entry);
    },
    tell: (news) => {
      for (const { listener } of [...all]) listener(news);
    },
    size: () => all.size,
  };
}

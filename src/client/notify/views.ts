/** The threads that are on the screen of this page, as whoever draws them says. */
export interface Views {
  /** @returns to be called when the thread is no more on the screen */
  readonly show: (peer: string) => () => void;
  /** Peers as they were named. */
  readonly shown: () => readonly string[];
  readonly subscribe: (listener: () => void) => () => void;
}

export function createViews(): Views {
  const all = new Set<{ readonly peer: string }>();
  const listeners = new Set<() => void>();
  const changed = (): void => {
    for (const listener of [...listeners]) listener();
  };
  return {
    show: (peer) => {
      const view = { peer };
      all.add(view);
      changed();
      return () => {
        if (all.delete(view)) changed();
      };
    },
    shown: () => [...all].map(({ peer }) => peer),
    subscribe: (listener) => {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}

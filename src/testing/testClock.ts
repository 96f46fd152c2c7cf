/** The time of a test's world. */
export interface TestClock {
  /** Milliseconds since the epoch. */
  readonly now: () => number;
  /** Resolves after so many milliseconds of this clock. */
  readonly wait: (ms: number) => Promise<void>;
  /** Runs a task again and again, each so many milliseconds of this clock, until the returned stop is called. */
  readonly every: (ms: number, task: () => void) => () => void;
  /**
   * Lets so many milliseconds pass at once. What was to happen meanwhile happens, in its order.
   * @returns when all of it was begun
   */
  readonly advance: (ms: number) => Promise<void>;
}

export interface TestClockOptions {
  /** Where it begins: a date, or milliseconds since the epoch. @default the time of this machine */
  readonly at?: Date | number | string;
  /** Time stands still but for `advance`. @default false: it goes on as on the wall */
  readonly stopped?: boolean;
}

interface Alarm {
  due: number;
  readonly ring: () => void;
  /** Milliseconds to the next one; undefined for one that rings once. */
  readonly again: number | undefined;
}

/**
 * A clock that a test moves on, for what waits: backing off, locking after a while, opening hours.
 * @example
 * const clock = createTestClock();
 * const world = createTestWorld({ clock });
 * await clock.advance(60_000);
 */
export function createTestClock({ at, stopped = false }: TestClockOptions = {}): TestClock {
  const alarms = new Set<Alarm>();
  const start = at === undefined ? Date.now() : new Date(at).getTime();
  const began = Date.now();
  let passed = 0;
  const now = (): number => start + passed + (stopped ? 0 : Date.now() - began);

  const ringDue = (): void => {
    for (const alarm of [...alarms].filter(({ due }) => due <= now()).sort((a, b) => a.due - b.due)) {
      if (!alarms.has(alarm)) continue;
      if (alarm.again === undefined) alarms.delete(alarm);
      else alarm.due += alarm.again;
      alarm.ring();
    }
  };
  const watchTheWall = (ms: number): void => {
    // Timers of the machine may be early by a fraction.
    if (!stopped) setTimeout(ringDue, ms + 1);
  };

  return {
    now,
    wait: (ms) =>
      new Promise((resolve) => {
        alarms.add({ due: now() + ms, ring: resolve, again: undefined });
        watchTheWall(ms);
      }),
    every: (ms, task) => {
      const alarm: Alarm = {
        due: now() + ms,
        again: ms,
        ring: () => {
          watchTheWall(ms);
          task();
        },
      };
      alarms.add(alarm);
      watchTheWall(ms);
      return () => alarms.delete(alarm);
    },
    advance: async (ms) => {
      const end = passed + ms;
      for (;;) {
        await settled();
        const next = Math.min(...[...alarms].map(({ due }) => due - now()));
        if (next > end - passed) break;
        passed += Math.max(next, 0);
        ringDue();
      }
      passed = end;
      await settled();
    },
  };
}

/** What was begun has gone as far as it goes without more time. */
const settled = (): Promise<void> => new Promise((resolve) => setTimeout(resolve, 0));

/** What the bench asks of its page. */
export interface BenchPage {
  readonly startOfficial: (key: string, node: string) => Promise<PageFigure>;
  readonly startOurs: (key: string, node: string) => Promise<PageFigure>;
  readonly readOfficial: (reading: Reading) => Promise<PageFigure>;
  readonly readOurs: (reading: Reading) => Promise<PageFigure>;
  readonly sendOfficial: (reading: Reading) => Promise<PageFigure>;
  readonly sendOurs: (reading: Reading) => Promise<PageFigure>;
}

export interface Reading {
  /** The reader's wallet. */
  readonly key: string;
  readonly node: string;
  readonly peer: string;
  readonly count: number;
  /** What it kept is used again; without, everything is new. */
  readonly device?: string | undefined;
}

/** Milliseconds, and counts. */
export interface PageFigure {
  /** Until a screen of messages could be read. */
  readonly first: number;
  readonly all: number;
  /** Tasks of the page's own thread of more than 50 ms. */
  readonly longTasks: number;
  readonly longest: number;
  /** What those tasks took beyond 50 ms each. */
  readonly blocking: number;
  readonly prompts?: number;
}
